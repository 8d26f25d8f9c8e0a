/** A lease that stands still this long belongs to a worker that hangs. */
const HUNG_AFTER_MS = 60_000;

/** A look that comes later than this after the one before says that the looker itself was stopped or asleep. */
const LONGEST_GAP_MS = 5_000;

export interface ObservedLease {
  readonly token: string;
  readonly counter: number;
}

/**
 * Judges the leases of others by watching their counters: one that stood still for a minute of our own monotonic time,
 * in which we ourselves never paused, is hung. Neither wall clocks nor the time a job waited in line play a part.
 */
export class HangWatch {
  #seen = new Map<string, { counter: number; sinceMs: number }>();
  #lastLookMs: number | undefined;

  /** Takes in how the leases stand now; answers those that hang. */
  look(leases: readonly ObservedLease[], monotonicMs: number): ObservedLease[] {
    const wasAway = this.#lastLookMs !== undefined && monotonicMs - this.#lastLookMs > LONGEST_GAP_MS;
    this.#lastLookMs = monotonicMs;
    if (wasAway) this.#seen.clear();
    const before = this.#seen;
    this.#seen = new Map(
      leases.map(({ token, counter }) => {
        const known = before.get(token);
        return [token, known?.counter === counter ? known : { counter, sinceMs: monotonicMs }];
      }),
    );
    return leases.filter(
      ({ token }) => monotonicMs - (this.#seen.get(token)?.sinceMs ?? monotonicMs) >= HUNG_AFTER_MS,
    );
  }
}
