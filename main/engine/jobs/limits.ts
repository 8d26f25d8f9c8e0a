import type { LoopLimits } from './kind.ts';
import type { HoldLevel } from './productionLock.ts';

const DEFAULT_RAMP_MS = 30_000;
const DEFAULT_TTL_MS = 2 * 3_600_000;

/** What may change while the queue is at work. */
export interface QueueLimits {
  readonly maxJobs: number;
  /** How many jobs of automatic sources may wait. */
  readonly maxAutomatic?: number;
  readonly production?: { readonly ttlMs: number; readonly level: HoldLevel };
  /** How long review takes to come back after production, a job at a time. */
  readonly rampMs?: number;
}

/** The limits as they are whenever they are looked at. */
export function readLimits(
  now: () => QueueLimits,
): LoopLimits & { readonly ttlMs: number; readonly level: HoldLevel } {
  return {
    get maxJobs() {
      return now().maxJobs;
    },
    get rampMs() {
      return now().rampMs ?? DEFAULT_RAMP_MS;
    },
    get ttlMs() {
      return now().production?.ttlMs ?? DEFAULT_TTL_MS;
    },
    get level() {
      return now().production?.level ?? 'all';
    },
  };
}
