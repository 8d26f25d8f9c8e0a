import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import type { OwnedCategory } from '../db/ownedFiles.ts';
import type { EngineContext } from './context.ts';

/** Writes down that Soundbite made this file of the library; only such files may ever be cleaned up. */
export async function recordOwned(
  engine: EngineContext,
  path: string,
  category: OwnedCategory,
  episodeId: string | null,
): Promise<void> {
  const { dev, ino, size } = await stat(path);
  const file = {
    path: relative(engine.paths.home, path),
    category,
    episodeId,
    device: dev,
    inode: ino,
    sizeBytes: size,
  };
  await engine.library.write(() => {
    engine.ownedFiles.record(file, Date.now());
  });
}
