import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findCover } from '../media/cover.ts';
import { analysisFolderOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';
import { recordOwned } from './recordOwned.ts';

/** The episode's cover as a PNG in the library, found and kept at the first ask; undefined when it has none. */
export async function coverOf(engine: EngineContext, episodeId: string): Promise<string | undefined> {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) return undefined;
  const folder = analysisFolderOf(engine, episodeId);
  const kept = join(folder, 'cover.png');
  if (await exists(kept)) return kept;
  const work = join(engine.paths.work, `cover-${crypto.randomUUID()}`);
  await mkdir(work, { recursive: true });
  try {
    const source = { path: stored.episode.path, facts: stored.facts };
    const found = await findCover(await engine.tools(), source, { outDir: work });
    if (found === undefined) return undefined;
    await mkdir(dirname(kept), { recursive: true });
    await rename(found, kept);
    await recordOwned(engine, kept, 'analysis', episodeId);
    return kept;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Whether the library keeps a cover of the episode; intake looks for one once. */
export const isCoverKept = (engine: EngineContext, episodeId: string): Promise<boolean> =>
  exists(join(analysisFolderOf(engine, episodeId), 'cover.png'));

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
