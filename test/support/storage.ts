import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  openSync,
  closeSync,
  ftruncateSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { OwnedCategory } from '../../main/domain/storage.ts';
import { createEngine, type Engine, type EngineOptions } from '../../main/engine/createEngine.ts';
import type { OwnedFile } from '../../main/engine/db/ownedFiles.ts';
import { newShow } from '../../main/domain/show.ts';
import { root } from './cli.ts';

export const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;

/** A sparse file that says whose it is in its first bytes. */
export function sparseFile(path: string, sizeBytes: number, says = path): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'wx');
  ftruncateSync(file, sizeBytes);
  writeSync(file, says, 0);
  closeSync(file);
}

export const sha256Of = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

/** The row that Soundbite would have written for a file of its library, as it is now. */
export function rowOf(
  home: string,
  path: string,
  category: OwnedCategory,
  episodeId: string | null,
): OwnedFile {
  const { dev, ino, size } = statSync(join(home, path));
  return { path, category, episodeId, device: dev, inode: ino, sizeBytes: size };
}

/** Makes a file of the library and records it as ours; the older, the more days ago. */
export async function ownFile(
  engine: Engine,
  path: string,
  sizeBytes: number,
  more: { category?: OwnedCategory; episodeId?: string | null; daysAgo?: number } = {},
): Promise<void> {
  const { category = 'analysis', episodeId = null, daysAgo = 0 } = more;
  sparseFile(join(engine.paths.home, path), sizeBytes);
  await engine.library.write(() => {
    engine.ownedFiles.record(
      rowOf(engine.paths.home, path, category, episodeId),
      Date.now() - daysAgo * DAY_MS,
    );
  });
}

/** An episode that consists of its row alone. */
export async function addEpisode(engine: Engine, id: string, path: string): Promise<void> {
  const sizeBytes = lstatSync(path, { throwIfNoEntry: false })?.size ?? 1000;
  await engine.library.write(() => {
    const known = engine.shows.findByName('Still Works');
    const show = known ?? newShow('show-1', 'Still Works');
    if (known === undefined) engine.shows.add(show);
    engine.episodes.addOrRelink({
      id,
      showId: show.id,
      title: `Episode ${id}`,
      path,
      fingerprint: id,
      modifiedAtMs: 0,
      facts: {
        format: 'mp3',
        durationS: 600,
        sizeBytes,
        audio: [{ index: 0, codec: 'mp3', sampleRateHz: 44_100, channels: 2, channelLayout: 'stereo' }],
        video: null,
        coverIndex: null,
        subtitleIndexes: [],
        tags: {},
        warnings: [],
      },
      importedAtMs: 0,
    });
    engine.episodes.setState(id, 'ready');
  });
}

export const openStorageEngine = (
  home: string,
  env: NodeJS.ProcessEnv = {},
  more: Partial<EngineOptions> = {},
): Promise<Engine> =>
  createEngine({
    env: { SOUNDBITE_HOME: home, SOUNDBITE_POLL_INTERVAL_S: '0.05', ...env },
    resourcesDir: join(root, 'resources'),
    works: false,
    onNotice: () => undefined,
    onBug: (error) => {
      throw error;
    },
    ...more,
  });
