import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../domain/errors.ts';
import { APPLICATION_ID, migrate } from './migrate.ts';
import { ballastPath, releaseBallast } from './ballast.ts';
import { isPassing, Writer } from './writer.ts';

/** Older versions may corrupt a WAL that two processes write (SQLite bug fixed in 3.51.3). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/** The one writing connection of this process. */
export interface Library {
  readonly db: Database.Database;
  /** Runs a change in its own transaction; retries while another process writes, without blocking the event loop. */
  write<T>(change: () => T): Promise<T>;
  close(): void;
}

/**
 * Opens the library's database, bringing its schema up to date.
 * Throws LIBRARY_NEWER, LIBRARY_FOREIGN or LIBRARY_DAMAGED before anything is changed.
 */
export async function openLibrary(path: string): Promise<Library> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = new Database(path);
  try {
    assertSqliteIsSafe(db);
    assertOurs(db, path);
    assertSound(db, path);
    applyPragmas(db);
    chmodSync(path, 0o600);
    await migrate(db, path);
  } catch (error) {
    db.close();
    throw toLibraryError(error, path);
  }
  const writer = new Writer(db, () => makeRoomToWrite(db, path));
  return {
    db,
    write: (change) => writer.write(change),
    close: () => {
      closeQuietly(db);
    },
  };
}

function assertSqliteIsSafe(db: Database.Database): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
  const found = version.split('.').map(Number);
  for (const [index, needed] of OLDEST_SQLITE.entries()) {
    const part = found[index] ?? 0;
    if (part > needed) return;
    if (part < needed)
      throw new AppError('INTERNAL', `SQLite ${version} is older than ${OLDEST_SQLITE.join('.')}`);
  }
}

function assertOurs(db: Database.Database, path: string): void {
  const id = db.pragma('application_id', { simple: true });
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (id !== APPLICATION_ID && !(id === 0 && tables === 0)) {
    throw new AppError('LIBRARY_FOREIGN', `${path} has application id ${String(id)}`);
  }
}

/** A large library is looked at from end to end only when it is backed up: at the start that would take seconds. */
const CHECKED_AT_START_BYTES = 64 * 1024 ** 2;

/** What SQLite says of a file that it cannot make sense of, in our words. */
function toLibraryError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const detail = `${path}: ${error.message}`;
  if (error.code.startsWith('SQLITE_CORRUPT'))
    return new AppError('LIBRARY_DAMAGED', detail, { cause: error });
  if (error.code !== 'SQLITE_NOTADB') return error;
  // Where Soundbite has made backups, it is its own database that has lost its beginning.
  const isOurs = existsSync(join(dirname(path), 'backups'));
  return new AppError(isOurs ? 'LIBRARY_DAMAGED' : 'LIBRARY_FOREIGN', detail, { cause: error });
}

function assertSound(db: Database.Database, path: string): void {
  if (statSync(path).size > CHECKED_AT_START_BYTES) return;
  const found = db.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new AppError('LIBRARY_DAMAGED', `${path}: ${String(found)}`);
}

function applyPragmas(db: Database.Database): void {
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'busy_timeout = 20',
    'foreign_keys = ON',
    'trusted_schema = OFF',
    'journal_size_limit = 67108864',
  ]) {
    db.pragma(pragma);
  }
}

/**
 * Lets go of the room that is held back, and folds the log in so that its room is used again: what is written next then
 * needs no more of a full disk. Answers whether that helped.
 */
function makeRoomToWrite(db: Database.Database, path: string): boolean {
  const hadBallast = releaseBallast(ballastPath(path));
  try {
    const [row] = db.pragma('wal_checkpoint(RESTART)') as readonly { busy: number }[];
    return hadBallast || row?.busy === 0;
  } catch {
    // Not even that fits; the next try has what the ballast left.
    return hadBallast;
  }
}

function closeQuietly(db: Database.Database): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // Another process is reading the log, or there is no room to fold it in: it is whole, and the next one does it.
    if (!isPassing(error)) throw error;
  }
  db.close();
}
