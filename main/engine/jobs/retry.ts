import { canHeal, toWireError } from '../../domain/errors.ts';
import { Stop, type JobFailure } from '../../domain/job.ts';

const FIRST_DELAY_MS = 15_000;
export const LONGEST_DELAY_MS = 900_000;
const JITTER = 0.1;

/** What becomes of a job whose run has ended. */
export type Outcome =
  | { readonly kind: 'completed'; readonly result: unknown; readonly commit?: () => void }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'parked'; readonly state: 'pending' | 'paused' }
  | { readonly kind: 'failed'; readonly failure: JobFailure }
  | { readonly kind: 'retry'; readonly failure: JobFailure; readonly delayMs: number }
  | { readonly kind: 'lost' };

/** 15 s, 30 s, 60 s … up to 15 min, each up to a tenth longer or shorter so that retries do not march in step. */
export function backOffMs(attempt: number, random: () => number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return Math.round(delay * (1 + JITTER * (2 * random() - 1)));
}

/** Bad input never heals and is not tried again; a stop is a state, not an error. */
export function outcomeOfError(
  error: unknown,
  job: { readonly attempt: number; readonly max_attempts: number },
  random: () => number,
): Outcome {
  if (error instanceof Stop) return outcomeOfStop(error);
  const failure = toWireError(error);
  if (!canHeal(failure.code) || job.attempt >= job.max_attempts) return { kind: 'failed', failure };
  return { kind: 'retry', failure, delayMs: backOffMs(job.attempt, random) };
}

function outcomeOfStop({ reason }: Stop): Outcome {
  switch (reason) {
    case 'cancel':
      return { kind: 'cancelled' };
    case 'pause':
      return { kind: 'parked', state: 'paused' };
    case 'park':
    case 'shutdown':
      return { kind: 'parked', state: 'pending' };
    case 'lease-lost':
      return { kind: 'lost' };
  }
}
