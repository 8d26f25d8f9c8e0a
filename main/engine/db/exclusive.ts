import Database from 'better-sqlite3';
import { setTimeout as wait } from 'node:timers/promises';
import { isBusy } from './writer.ts';

const TRY_AGAIN_MS = 50;

/**
 * Does something that only one process may do at a time. The lock is an exclusive SQLite transaction on a file of its
 * own: the system drops it when the process dies, however. Waits its turn until the signal aborts.
 */
export async function exclusively<T>(
  lockPath: string,
  signal: AbortSignal | undefined,
  act: () => Promise<T>,
): Promise<T> {
  let lock = tryLock(lockPath);
  while (lock === undefined) {
    signal?.throwIfAborted();
    await wait(TRY_AGAIN_MS);
    lock = tryLock(lockPath);
  }
  try {
    return await act();
  } finally {
    lock.close();
  }
}

/** True while another process holds the lock. */
export function isHeld(lockPath: string): boolean {
  const lock = tryLock(lockPath);
  lock?.close();
  return lock === undefined;
}

function tryLock(path: string): Database.Database | undefined {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(path, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}
