import { canHeal, costsAttempt, Postponed, toWireError } from '../../domain/errors.ts';
import { Stop, type JobFailure } from '../../domain/job.ts';
import type { StopRequest } from './row.ts';

const FIRST_DELAY_MS = 15_000;
export const LONGEST_DELAY_MS = 900_000;
const JITTER = 0.1;

/** How long work waits that only needs the world to change: space on the disk, a network. */
const BLAMELESS_DELAY_MS = 60_000;

/** What becomes of a job whose run has ended. */
export type Outcome =
  | { readonly kind: 'completed'; readonly result: unknown; readonly commit?: () => void }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'parked'; readonly state: 'pending' | 'paused' }
  | { readonly kind: 'failed'; readonly failure: JobFailure }
  | {
      readonly kind: 'retry';
      readonly failure: JobFailure;
      readonly delayMs: number;
      readonly costsAttempt: boolean;
    }
  | { readonly kind: 'lost' };

/** 15 s, 30 s, 60 s … up to 15 min, each up to a tenth longer or shorter so that retries do not march in step. */
export function backOffMs(attempt: number, random: () => number): number {
  return jittered(Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS), random);
}

const jittered = (delayMs: number, random: () => number): number =>
  Math.round(delayMs * (1 + JITTER * (2 * random() - 1)));

/** Bad input never heals and is not tried again; a stop is a state, not an error. */
export function outcomeOfError(
  error: unknown,
  job: { readonly attempt: number; readonly max_attempts: number },
  random: () => number,
): Outcome {
  if (error instanceof Stop) return outcomeOfStop(error);
  const failure = toWireError(error);
  if (error instanceof Postponed)
    return { kind: 'retry', failure, delayMs: Math.max(1, error.delayMs), costsAttempt: false };
  if (!costsAttempt(failure.code))
    return { kind: 'retry', failure, delayMs: jittered(BLAMELESS_DELAY_MS, random), costsAttempt: false };
  if (!canHeal(failure.code) || job.attempt >= job.max_attempts) return { kind: 'failed', failure };
  return { kind: 'retry', failure, delayMs: backOffMs(job.attempt, random), costsAttempt: true };
}

function outcomeOfStop({ reason }: Stop): Outcome {
  switch (reason) {
    case 'cancel':
      return { kind: 'cancelled' };
    case 'pause':
      return { kind: 'parked', state: 'paused' };
    case 'park':
    case 'yield':
    case 'shutdown':
      return { kind: 'parked', state: 'pending' };
    case 'lease-lost':
      return { kind: 'lost' };
  }
}

/** What was asked of a job last counts, even when it ended for another reason in the same moment; done is done. */
export function afterRequest(outcome: Outcome, requestOf: () => StopRequest | null): Outcome {
  if (outcome.kind !== 'parked' && outcome.kind !== 'retry') return outcome;
  const request = requestOf();
  if (request === 'cancel') return { kind: 'cancelled' };
  if (request === 'pause') return { kind: 'parked', state: 'paused' };
  return outcome;
}
