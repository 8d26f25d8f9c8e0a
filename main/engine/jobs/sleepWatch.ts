import type { Clock } from './clock.ts';

/** Between two looks the wall clock may run ahead of the monotonic one by this much without anybody having slept. */
const LEAST_SLEEP_MS = 30_000;

/**
 * Notices that the machine was asleep: its monotonic clock stood still while the wall clock went on, or this process
 * was not run at all. A clock that was set forward looks the same and does as little harm.
 */
export class SleepWatch {
  readonly #clock: Clock;
  readonly #everyMs: number;
  #wallMs: number;
  #monotonicMs: number;

  constructor(clock: Clock, everyMs: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#wallMs = clock.nowMs();
    this.#monotonicMs = clock.monotonicMs();
  }

  /** Milliseconds that were slept since the last look; 0 when none. */
  look(): number {
    const wallMs = this.#clock.nowMs();
    const monotonicMs = this.#clock.monotonicMs();
    const stoodStill = wallMs - this.#wallMs - (monotonicMs - this.#monotonicMs);
    const notRun = monotonicMs - this.#monotonicMs - this.#everyMs;
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
    return Math.max(stoodStill, notRun) >= LEAST_SLEEP_MS ? Math.round(Math.max(stoodStill, notRun)) : 0;
  }
}
