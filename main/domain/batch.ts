import { z } from 'zod';

/**
 * What a batch does with a recording. add: takes it in. follow: it is under way already. retry: it failed and runs again.
 * skip: it is complete. leave: it failed, or a person paused it, and nobody asked for it again.
 */
export const BatchAction = z.enum(['add', 'follow', 'retry', 'skip', 'leave']);
export type BatchAction = z.infer<typeof BatchAction>;

/** A recording of a batch, and what is known of it before the batch begins. */
export const BatchEntry = z.object({
  path: z.string(),
  action: BatchAction,
  /** The job that takes it in, or did; null where there is none yet. */
  jobId: z.int().nullable(),
  /** The job that failed to recognise its words and is tried again; null where it is the intake, or nothing. */
  wordsJobId: z.int().nullable(),
  /** Why it cannot be taken in, a sentence; null where nothing is wrong so far. */
  problem: z.string().nullable(),
});
export type BatchEntry = z.infer<typeof BatchEntry>;

/** How far a batch is. */
export const BatchProgress = z.object({
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  skipped: z.int(),
  left: z.int(),
  /** Of those that have ended, the share that went well; null before the first. */
  successRate: z.number().nullable(),
  perHour: z.number().nullable(),
  etaS: z.number().nullable(),
});
export type BatchProgress = z.infer<typeof BatchProgress>;

/** Counts of a batch. */
export type BatchCounts = Pick<BatchProgress, 'total' | 'done' | 'failed' | 'skipped'>;

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** How far a batch is after so many seconds: what has ended says how long the rest will take. */
export function batchProgress(counts: BatchCounts, elapsedS: number): BatchProgress {
  const ended = counts.done + counts.failed;
  const left = counts.total - ended - counts.skipped;
  const isKnown = ended > 0 && elapsedS > 0;
  return {
    ...counts,
    left,
    successRate: ended === 0 ? null : Math.round((1000 * counts.done) / ended) / 1000,
    perHour: isKnown ? tenth((3600 * ended) / elapsedS) : null,
    etaS: left === 0 ? 0 : isKnown ? Math.round((left * elapsedS) / ended) : null,
  };
}

/** What became of one recording of a batch. */
export const BatchOutcome = z.object({
  path: z.string(),
  state: z.enum(['done', 'failed', 'skipped', 'left']),
  episodeId: z.string().nullable(),
  title: z.string().nullable(),
  durationS: z.number().nullable(),
  clips: z.int().nullable(),
  /** Seconds of work over all its jobs. */
  tookS: z.number().nullable(),
  /** Why it failed or was left, a sentence with its code. */
  problem: z.string().nullable(),
});
export type BatchOutcome = z.infer<typeof BatchOutcome>;
