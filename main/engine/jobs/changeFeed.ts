import type { Job } from '../../domain/job.ts';
import { toJob, type JobRow } from './row.ts';

/** Whoever wants to know what happens in the queue. Every function may be called many times a second. */
export interface QueueListener {
  /**
   * A job changed: by this process, or by another that works on the same library. Reading it costs as much as changing
   * it, so that is left to whoever wants to know.
   */
  readonly jobChanged: (read: () => Job, where: 'here' | 'elsewhere') => void;
  /** Something about the queue as a whole changed: pauses, the production lock, many jobs at once. */
  readonly queueChanged: () => void;
  /** One line for a person: what was recovered, what slept, what was taken from a worker that hangs. */
  readonly noticed: (line: string) => void;
  readonly bug: (error: unknown) => void;
}

/** Tells changes to the listener, and lets callers wait for the next one. */
export class ChangeFeed {
  readonly #listener: QueueListener;
  readonly #waiters = new Set<() => void>();

  constructor(listener: QueueListener) {
    this.#listener = listener;
  }

  job(row: JobRow, where: 'here' | 'elsewhere'): void {
    this.#listener.jobChanged(() => toJob(row), where);
    this.wakeWaiters();
  }

  /** The same for a job that is looked up only if anybody wants to see it. */
  jobOf(read: () => JobRow): void {
    this.#listener.jobChanged(() => toJob(read()), 'here');
    this.wakeWaiters();
  }

  queue(): void {
    this.#listener.queueChanged();
    this.wakeWaiters();
  }

  notice(line: string): void {
    this.#listener.noticed(line);
  }

  readonly bug = (error: unknown): void => {
    this.#listener.bug(error);
  };

  wakeWaiters(): void {
    for (const wake of this.#waiters) wake();
    this.#waiters.clear();
  }

  /** Resolves at the next change seen here; the poll counts as one, because other processes change things too. */
  next(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        this.#waiters.delete(wake);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiters.add(wake);
    });
  }
}
