import Database from 'better-sqlite3';
import { AppError, isDiskFull } from '../../domain/errors.ts';

const BUSY_RETRY_MS = 5_000;

/** Another process holds the lock for a millisecond or for a slow disk's commit: what is tried again waits longer each time. */
const SHORTEST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 20;

/** So many changes share a commit at most, so that nobody else waits long for the lock. */
const MOST_AT_ONCE = 64;

export const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');

/** True for what may be gone the next time: another writer, a full disk, a disk that does not answer. */
export const isPassing = (error: unknown): boolean =>
  isDiskFull(error) ||
  (error instanceof AppError && error.code === 'LIBRARY_BUSY') ||
  (error instanceof Database.SqliteError && /^SQLITE_(BUSY|FULL|IOERR)/.test(error.code));

interface Waiting {
  readonly change: () => unknown;
  readonly askedMs: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/**
 * Writes changes, each all or nothing. Those that are asked for in the same turn of the event loop share one commit,
 * because the commit is what costs; a change that throws takes back only itself. Every commit ends a turn, so that a
 * long row of writes lets everything else in this process have its own. Waiting for another process inside SQLite would block the
 * event loop and starve a process, so a busy library is tried again from a timer.
 */
export class Writer {
  readonly #run: (sql: Statement) => void;
  #waiting: Waiting[] = [];
  #isScheduled = false;
  #longestWaitMs = SHORTEST_WAIT_MS;

  /** Lets go of room that is held back for a full disk; answers whether there was any. */
  readonly #releaseReserve: () => boolean;

  constructor(db: Database.Database, releaseReserve: () => boolean = () => false) {
    this.#releaseReserve = releaseReserve;
    const prepared = new Map(STATEMENTS.map((sql) => [sql, db.prepare(sql)]));
    this.#run = (sql) => {
      // After some errors (a full disk) SQLite has rolled back by itself.
      if (sql === 'ROLLBACK' && !db.inTransaction) return;
      prepared.get(sql)?.run();
    };
  }

  write<T>(change: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        change,
        askedMs: performance.now(),
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      setImmediate(() => {
        this.#flush();
      });
    });
  }

  #flush(): void {
    const batch = this.#waiting.slice(0, MOST_AT_ONCE);
    let outcomes: Outcome[];
    try {
      outcomes = this.#commit(batch);
    } catch (error) {
      if (isBusy(error)) {
        this.#waitForOthers(error);
        return;
      }
      outcomes = this.#commitFromReserve(batch, error);
    }
    this.#longestWaitMs = SHORTEST_WAIT_MS;
    this.#waiting.splice(0, batch.length);
    this.#isScheduled = this.#waiting.length > 0;
    if (this.#isScheduled) {
      setImmediate(() => {
        this.#flush();
      });
    }
    for (const [index, outcome] of outcomes.entries()) {
      if ('error' in outcome) batch[index]?.reject(outcome.error);
      else batch[index]?.resolve(outcome.value);
    }
  }

  #commit(batch: readonly Waiting[]): Outcome[] {
    this.#run('BEGIN IMMEDIATE');
    try {
      const [only] = batch;
      const outcomes =
        batch.length === 1 && only !== undefined
          ? [{ value: inOneGo(only.change) }]
          : batch.map(({ change }) => this.#attempt(change));
      this.#run('COMMIT');
      return outcomes;
    } catch (error) {
      this.#run('ROLLBACK');
      throw error;
    }
  }

  /** On a full disk the changes are tried once more with the room that was held back for this moment. */
  #commitFromReserve(batch: readonly Waiting[], reason: unknown): Outcome[] {
    const failAll = (error: unknown): Outcome[] => {
      const told = isDiskFull(error)
        ? new AppError('DISK_FULL', 'the library cannot be written to', { cause: error })
        : error;
      return batch.map(() => ({ error: told }));
    };
    if (!isDiskFull(reason) || !this.#releaseReserve()) return failAll(reason);
    try {
      return this.#commit(batch);
    } catch (error) {
      return failAll(error);
    }
  }

  /** One change among others: what it did is taken back when it throws. */
  #attempt(change: () => unknown): Outcome {
    this.#run('SAVEPOINT change');
    try {
      const value = inOneGo(change);
      this.#run('RELEASE change');
      return { value };
    } catch (error) {
      // What concerns the whole library ends the whole commit.
      if (isPassing(error)) throw error;
      this.#run('ROLLBACK TO change');
      this.#run('RELEASE change');
      return { error };
    }
  }

  #waitForOthers(cause: unknown): void {
    const oldestMs = performance.now() - BUSY_RETRY_MS;
    const patient = this.#waiting.filter(({ askedMs }) => askedMs > oldestMs);
    const given = this.#waiting.filter(({ askedMs }) => askedMs <= oldestMs);
    this.#waiting = patient;
    for (const { reject } of given)
      reject(new AppError('LIBRARY_BUSY', 'another process kept the database locked for 5 s', { cause }));
    this.#isScheduled = patient.length > 0;
    if (!this.#isScheduled) return;
    setTimeout(
      () => {
        this.#flush();
      },
      1 + Math.random() * this.#longestWaitMs,
    );
    this.#longestWaitMs = Math.min(2 * this.#longestWaitMs, LONGEST_WAIT_MS);
  }
}

const STATEMENTS = [
  'BEGIN IMMEDIATE',
  'COMMIT',
  'ROLLBACK',
  'SAVEPOINT change',
  'RELEASE change',
  'ROLLBACK TO change',
] as const;
type Statement = (typeof STATEMENTS)[number];

function inOneGo(change: () => unknown): unknown {
  const value = change();
  if (value instanceof Promise) throw new TypeError('a change has to be written in one go, without waiting');
  return value;
}
