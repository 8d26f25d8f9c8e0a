import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../domain/errors.ts';
import { APPLICATION_ID } from './migrate.ts';

/**
 * Copies the database while it is in use, checks the copy from end to end, and only then gives it its name.
 * Throws LIBRARY_DAMAGED when the copy does not pass; nothing is left behind.
 */
export async function backUpTo(db: Database.Database, path: string, signal?: AbortSignal): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.partial`;
  try {
    await rm(partial, { force: true });
    await db.backup(partial, {
      progress() {
        signal?.throwIfAborted();
        return 500;
      },
    });
    const flaw = flawOfBackup(partial);
    if (flaw !== undefined) throw new AppError('LIBRARY_DAMAGED', `the copy of the database: ${flaw}`);
    await chmod(partial, 0o600);
    const file = await open(partial, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    signal?.throwIfAborted();
    throw error;
  }
}

/** What is wrong with the database of the library, looked at from end to end; undefined when it is sound. */
export const flawOf = (path: string): string | undefined => look(path, { readonly: true });

/**
 * The same of a copy of it, which becomes one file without a log beside it: nobody else reads it, and reading alone would
 * leave an empty log behind.
 */
export const flawOfBackup = (path: string): string | undefined => look(path, { readonly: false });

function look(path: string, options: { readonly readonly: boolean }): string | undefined {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { ...options, fileMustExist: true });
    if (!options.readonly) db.pragma('journal_mode = DELETE');
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
      return 'it is not a library of Soundbite';
    const found = db.pragma('integrity_check(1)', { simple: true });
    return found === 'ok' ? undefined : String(found);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    db?.close();
  }
}

/** True when the database itself refuses a row: a rule of its tables is broken. */
export const isRefusedRow = (error: unknown): error is Error =>
  error instanceof Database.SqliteError && /^SQLITE_(CONSTRAINT|MISMATCH)/u.test(error.code);

export const schemaVersionOf = (db: Database.Database): number =>
  Number(db.pragma('user_version', { simple: true }));
