import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Bleeps, bleepsFor } from '../../domain/bleeps.ts';
import type { Clip } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import { PresetId, PRESETS } from '../../domain/preset.ts';
import { ExportOptions, type Recipe } from '../../domain/recipe.ts';
import type { Show } from '../../domain/show.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { VideoEncoder } from '../../domain/videoEncoder.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { maskText } from '../renders/bleeps.ts';
import { exportFileName } from '../renders/exportName.ts';
import { arrange, type Arrangement } from './arrange.ts';
import { assertInRecording } from './clipInRecording.ts';
import type { EngineContext } from './context.ts';
import { assertOnRecord } from './offLimits.ts';
import { tightenedClip, wholeClip } from './tightenClip.ts';
import { videoEncoder } from './videoEncoder.ts';

/** What the queue keeps of an export that is asked for. */
export const ExportPayload = ExportOptions.extend({
  clipId: z.string(),
  preset: PresetId,
  folder: z.string(),
});
export type ExportPayload = z.infer<typeof ExportPayload>;

/** Everything an export is made from, read once at its start. */
export interface ExportPlan {
  readonly clip: Clip;
  readonly stored: StoredEpisode;
  readonly show: Show;
  readonly segments: readonly Segment[];
  readonly recipe: Recipe;
  readonly recipeHash: string;
  readonly warnings: readonly string[];
  readonly finalPath: string;
}

/** Reads what an export is made from. Throws NOT_FOUND, OFF_THE_RECORD, and BAD_INPUT for what cannot be arranged. */
export async function planExport(
  engine: EngineContext,
  payload: ExportPayload,
  run: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<ExportPlan> {
  const clip = engine.clips.get(payload.clipId);
  if (clip === undefined) throw new AppError('NOT_FOUND', `there is no clip ${payload.clipId}`);
  assertInRecording(clip);
  const stored = engine.episodes.get(clip.episodeId);
  const show = stored && engine.shows.get(stored.episode.showId);
  if (stored === undefined || show === undefined)
    throw new AppError('NOT_FOUND', `clip ${clip.id} has no episode`);
  const segments = engine.segments
    .list(clip.episodeId)
    .filter((segment) => segment.toS > clip.inS && segment.fromS < clip.outS);
  const { versionLine } = await engine.tools();
  const { ranges, warnings } = payload.tighten
    ? await tightenedClip(engine, clip, segments)
    : wholeClip(clip);
  const bleeps = bleepsFor(show.bleeps, payload.preset, payload.bleeps);
  const recipe = recipeFor({
    clip,
    stored,
    show,
    hasWords: segments.length > 0,
    ranges,
    payload,
    bleeps,
    arrangement: await arrange(engine, payload, stored, show),
    encoder: PRESETS[payload.preset].kind === 'video' ? await videoEncoder(engine, run) : 'libx264',
    versionLine,
  });
  assertOnRecord(engine, recipe.ranges);
  return {
    clip,
    stored,
    show,
    segments,
    recipe,
    recipeHash: hashOf(recipe, segments, stored.fingerprint),
    warnings,
    finalPath: finalPathFor(payload, bleeps, clip, stored, show),
  };
}

function recipeFor(from: {
  clip: Clip;
  stored: StoredEpisode;
  show: Show;
  hasWords: boolean;
  ranges: Recipe['ranges'];
  payload: ExportPayload;
  bleeps: Bleeps | null;
  arrangement: Arrangement;
  encoder: VideoEncoder;
  versionLine: string;
}): Recipe {
  const { preset, captions } = from.payload;
  const isVideo = PRESETS[preset].kind === 'video';
  return {
    ranges: from.ranges,
    preset,
    ...from.arrangement,
    captionStyle: isVideo && from.hasWords ? captions : 'none',
    bleeps: from.bleeps,
    episode: { title: from.stored.episode.title, date: from.stored.facts.tags['date'] ?? '' },
    title: from.clip.foundBy === 'ear' ? from.stored.episode.title : from.clip.title,
    showName: from.show.name,
    brand: from.show.brand,
    ...(from.encoder === 'libx264' ? {} : { encoder: from.encoder }),
    renderer: from.versionLine,
    threads: availableParallelism(),
  };
}

/** The words and the recording are part of what is rendered: others make another export. */
const hashOf = (recipe: Recipe, segments: readonly Segment[], fingerprint: string): string =>
  createHash('sha256')
    .update(JSON.stringify([recipe, segments, fingerprint]))
    .digest('hex');

function finalPathFor(
  payload: ExportPayload,
  bleeps: Bleeps | null,
  clip: Clip,
  { episode, facts }: StoredEpisode,
  show: Show,
): string {
  const preset = PRESETS[payload.preset];
  const parts = {
    episode: maskText(episode.title, bleeps),
    rank: clip.rank,
    title: maskText(clip.title, bleeps),
    preset: payload.preset,
    show: maskText(show.name, bleeps),
    date: facts.tags['date'] ?? '',
  };
  const extension = preset.kind === 'audio' ? preset.container : 'mp4';
  return join(payload.folder, exportFileName(show.exportNameTemplate, parts, extension));
}
