import { stat } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';
import { clamp, lengthS, type TimeRange } from '../../domain/time.ts';
import { readLevels } from '../media/levels.ts';
import { levelsPathOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';

/** What counts as full height and as nothing on a waveform. */
const LOUDEST_DBFS = -12;
const QUIETEST_DBFS = -60;

/** The mean level of each of so many equal columns of a range as 0 to 1; null until the episode was listened to. */
export async function waveformOf(
  engine: EngineContext,
  episodeId: string,
  columns: number,
  range: TimeRange | undefined,
): Promise<number[] | null> {
  if (engine.episodes.get(episodeId) === undefined) {
    throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  }
  const path = levelsPathOf(engine, episodeId);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  const { rmsDbfs, blockS } = await readLevels(path);
  const first = (range?.fromS ?? 0) / blockS;
  const count = range === undefined ? rmsDbfs.length : lengthS(range) / blockS;
  return Array.from({ length: columns }, (_unused, column) => {
    const from = Math.max(0, Math.floor(first + (column * count) / columns));
    const to = Math.max(from + 1, Math.floor(first + ((column + 1) * count) / columns));
    const blocks = rmsDbfs.subarray(from, to);
    const sum = blocks.reduce((total, level) => total + Math.max(QUIETEST_DBFS, level), 0);
    const height = (sum / Math.max(1, blocks.length) - QUIETEST_DBFS) / (LOUDEST_DBFS - QUIETEST_DBFS);
    return Math.round(clamp(height, 0, 1) * 1000) / 1000;
  });
}
