import { z } from 'zod';
import { ERRORS, type ErrorCode } from './errors.ts';

export const Lane = z.enum(['production', 'intake', 'review', 'upkeep']);
export type Lane = z.infer<typeof Lane>;

export const JobState = z.enum(['pending', 'processing', 'paused', 'completed', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;

/** Lower numbers go first. */
export const PRIORITIES = { urgent: 0, high: 1, normal: 2, low: 3 } as const;
export const PriorityName = z.enum(['urgent', 'high', 'normal', 'low']);
export type PriorityName = z.infer<typeof PriorityName>;

/** person: asked for by hand. automatic: batch, feed, watch folder, API. follow-up: what accepted work brings along. */
export const Origin = z.enum(['person', 'automatic', 'follow-up']);
export type Origin = z.infer<typeof Origin>;

/** person: until a person resumes it. start: it was under way when the program ended, and a setting says to ask first. */
export const PausedBecause = z.enum(['person', 'start']);
export type PausedBecause = z.infer<typeof PausedBecause>;

/** How the pieces of a job stand that comes in many: total grows while they are found, done and failed follow. */
export const ItemCounts = z.object({
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  /** Offered again with the same content, and skipped. */
  duplicates: z.int(),
});
export type ItemCounts = z.infer<typeof ItemCounts>;

/**
 * person: until a person resumes it. battery: until there is mains power. disk-low: until there is room on the disk again;
 * both of these end by themselves.
 */
export const PauseReason = z.enum(['person', 'battery', 'disk-low']);
export type PauseReason = z.infer<typeof PauseReason>;

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];
export const JobFailure = z.object({
  code: z.enum(codes),
  title: z.string(),
  hint: z.string(),
  detail: z.string(),
});
export type JobFailure = z.infer<typeof JobFailure>;

/** A job as people and hosts see it. */
export const Job = z.object({
  id: z.int(),
  kind: z.string(),
  lane: Lane,
  state: JobState,
  priority: PriorityName,
  origin: Origin,
  pausedBecause: PausedBecause.nullable(),
  /** The process that works on it. */
  workerId: z.string().nullable(),
  /** What it works on, in words: an episode's title, a clip's title and preset. */
  label: z.string(),
  episodeId: z.string().nullable(),
  stage: z.string().nullable(),
  /** What was asked, as the flow that does it reads it: paths, a transcript, a clip and its preset. */
  order: z.record(z.string(), z.unknown()),
  /** 0 to 1 over all stages. */
  progress: z.number(),
  /** Progress per second since this run began, where it is known. */
  ratePerS: z.number().nullable(),
  etaS: z.number().nullable(),
  /** Null for a job that is one piece. */
  items: ItemCounts.nullable(),
  attempt: z.int(),
  maxAttempts: z.int(),
  /** How often a process died over it; costs no attempt. */
  crashes: z.int(),
  /** When a delayed job becomes ready; null when it is ready or not waiting. */
  runAtMs: z.int().nullable(),
  createdAtMs: z.int(),
  startedAtMs: z.int().nullable(),
  finishedAtMs: z.int().nullable(),
  failure: JobFailure.nullable(),
  /** Small facts the finished job leaves for whoever asked: ids, never media. */
  result: z.record(z.string(), z.unknown()).nullable(),
});
export type Job = z.infer<typeof Job>;

export const isSettled = (state: JobState): boolean =>
  state === 'completed' || state === 'failed' || state === 'cancelled';

/**
 * Why running work is asked to stop; the reason of its AbortSignal.
 * cancel: for good. pause: until a person resumes this job. park: back to waiting, because its lane was paused.
 * yield: back to waiting at the next checkpoint, because production comes first. shutdown: back to waiting, because the
 * program quits. lease-lost: somebody else has the job; touch nothing.
 */
export type StopReason = 'cancel' | 'pause' | 'park' | 'yield' | 'shutdown' | 'lease-lost';

/** Thrown when work ends because it was asked to: a state of the queue, never an error for a person to read. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`stopped: ${reason}`);
    this.reason = reason;
  }
}
