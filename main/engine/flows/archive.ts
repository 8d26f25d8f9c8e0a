import { randomUUID } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { basename, isAbsolute, join, relative } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Episode } from '../../domain/episode.ts';
import type { CleanupPlan, PlannedRemoval } from '../../domain/storage.ts';
import { applyCleanup } from '../storage/applyCleanup.ts';
import { isInUse } from '../storage/inUse.ts';
import type { StorageTools } from '../storage/tools.ts';
import { isThisFile } from '../storage/trash.ts';
import { copyVerified, sha256Of, type VerifiedCopy } from '../storage/verifiedCopy.ts';
import { surveyGround, verifyOwned } from '../storage/verifyOwned.ts';
import type { EngineContext } from './context.ts';
import { assertRoom } from './forecast.ts';
import { withStorage } from './storage.ts';

export interface Archived {
  readonly episodeId: string;
  /** Where the recording is now. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

function episodeOf(engine: EngineContext, id: string): Episode {
  const stored = engine.episodes.get(id);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${id}`);
  return stored.episode;
}

const insideOf = (home: string, path: string): string | undefined => {
  const way = relative(home, path);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? undefined : way;
};

/**
 * Puts the recording of an episode away: a copy in the archive is read back and compared, the episode reads it there from
 * now on, and the one in the library goes to the trash. Words, clips and judgements stay. Throws NOT_OURS for a recording
 * that is used where it is, WRONG_STATE for one that work needs or that is away already, DISK_LOW, ARCHIVE_FAILED.
 */
export const archiveEpisode = (
  engine: EngineContext,
  episodeId: string,
  folder = engine.paths.archive,
  signal?: AbortSignal,
): Promise<Archived> =>
  withStorage(engine, signal, async (tools) => {
    const episode = episodeOf(engine, episodeId);
    if (engine.archivedEpisodes.get(episodeId) !== undefined)
      throw new AppError('WRONG_STATE', `"${episode.title}" is in the archive already`);
    const wasPath = await ownCopyOf(tools, episode);
    await assertRoom(engine, [{ folder, bytes: episode.sizeBytes }]);
    const to = join(folder, `${episodeId} ${basename(episode.path)}`);
    const copy = await copyVerified(episode.path, to, signal);
    await engine.library.write(() => {
      engine.archivedEpisodes.add({ episodeId, wasPath, ...copy, archivedAtMs: engine.storage.nowMs() });
      ownInside(engine, copy, 'archive', episodeId);
    });
    engine.emit('episodes.changed', { episodeId });
    await trash(tools, wasPath, copy.sizeBytes);
    return { episodeId, path: copy.path, sizeBytes: copy.sizeBytes, sha256: copy.sha256 };
  });

/** The recording of an episode relative to the library, where it is a copy of ours that nothing needs right now. */
async function ownCopyOf(tools: StorageTools, episode: Episode): Promise<string> {
  const path = insideOf(tools.home, episode.path) ?? insideOf(await realpath(tools.home), episode.path);
  const file = path === undefined ? undefined : tools.ownedFiles.get(path);
  if (path === undefined || file === undefined) throw new AppError('NOT_OURS', episode.path);
  const verdict = await verifyOwned(await surveyGround(tools.home), file);
  if (verdict.is === 'gone') throw new AppError('FILE_MISSING', episode.path);
  if (verdict.is === 'not-ours') throw new AppError('NOT_OURS', `${episode.path}: ${verdict.because}`);
  if (isInUse({ ...file, episodeId: episode.id }, tools.liveUse.read(), tools.home))
    throw new AppError('WRONG_STATE', `there is still work to do on "${episode.title}"`);
  return path;
}

/** What lies inside the library counts as its own. */
function ownInside(
  engine: EngineContext,
  copy: VerifiedCopy,
  category: 'archive' | 'episode-copy',
  episodeId: string,
): void {
  const path = insideOf(engine.paths.home, copy.path);
  if (path === undefined) return;
  const { device, inode, sizeBytes } = copy;
  engine.ownedFiles.record({ path, category, episodeId, device, inode, sizeBytes }, engine.storage.nowMs());
}

/** Moves one file of ours to the trash as a cleanup does: looked at again, written down before, told in the journal. */
async function trash(tools: StorageTools, path: string, sizeBytes: number): Promise<void> {
  const category = tools.ownedFiles.get(path)?.category ?? 'episode-copy';
  const removal: PlannedRemoval = { path, category, sizeBytes, reason: 'archived' };
  const plan: CleanupPlan = {
    removals: [removal],
    emptied: [],
    leftAlone: [],
    usedBytes: 0,
    quotaBytes: 0,
    afterBytes: 0,
    stillOverBytes: 0,
  };
  await applyCleanup(tools, plan, randomUUID());
}

/**
 * Brings the recording of an archived episode back into the library: copied, read back and compared with what it was when
 * it was put away; only then does the one in the archive go. Throws WRONG_STATE when it is not away, FILE_MISSING when the
 * archive cannot be reached, ARCHIVE_FAILED when it has changed there, DISK_LOW.
 */
export const bringBackEpisode = (
  engine: EngineContext,
  episodeId: string,
  signal?: AbortSignal,
): Promise<Archived> =>
  withStorage(engine, signal, async (tools) => {
    const { title } = episodeOf(engine, episodeId);
    const away = engine.archivedEpisodes.get(episodeId);
    if (away === undefined) throw new AppError('WRONG_STATE', `"${title}" is not in the archive`);
    const found = await sha256Of(away.path, signal).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw new AppError('FILE_MISSING', away.path, { cause: error });
    });
    if (found !== away.sha256)
      throw new AppError('ARCHIVE_FAILED', `${away.path} is not what it was when it was put away`);
    await assertRoom(engine, [{ folder: engine.paths.episodes, bytes: away.sizeBytes }]);
    const copy = await copyVerified(away.path, join(engine.paths.home, away.wasPath), signal);
    await engine.library.write(() => {
      engine.archivedEpisodes.bringBack(episodeId, copy.path);
      ownInside(engine, copy, 'episode-copy', episodeId);
    });
    engine.emit('episodes.changed', { episodeId });
    const inside = insideOf(engine.paths.home, away.path);
    if (inside !== undefined) await trash(tools, inside, away.sizeBytes);
    // An archive elsewhere has no trash of ours: its copy goes only if it is the very file that was put there.
    else if (await isThisFile(away.path, { ...away, category: 'archive' })) await rm(away.path);
    return { episodeId, path: copy.path, sizeBytes: copy.sizeBytes, sha256: copy.sha256 };
  });
