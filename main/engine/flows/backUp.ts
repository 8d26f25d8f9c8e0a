import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { backUpTo, schemaVersionOf } from '../db/backup.ts';
import { backupName, readBackupName, type Backup, type BackupKind } from '../storage/backups.ts';
import type { EngineContext } from './context.ts';
import { recordOwned } from './recordOwned.ts';

/** The copies of the database that are there, the newest first. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => readBackupName(name) ?? []).sort((a, b) => b.atMs - a.atMs);
}

/**
 * Makes a checked copy of the database and answers its name; copies that it makes unnecessary go at the next cleanup.
 * Throws LIBRARY_DAMAGED when the copy does not pass its check.
 */
export async function backUp(engine: EngineContext, kind: BackupKind, signal?: AbortSignal): Promise<string> {
  const { library, paths, storage } = engine;
  const name = backupName(kind, storage.nowMs(), schemaVersionOf(library.db));
  const path = join(paths.backups, name);
  await backUpTo(library.db, path, signal);
  await recordOwned(engine, path, 'backup', null);
  return name;
}
