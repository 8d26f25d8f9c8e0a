import { mkdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Library } from '../db/open.ts';
import { isBusy } from '../db/writer.ts';

/** What kind of process works: the one with the window, a command, or a worker that somebody started. */
export type WorkerRole = 'window' | 'command' | 'worker';

/** This process as the others see it: alive as long as it holds its lock file. */
export interface Worker {
  readonly id: string;
  heartbeat(nowMs: number): Promise<void>;
  /** Gives up the lock; whatever this worker still held is then taken back by anybody. */
  retire(): Promise<void>;
}

const lockPath = (runDir: string, id: string): string => join(runDir, `${id}.lock`);

/** A lock is an exclusive SQLite transaction on a file of its own: the system drops it when the process dies, however. */
function takeLock(path: string, mustExist: boolean): Database.Database | undefined {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(path, { timeout: 0, fileMustExist: mustExist });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

/** Signs this process in. The lock is held before the row can be seen, so nobody takes a newcomer for dead. */
export async function signIn(
  library: Library,
  runDir: string,
  as: { readonly nowMs: number; readonly role: WorkerRole },
): Promise<Worker> {
  mkdirSync(runDir, { recursive: true, mode: 0o700 });
  const id = randomUUID();
  const lock = takeLock(lockPath(runDir, id), false);
  if (lock === undefined) throw new Error('a fresh lock file is held by another process');
  const add = library.db.prepare(
    'INSERT INTO workers (id, pid, host, role, started_at_ms, heartbeat_at_ms) VALUES (@id, @pid, @host, @role, @nowMs, @nowMs)',
  );
  const beat = library.db.prepare('UPDATE workers SET heartbeat_at_ms = @nowMs WHERE id = @id');
  const remove = library.db.prepare<[string]>('DELETE FROM workers WHERE id = ?');
  await library.write(() => add.run({ id, pid: process.pid, host: hostname(), ...as }));
  return {
    id,
    async heartbeat(atMs) {
      await library.write(() => beat.run({ id, nowMs: atMs }));
    },
    async retire() {
      await library.write(() => remove.run(id));
      lock.close();
      rmSync(lockPath(runDir, id), { force: true });
    },
  };
}

export interface WorkerRow {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  readonly role: WorkerRole;
  readonly started_at_ms: number;
  readonly heartbeat_at_ms: number;
}

export function listWorkers(library: Library): WorkerRow[] {
  return library.db.prepare<[], WorkerRow>('SELECT * FROM workers ORDER BY started_at_ms, id').all();
}

/**
 * Finds workers whose process is gone, hands each to the caller inside the transaction that forgets it, and removes its lock.
 * Neither process ids nor clocks decide: a worker is dead when its lock can be taken. Answers how many others are alive.
 */
export async function buryDeadWorkers(
  library: Library,
  runDir: string,
  ownId: string,
  takeBack: (workerId: string) => void,
): Promise<number> {
  let alive = 0;
  const remove = library.db.prepare<[string]>('DELETE FROM workers WHERE id = ?');
  for (const { id } of listWorkers(library)) {
    if (id === ownId) continue;
    const path = lockPath(runDir, id);
    const lock = tryLockOfOther(path);
    if (lock === 'held') {
      alive += 1;
      continue;
    }
    await library.write(() => {
      if (remove.run(id).changes === 1) takeBack(id);
    });
    lock?.close();
    rmSync(path, { force: true });
  }
  return alive;
}

/** True while a worker is signed in, or its process at least still holds its lock. */
export function isAtWork(library: Library, runDir: string, id: string): boolean {
  if (listWorkers(library).some((worker) => worker.id === id)) return true;
  const lock = tryLockOfOther(lockPath(runDir, id));
  if (lock === 'held') return true;
  lock?.close();
  return false;
}

function tryLockOfOther(path: string): Database.Database | 'held' | undefined {
  try {
    return takeLock(path, true) ?? 'held';
  } catch (error) {
    // No lock file at all: its worker never got far enough to hold anything, or somebody cleaned up.
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_CANTOPEN') return undefined;
    throw error;
  }
}
