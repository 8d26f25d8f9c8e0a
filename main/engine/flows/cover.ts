import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { findCover } from '../media/cover.ts';
import type { EngineContext } from './context.ts';

/** The episode's cover as a PNG in the library, found and kept at the first ask; undefined when it has none. */
export async function coverOf(engine: EngineContext, episodeId: string): Promise<string | undefined> {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) return undefined;
  const folder = join(engine.paths.analysis, episodeId);
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
    const { dev, ino, size } = await stat(kept);
    await engine.library.write(() => {
      const path = join('analysis', episodeId, basename(kept));
      const file = {
        path,
        category: 'analysis' as const,
        episodeId,
        device: dev,
        inode: ino,
        sizeBytes: size,
      };
      engine.ownedFiles.record(file, Date.now());
    });
    return kept;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Whether the library keeps a cover of the episode; intake looks for one once. */
export const isCoverKept = (engine: EngineContext, episodeId: string): Promise<boolean> =>
  exists(join(engine.paths.analysis, episodeId, 'cover.png'));

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
