import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { BackupView, StateExport, StateImport, StateView } from '../../domain/state.ts';
import { flawOf, isRefusedRow, schemaVersionOf } from '../db/backup.ts';
import { readStateFile, writeStateFile } from '../storage/stateFile.ts';
import { backUp, listBackups } from './backUp.ts';
import type { EngineContext } from './context.ts';

/** What the library remembers, whether it is sound, and the copies of it. */
export async function showState(engine: EngineContext): Promise<StateView> {
  const { paths, library, state } = engine;
  const backups: BackupView[] = [];
  for (const { name, kind, atMs } of await listBackups(paths.backups))
    backups.push({ name, kind, atMs, sizeBytes: (await stat(join(paths.backups, name))).size });
  return {
    database: paths.database,
    sizeBytes: (await stat(paths.database)).size,
    schema: schemaVersionOf(library.db),
    counts: state.counts(),
    flaw: flawOf(paths.database) ?? null,
    backups,
  };
}

/** Writes everything that a person would miss into one file; recordings and exports stay where they are. */
export async function exportState(engine: EngineContext, path: string): Promise<StateExport> {
  const written = await writeStateFile(path, schemaVersionOf(engine.library.db), [...engine.state.rows()]);
  return { path, ...written };
}

/**
 * Takes in a state file: all of it or nothing. What is here already stays, and is told. A backup is made first unless it is
 * not wanted. Throws FILE_MISSING, STATE_UNREADABLE, LIBRARY_NEWER.
 */
export async function importState(
  engine: EngineContext,
  path: string,
  options: { readonly backup: boolean },
): Promise<StateImport> {
  const { lines } = await readStateFile(path, schemaVersionOf(engine.library.db));
  const backup = options.backup ? await backUp(engine, 'before-import') : null;
  const taken = await engine.library.write(() => {
    try {
      return engine.state.take(lines);
    } catch (error) {
      if (isRefusedRow(error)) throw new AppError('STATE_UNREADABLE', error.message, { cause: error });
      throw error;
    }
  });
  tellAll(engine);
  return { counts: { ...taken.counts }, conflicts: [...taken.conflicts], backup };
}

/**
 * Forgets everything: shows, episodes, clips, judgements, settings, the queue. Files stay, and so do speech models. A backup
 * is made first unless it is not wanted. Throws WRONG_STATE while work is under way.
 */
export async function resetState(
  engine: EngineContext,
  options: { readonly backup: boolean },
): Promise<{ backup: string | null }> {
  if (engine.liveUse.isWorking())
    throw new AppError('WRONG_STATE', 'work is under way; pause the queue and wait until it has stopped');
  const episodeIds = engine.episodes.list().map(({ id }) => id);
  const backup = options.backup ? await backUp(engine, 'before-reset') : null;
  await engine.library.write(() => {
    if (engine.liveUse.isWorking()) throw new AppError('WRONG_STATE', 'work has just begun');
    engine.state.reset();
  });
  for (const episodeId of episodeIds) engine.emit('episodes.changed', { episodeId });
  engine.emit('queue.changed', {});
  return { backup };
}

function tellAll(engine: EngineContext): void {
  for (const { id } of engine.episodes.list()) engine.emit('episodes.changed', { episodeId: id });
}
