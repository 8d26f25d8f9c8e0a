/** The two clocks of this machine; tests bring their own. */
export interface Clock {
  /** Wall time in milliseconds: it may jump either way, and decides nothing about life and death. */
  nowMs(): number;
  /** Milliseconds since some moment: it only ever goes forward. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
