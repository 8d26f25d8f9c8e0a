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
  /** What it works on, in words: an episode's title, a clip's title and preset. */
  label: z.string(),
  episodeId: z.string().nullable(),
  stage: z.string().nullable(),
  /** What was asked, as the flow that does it reads it: paths, a transcript, a clip and its preset. */
  order: z.record(z.string(), z.unknown()),
  /** 0 to 1 over all stages. */
  progress: z.number(),
  etaS: z.number().nullable(),
  attempt: z.int(),
  maxAttempts: z.int(),
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
 * shutdown: back to waiting, because the program quits. lease-lost: somebody else has the job; touch nothing.
 */
export type StopReason = 'cancel' | 'pause' | 'park' | 'shutdown' | 'lease-lost';

/** Thrown when work ends because it was asked to: a state of the queue, never an error for a person to read. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`stopped: ${reason}`);
    this.reason = reason;
  }
}
