/** Looks at least this many times within the time that counts as a hang, and at least this often. */
const LOOKS = 4;
const LONGEST_LOOK_MS = 5_000;

/** A look that comes this much too late says that we ourselves did not run: the machine slept, or was stopped. */
const LATE_MS = 2_000;

/**
 * Calls onHang once when nobody has reported life for the given time, during which this process itself ran all along.
 * After a sleep it begins to count anew: what slept with us had no chance to move. Whoever starts it stops it.
 */
export class Watchdog {
  readonly #timer: NodeJS.Timeout;
  readonly #monotonicMs: () => number;
  #lifeMs: number;

  constructor(stallMs: number, onHang: () => void, monotonicMs = () => performance.now()) {
    const everyMs = Math.min(LONGEST_LOOK_MS, stallMs / LOOKS);
    this.#monotonicMs = monotonicMs;
    this.#lifeMs = monotonicMs();
    let lastLookMs = this.#lifeMs;
    this.#timer = setInterval(() => {
      const nowMs = monotonicMs();
      if (nowMs - lastLookMs > everyMs + LATE_MS) this.#lifeMs = nowMs;
      lastLookMs = nowMs;
      if (nowMs - this.#lifeMs < stallMs) return;
      this.stop();
      onHang();
    }, everyMs);
  }

  sawLife(): void {
    this.#lifeMs = this.#monotonicMs();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
