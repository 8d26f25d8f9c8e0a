import { watch, type FSWatcher } from 'node:fs';

/** What rings more often than this is one ring. */
const SOON_MS = 20;

/**
 * Rings when another process may have written to the library: its log file has changed. It only hurries along what a
 * poll would find a little later, so a system that cannot watch files loses nothing but time.
 */
export class Bell {
  readonly #path: string;
  readonly #ring: () => void;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(databasePath: string, ring: () => void) {
    this.#path = `${databasePath}-wal`;
    this.#ring = ring;
  }

  /** Listens while somebody else is there to be heard. */
  listen(isWanted: boolean): void {
    if (isWanted === (this.#watcher !== undefined)) return;
    if (!isWanted) {
      this.#watcher?.close();
      this.#watcher = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      return;
    }
    try {
      this.#watcher = watch(this.#path, { persistent: false }, () => {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#ring();
        }, SOON_MS);
      });
      this.#watcher.on('error', () => {
        this.listen(false);
      });
    } catch {
      // No such file yet, or no watching here: the poll does it alone.
      this.#watcher = undefined;
    }
  }
}
