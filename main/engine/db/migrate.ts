import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../../domain/errors.ts';
import { migrations } from './migrations/index.ts';

/** "SNDB": tells our files from other people's SQLite databases. */
export const APPLICATION_ID = 0x534e4442;

const BACKUPS_KEPT = 3;

const versionOf = (db: Database.Database): number => Number(db.pragma('user_version', { simple: true }));

/**
 * Applies the migrations that are missing, each in a transaction of its own together with its version number.
 * A library with content is backed up first. Throws LIBRARY_NEWER for a version this build does not know.
 */
export async function migrate(
  db: Database.Database,
  path: string,
  known: readonly string[] = migrations,
): Promise<void> {
  const version = versionOf(db);
  if (version > known.length) {
    throw new AppError('LIBRARY_NEWER', `schema ${version}, this build knows ${known.length}`);
  }
  if (version === known.length) return;
  if (version > 0) await backUp(db, path, version);
  for (let next = version + 1; next <= known.length; next += 1) applyOne(db, known, next);
}

function applyOne(db: Database.Database, known: readonly string[], number: number): void {
  db.transaction(() => {
    // Another process may have migrated while this one waited for the lock.
    if (versionOf(db) >= number) return;
    db.exec(known[number - 1] ?? '');
    const broken = db.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0)
      throw new AppError('INTERNAL', `migration ${number} leaves ${broken.length} broken links`);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${number}`);
  }).immediate();
}

/** Keeps a copy of the library as it was, and only the newest few of them. */
async function backUp(db: Database.Database, path: string, version: number): Promise<void> {
  const folder = join(dirname(path), 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date().toISOString().replaceAll(':', '-');
  await db.backup(join(folder, `before-migration-${stamp}-v${version}.db`));
  const older = readdirSync(folder)
    .filter((name) => name.startsWith('before-migration-'))
    .sort()
    .slice(0, -BACKUPS_KEPT);
  for (const name of older) rmSync(join(folder, name));
}
