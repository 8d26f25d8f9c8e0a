import { randomUUID } from 'node:crypto';
import { basename, relative } from 'node:path';
import type { CleanupPlan, CleanupReport, StorageStats, TakeableCategory } from '../../domain/storage.ts';
import { exclusively } from '../db/exclusive.ts';
import { applyCleanup, type ApplyOptions } from '../storage/applyCleanup.ts';
import { supersededBackups } from '../storage/backups.ts';
import { leastFreeBytes } from '../storage/leastFree.ts';
import { planCleanup } from '../storage/planCleanup.ts';
import { settleRemovals } from '../storage/settleRemovals.ts';
import { categoryUses, sizeOf, survey, type Purposes, type Survey } from '../storage/survey.ts';
import { storageLockPath, type StorageTools } from '../storage/tools.ts';
import { undoCleanup, type Undone } from '../storage/undoCleanup.ts';
import { listBackups } from './backUp.ts';
import type { EngineContext } from './context.ts';

/** What the storage room needs, taken from the engine. */
export const storageTools = (engine: EngineContext): StorageTools => ({
  library: engine.library,
  home: engine.paths.home,
  trash: engine.paths.trash,
  removalJournal: engine.paths.removalJournal,
  ownedFiles: engine.ownedFiles,
  removals: engine.removals,
  liveUse: engine.liveUse,
  trashItem: engine.storage.trashItem,
  nowMs: engine.storage.nowMs,
});

/** Settles what a killed process left behind, then does something that only one process may do at a time. */
export async function withStorage<T>(
  engine: EngineContext,
  signal: AbortSignal | undefined,
  act: (tools: StorageTools) => Promise<T>,
  tools: StorageTools = storageTools(engine),
): Promise<T> {
  return exclusively(storageLockPath(engine.paths.home), signal, async () => {
    await settleRemovals(tools);
    return act(tools);
  });
}

interface Looked extends Survey {
  readonly plan: CleanupPlan;
  readonly library: { readonly files: number; readonly sizeBytes: number };
  readonly unownedBackups: { readonly files: number; readonly sizeBytes: number };
}

/** Looks at every file that is recorded as ours and says what a cleanup would do now; changes nothing. */
async function look(engine: EngineContext, take: readonly TakeableCategory[]): Promise<Looked> {
  const { paths, storage } = engine;
  const nowMs = storage.nowMs();
  const files = engine.ownedFiles.list();
  const surveyed = await survey(paths.home, files, await purposesOf(engine), nowMs);
  const space = await storage.readSpace(paths.home);
  const limits = storage.limits();
  const library = await sizeOf(paths.home, libraryFiles(engine));
  const allBackups = await sizeOf(paths.home, [relative(paths.home, paths.backups)]);
  const ownBackups = surveyed.candidates.filter(({ file }) => file.category === 'backup');
  const unownedBackups = {
    files: allBackups.files - ownBackups.length,
    sizeBytes: allBackups.sizeBytes - ownBackups.reduce((sum, { file }) => sum + file.sizeBytes, 0),
  };
  const plan = planCleanup({
    ...surveyed,
    trash: engine.removals.listInTrash(),
    fixedBytes: library.sizeBytes + unownedBackups.sizeBytes,
    quotaBytes: Math.round(limits.maxStorageGb * 1e9),
    freeBytes: space.freeBytes,
    leastFreeBytes: leastFreeBytes(space, limits.leastFreeGb),
    take,
    nowMs,
  });
  return { ...surveyed, plan, library, unownedBackups };
}

/** The database with what lies beside it, and the diary; the library's own trash is counted by its rows. */
function libraryFiles({ paths }: EngineContext): string[] {
  const database = basename(paths.database);
  return [database, `${database}-wal`, `${database}-shm`, basename(paths.ballast), 'logs'];
}

async function purposesOf(engine: EngineContext): Promise<Purposes> {
  const episodes = engine.episodes.list();
  const backups = await listBackups(engine.paths.backups);
  return {
    episodeIds: new Set(episodes.map(({ id }) => id)),
    modelFolders: new Set(engine.speechModels.list().map(({ folder }) => folder)),
    supersededBackups: new Set(supersededBackups(backups)),
    liveUse: engine.liveUse.read(),
  };
}

/** What a cleanup would do now, file by file, with the reason for each. */
export const planStorage = async (
  engine: EngineContext,
  take: readonly TakeableCategory[] = [],
): Promise<CleanupPlan> => (await look(engine, take)).plan;

/** Plans a cleanup and does it; forgets what was recorded and is not there any more. */
export async function cleanUp(
  engine: EngineContext,
  take: readonly TakeableCategory[] = [],
  options: ApplyOptions & { readonly tools?: StorageTools } = {},
): Promise<CleanupReport> {
  return withStorage(
    engine,
    options.signal,
    async (tools) => {
      const { plan, gone } = await look(engine, take);
      await engine.library.write(() => {
        for (const file of gone) engine.ownedFiles.forgetSame(file);
      });
      return applyCleanup(tools, plan, randomUUID(), options);
    },
    options.tools,
  );
}

/** Brings back what a cleanup took away, the last one when none is named. Throws NOTHING_TO_UNDO. */
export const undoStorage = (engine: EngineContext, run?: string): Promise<Undone> =>
  withStorage(engine, undefined, (tools) => undoCleanup(tools, run));

/** How much of each kind there is, what the limits are, and what could be undone. */
export async function storageStats(engine: EngineContext): Promise<StorageStats> {
  const { paths, storage } = engine;
  const { plan, candidates, library, unownedBackups } = await look(engine, []);
  const trash = engine.removals.listInTrash();
  const trashBytes = trash.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const space = await storage.readSpace(paths.home);
  const limits = storage.limits();
  const least = leastFreeBytes(space, limits.leastFreeGb);
  const episodes = engine.episodes.list();
  const archived = engine.archivedEpisodes.list();
  const notOriginal = new Set([
    ...candidates.map(({ file }) => `${paths.home}/${file.path}`),
    ...archived.map(({ path }) => path),
  ]);
  const originals = episodes.filter(({ path }) => !notOriginal.has(path));
  return {
    home: paths.home,
    categories: categoryUses(candidates, [
      { category: 'library', ...library },
      { category: 'backup', ...unownedBackups },
      { category: 'trash', files: trash.length, sizeBytes: trashBytes },
    ]),
    usedBytes: plan.usedBytes,
    quotaBytes: plan.quotaBytes,
    disk: { ...space, leastFreeBytes: least, isLow: space.freeBytes < least },
    originals: {
      files: originals.length,
      sizeBytes: originals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    },
    archived: archived.map(({ episodeId, path, sizeBytes, archivedAtMs }) => ({
      ...{ episodeId, path, sizeBytes, archivedAtMs },
      title: episodes.find(({ id }) => id === episodeId)?.title ?? episodeId,
    })),
    undoable: engine.removals.lastUndoable() ?? null,
    lastCleanupAtMs: engine.upkeepRuns.lastAtMs('cleanup') ?? null,
    cleanupIntervalHours: limits.cleanupIntervalHours,
  };
}
