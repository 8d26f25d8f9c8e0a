import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { z } from 'zod';
import type { Clip } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import { Proof, type ExportedFile } from '../../domain/exportedFile.ts';
import { newId } from '../../domain/id.ts';
import { PresetId, PRESETS } from '../../domain/preset.ts';
import { Layout, Recipe } from '../../domain/recipe.ts';
import type { Show } from '../../domain/show.ts';
import { EXPORT_STAGES } from '../../domain/stage.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readJson } from '../db/json.ts';
import type { Lease } from '../jobs/lease.ts';
import type { Finished, JobKind } from '../jobs/loop.ts';
import type { JobRow } from '../jobs/row.ts';
import { runStages, type AnyStage } from '../jobs/stages.ts';
import { findCover } from '../media/cover.ts';
import { exportFileName } from '../renders/exportName.ts';
import {
  discardEarlierPartials,
  discardPartial,
  makeRoomFor,
  partialPathFor,
  publish,
  PublishIntent,
  recoverPublish,
  sealPartial,
} from '../renders/publish.ts';
import { renderExport } from '../renders/render.ts';
import { arrange, type Arrangement } from './arrange.ts';
import type { EngineContext } from './context.ts';
import type { ExportStep } from './events.ts';
import { withWorkFolder } from './workFolder.ts';

export const ExportPayload = z.object({
  clipId: z.string(),
  preset: PresetId,
  folder: z.string(),
  layout: Layout.optional(),
  template: z.string().optional(),
});
export type ExportPayload = z.infer<typeof ExportPayload>;

const Rendered = z.object({
  durationS: z.number(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  bytes: z.int(),
  integratedLufs: z.number(),
  truePeakDbtp: z.number(),
  proof: Proof,
});

interface ExportArtifacts {
  readonly render: { readonly partialPath: string; readonly rendered: z.infer<typeof Rendered> };
  readonly publish: { readonly path: string };
}

/** Everything an export is made from, read once at its start. */
interface ExportPlan {
  readonly clip: Clip;
  readonly stored: StoredEpisode;
  readonly show: Show;
  readonly segments: readonly Segment[];
  readonly recipe: Recipe;
  readonly recipeHash: string;
  readonly finalPath: string;
}

interface ExportContext {
  readonly engine: EngineContext;
  readonly payload: ExportPayload;
  readonly plan: ExportPlan;
  readonly lease: Lease;
  readonly workDir: string;
}

/** What happens to a clip that is wanted as a file. */
export const exportStages: readonly AnyStage<ExportContext, ExportArtifacts>[] = [
  { ...EXPORT_STAGES.render, run: render, isStillGood: isRenderThere },
  { ...EXPORT_STAGES.publish, run: publishRender },
];

export const exportKind = (engine: EngineContext): JobKind => ({
  run: (lease) =>
    withWorkFolder(engine.paths, lease, async (workDir): Promise<Finished> => {
      step({ engine, lease }, 'claimed');
      const payload = ExportPayload.parse(readJson(lease.job.payload));
      const plan = await planExport(engine, payload);
      const earlier = await sameExportMadeEarlier(engine, payload, plan.recipeHash);
      if (earlier !== undefined) return { result: { exportId: earlier.id, madeEarlier: true } };
      const context = { engine, payload, plan, lease, workDir };
      const made = await runStages(exportStages, context, lease);
      return finish(context, made);
    }),
  cleanUp: discardUnpublished,
});

/** A cancelled export leaves nothing behind but a file that already has its name. */
async function discardUnpublished(job: JobRow): Promise<void> {
  const payload = ExportPayload.safeParse(readJson(job.payload));
  if (payload.success) await discardEarlierPartials(payload.data.folder, job.id);
}

const step = ({ engine, lease }: Pick<ExportContext, 'engine' | 'lease'>, name: ExportStep): void => {
  engine.emit('export.stepped', { jobId: lease.job.id, step: name });
};

async function planExport(engine: EngineContext, payload: ExportPayload): Promise<ExportPlan> {
  const clip = engine.clips.get(payload.clipId);
  if (clip === undefined) throw new AppError('NOT_FOUND', `there is no clip ${payload.clipId}`);
  const stored = engine.episodes.get(clip.episodeId);
  const show = stored && engine.shows.get(stored.episode.showId);
  if (stored === undefined || show === undefined)
    throw new AppError('NOT_FOUND', `clip ${clip.id} has no episode`);
  const segments = engine.segments
    .list(clip.episodeId)
    .filter((segment) => segment.toS > clip.inS && segment.fromS < clip.outS);
  const { versionLine } = await engine.tools();
  const recipe = recipeFor({
    clip,
    stored,
    show,
    hasWords: segments.length > 0,
    preset: payload.preset,
    arrangement: await arrange(engine, payload, stored, show),
    versionLine,
  });
  return {
    clip,
    stored,
    show,
    segments,
    recipe,
    recipeHash: hashOf(recipe, segments),
    finalPath: finalPathFor(payload, clip, stored, show),
  };
}

function recipeFor(from: {
  clip: Clip;
  stored: StoredEpisode;
  show: Show;
  hasWords: boolean;
  preset: PresetId;
  arrangement: Arrangement;
  versionLine: string;
}): Recipe {
  const isVideo = PRESETS[from.preset].kind === 'video';
  return {
    ranges: [{ episodeId: from.clip.episodeId, fromS: from.clip.inS, toS: from.clip.outS }],
    preset: from.preset,
    ...from.arrangement,
    captionStyle: isVideo && from.hasWords ? 'karaoke' : 'none',
    title: from.clip.foundBy === 'ear' ? from.stored.episode.title : from.clip.title,
    showName: from.show.name,
    brand: from.show.brand,
    renderer: from.versionLine,
    threads: availableParallelism(),
  };
}

/** The words are part of what is rendered, so a corrected transcript makes another export. */
const hashOf = (recipe: Recipe, segments: readonly Segment[]): string =>
  createHash('sha256')
    .update(JSON.stringify([recipe, segments]))
    .digest('hex');

function finalPathFor(
  payload: ExportPayload,
  clip: Clip,
  { episode, facts }: StoredEpisode,
  show: Show,
): string {
  const preset = PRESETS[payload.preset];
  const parts = {
    episode: episode.title,
    rank: clip.rank,
    title: clip.title,
    preset: payload.preset,
    show: show.name,
    date: facts.tags['date'] ?? '',
  };
  const extension = preset.kind === 'audio' ? preset.container : 'mp4';
  return join(payload.folder, exportFileName(show.exportNameTemplate, parts, extension));
}

/** A file that the very same recipe made in this folder, if it is still there as it was. */
async function sameExportMadeEarlier(
  engine: EngineContext,
  { folder }: ExportPayload,
  recipeHash: string,
): Promise<ExportedFile | undefined> {
  for (const file of engine.exports.findByRecipe(recipeHash)) {
    if (dirname(file.path) !== folder) continue;
    const sizeBytes = await stat(file.path).then(
      (s) => s.size,
      () => -1,
    );
    if (sizeBytes === file.bytes) return file;
  }
  return undefined;
}

async function render(
  { engine, payload, plan, lease, workDir }: ExportContext,
  _made: unknown,
  report: (fraction: number) => void,
): Promise<ExportArtifacts['render']> {
  const tools = await engine.tools();
  const { episode, facts } = plan.stored;
  const extension = extname(plan.finalPath).slice(1);
  const partialPath = partialPathFor(payload.folder, lease.job.id, lease.job.claims, extension);
  // Runs that were killed could not take their files away.
  await discardEarlierPartials(payload.folder, lease.job.id);
  const madeFolder = await makeRoomFor(partialPath);
  const coverPath =
    plan.recipe.layout === 'audiogram'
      ? await findCover(tools, { path: episode.path, facts }, { outDir: workDir, signal: lease.signal })
      : undefined;
  try {
    const rendered = await renderExport(
      tools,
      {
        recipe: plan.recipe,
        sources: new Map([
          [episode.id, { path: episode.path, facts, ...(coverPath === undefined ? {} : { coverPath }) }],
        ]),
        segments: plan.segments,
        workDir,
        partialPath,
        fontsDir: join(engine.resourcesDir, 'fonts'),
      },
      { signal: lease.signal, onProgress: report },
    );
    step({ engine, lease }, 'rendered');
    return { partialPath, rendered: proven(Rendered.parse(rendered)) };
  } catch (error) {
    await discardPartial(partialPath, madeFolder);
    throw error;
  }
}

/** A file that did not pass is never published. */
function proven(rendered: z.infer<typeof Rendered>): z.infer<typeof Rendered> {
  if (rendered.proof.passed) return rendered;
  const failed = rendered.proof.checks.filter((check) => !check.passed);
  const told = failed.map(
    ({ name, value, limit }) => `${name} is ${String(value)}, allowed is ${String(limit)}`,
  );
  throw new AppError('PROOF_FAILED', told.join('; '));
}

const intentOf = ({ lease }: ExportContext): PublishIntent | undefined =>
  lease.job.publish_intent === null ? undefined : PublishIntent.parse(readJson(lease.job.publish_intent));

/** A render that an earlier run finished is good while its file waits to be published, or was published already. */
async function isRenderThere(
  { partialPath }: ExportArtifacts['render'],
  context: ExportContext,
): Promise<boolean> {
  const intent = intentOf(context);
  if (intent !== undefined) return (await recoverPublish(intent)).state !== 'gone';
  return stat(partialPath).then(
    () => true,
    () => false,
  );
}

/** Writes down what is about to be named before naming it, so that a kill in between is finished and never repeated. */
async function publishRender(
  context: ExportContext,
  { render: { partialPath } }: ExportArtifacts,
): Promise<ExportArtifacts['publish']> {
  const earlier = intentOf(context);
  if (earlier !== undefined) {
    const found = await recoverPublish(earlier);
    if (found.state === 'published') return { path: found.path };
  }
  const { finalPath } = context.plan;
  const intent: PublishIntent = { partial: await sealPartial(partialPath), finalPath };
  step(context, 'synced');
  await context.lease.savePublishIntent(intent);
  step(context, 'intended');
  context.lease.signal.throwIfAborted();
  const path = await publish(partialPath, finalPath, () => {
    step(context, 'named');
  });
  step(context, 'folder-synced');
  return { path };
}

/** The export's row, the clip that is now kept, and "completed": one transaction. */
function finish({ engine, plan, payload, lease }: ExportContext, made: ExportArtifacts): Finished {
  const { rendered } = made.render;
  const file: ExportedFile = {
    id: newId('exp'),
    clipId: plan.clip.id,
    preset: payload.preset,
    path: made.publish.path,
    ...rendered,
    exportedAtMs: Date.now(),
  };
  return {
    result: { exportId: file.id },
    commit: () => {
      engine.exports.add({ file, jobId: lease.job.id, recipe: plan.recipe, recipeHash: plan.recipeHash });
      // Whoever exports a clip has chosen it: a later search must not drop it.
      if (plan.clip.state === 'candidate') engine.clips.setState(plan.clip.id, 'kept');
    },
  };
}
