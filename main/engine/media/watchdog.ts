/** Calls onHang once when nobody has reported life for the given time. Whoever starts it stops it. */
export class Watchdog {
  readonly #timer: NodeJS.Timeout;

  constructor(stallMs: number, onHang: () => void) {
    this.#timer = setTimeout(onHang, stallMs);
  }

  sawLife(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
