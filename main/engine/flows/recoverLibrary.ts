import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { flawOf, flawOfBackup } from '../db/backup.ts';
import { isHeld } from '../db/exclusive.ts';
import type { Backup } from '../storage/backups.ts';
import type { EngineContext } from './context.ts';
import { listBackups } from './backUp.ts';

type Paths = EngineContext['paths'];

/** The newest copy of the database that is sound from end to end. */
async function newestSoundBackup(paths: Paths): Promise<Backup | undefined> {
  return (await listBackups(paths.backups)).find(
    ({ name }) => flawOfBackup(join(paths.backups, name)) === undefined,
  );
}

/** Says, where the database is damaged, which backup could take its place; throws in any case. */
export async function offerBackup(paths: Paths, error: unknown): Promise<never> {
  if (!(error instanceof AppError) || error.code !== 'LIBRARY_DAMAGED') throw error;
  const backup = await newestSoundBackup(paths);
  const offer =
    backup === undefined
      ? 'there is no sound backup'
      : `the newest sound backup is of ${new Date(backup.atMs).toISOString()} (${backup.name})`;
  throw new AppError('LIBRARY_DAMAGED', `${error.message}; ${offer}`, { cause: error });
}

export interface Recovered {
  readonly backup: string;
  readonly atMs: number;
  /** Where the damaged database is now, with what lay beside it. */
  readonly keptAside: string;
}

/**
 * Puts the damaged database aside and the newest sound backup in its place. Throws WRONG_STATE when the database is sound,
 * LIBRARY_BUSY while another Soundbite has it open, NOT_FOUND when no backup is sound.
 */
export async function recoverLibrary(paths: Paths, nowMs: number): Promise<Recovered> {
  const locks = existsSync(paths.run) ? readdirSync(paths.run).filter((name) => name.endsWith('.lock')) : [];
  if (locks.some((name) => isHeld(join(paths.run, name))))
    throw new AppError('LIBRARY_BUSY', 'another Soundbite has the library open; close it first');
  if (existsSync(paths.database) && flawOf(paths.database) === undefined)
    throw new AppError('WRONG_STATE', `${paths.database} is sound`);
  const backup = await newestSoundBackup(paths);
  if (backup === undefined) throw new AppError('NOT_FOUND', `no backup in ${paths.backups} is sound`);
  const keptAside = join(paths.home, 'damaged', new Date(nowMs).toISOString().replaceAll(':', '-'));
  mkdirSync(keptAside, { recursive: true, mode: 0o700 });
  const fresh = `${paths.database}.recovered`;
  copyFileSync(join(paths.backups, backup.name), fresh);
  // The log belongs to the damaged file: it must never be played into another one.
  for (const suffix of ['-wal', '-shm', ''])
    if (existsSync(paths.database + suffix))
      renameSync(paths.database + suffix, join(keptAside, `soundbite.db${suffix}`));
  renameSync(fresh, paths.database);
  return { backup: backup.name, atMs: backup.atMs, keptAside };
}
