import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { PRESETS, type PresetId } from '../../domain/preset.ts';
import { ExportOptions } from '../../domain/recipe.ts';
import { formatClock, lengthS } from '../../domain/time.ts';
import type { Clip } from '../../domain/clip.ts';
import type { Queue } from '../jobs/queue.ts';
import { assertInRecording } from './clipInRecording.ts';
import { tryPartialFolder } from '../renders/publish.ts';
import { arrange, type Wish } from './arrange.ts';
import type { EngineContext } from './context.ts';
import { assertOnRecord } from './offLimits.ts';

/** What is not asked for is as usual: karaoke captions, nothing tightened, nothing masked. */
export interface ExportRequest extends z.input<typeof ExportOptions> {
  readonly clipIds: readonly string[];
  readonly presets: readonly PresetId[];
  /** Absolute; made when the first file goes there. */
  readonly folder: string;
}

/** Queues one export for each clip and preset; asking again while one is under way gives that one. */
export async function requestExports(
  engine: EngineContext,
  queue: Queue,
  request: ExportRequest,
): Promise<Job[]> {
  const clips = request.clipIds.map((id) => {
    const clip = engine.clips.get(id);
    if (clip === undefined) throw new AppError('NOT_FOUND', `there is no clip ${id}`);
    assertInRecording(clip);
    return clip;
  });
  assertOnRecord(
    engine,
    clips.map(({ episodeId, inS, outS }) => ({ episodeId, fromS: inS, toS: outS })),
  );
  await assertFolderIsWritable(request.folder);
  const { captions, tighten, bleeps, layout, template, sidecars } = request;
  const options = ExportOptions.parse({ captions, tighten, bleeps, layout, template, sidecars });
  for (const clip of clips) {
    for (const preset of request.presets) {
      assertAllowed(clip, preset);
      await assertCanBeArranged(engine, clip, { preset, layout, template });
    }
  }
  const jobs: Job[] = [];
  for (const clip of clips) {
    for (const preset of request.presets) {
      jobs.push(
        await queue.enqueue({
          kind: 'export',
          lane: 'production',
          priority: 'normal',
          payload: { clipId: clip.id, preset, folder: request.folder, ...options },
          label: `${clip.title} (${preset})`,
          episodeId: clip.episodeId,
          showId: engine.episodes.get(clip.episodeId)?.episode.showId ?? null,
          uniqueKey: `export:${clip.id}:${preset}:${request.folder}:${JSON.stringify(options)}`,
        }),
      );
    }
  }
  return jobs;
}

/** What cannot be arranged is refused when it is asked for, not when its turn comes. */
async function assertCanBeArranged(engine: EngineContext, clip: Clip, wish: Wish): Promise<void> {
  const stored = engine.episodes.get(clip.episodeId);
  const show = stored && engine.shows.get(stored.episode.showId);
  if (stored !== undefined && show !== undefined) await arrange(engine, wish, stored, show);
}

function assertAllowed(clip: Clip, id: PresetId): void {
  const preset = PRESETS[id];
  const durationS = lengthS({ fromS: clip.inS, toS: clip.outS });
  if (preset.kind === 'audio' || durationS <= preset.hardLongestS) return;
  throw new AppError(
    'BAD_INPUT',
    `clip ${clip.id} is ${formatClock(durationS)} long; ${preset.platform} takes at most ${formatClock(preset.hardLongestS)}`,
  );
}

/**
 * Makes and removes the hidden folder of exports in this one, or in the nearest one above it that exists: permissions alone do
 * not tell, because nothing can be made in /proc or on a read-only disk whoever asks. Throws OUTPUT_NOT_WRITABLE.
 */
export async function assertFolderIsWritable(folder: string): Promise<void> {
  try {
    if (!(await stat(folder)).isDirectory())
      throw new AppError('OUTPUT_NOT_WRITABLE', `${folder} is not a folder`);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const above = dirname(folder);
    if (codeOf(error) === 'ENOENT' && above !== folder) return assertFolderIsWritable(above);
    throw new AppError('OUTPUT_NOT_WRITABLE', `${folder}: ${codeOf(error)}`, { cause: error });
  }
  try {
    await tryPartialFolder(folder);
  } catch (error) {
    throw new AppError('OUTPUT_NOT_WRITABLE', `nothing can be made in ${folder} (${codeOf(error)})`, {
      cause: error,
    });
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
