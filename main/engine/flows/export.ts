import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, extname, isAbsolute, join, relative } from 'node:path';
import { z } from 'zod';
import type { Clip } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import { Companion, Proof, type ExportedFile } from '../../domain/exportedFile.ts';
import { newId } from '../../domain/id.ts';
import { PresetId, PRESETS } from '../../domain/preset.ts';
import { ExportOptions, type Recipe } from '../../domain/recipe.ts';
import type { Show } from '../../domain/show.ts';
import { EXPORT_STAGES } from '../../domain/stage.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readJson } from '../db/json.ts';
import type { Lease } from '../jobs/lease.ts';
import type { Finished, JobKind } from '../jobs/kind.ts';
import type { JobRow } from '../jobs/row.ts';
import { runStages, type AnyStage } from '../jobs/stages.ts';
import { findCover } from '../media/cover.ts';
import { maskText } from '../renders/bleeps.ts';
import { companionPath } from '../renders/companions.ts';
import { exportFileName } from '../renders/exportName.ts';
import {
  discardPartial,
  discardPartials,
  makeRoomFor,
  partialPathFor,
  publish,
  PublishIntent,
  recoverPublish,
  sealPartial,
} from '../renders/publish.ts';
import { renderExport } from '../renders/render.ts';
import type { EngineContext } from './context.ts';
import type { ExportStep } from './events.ts';
import { assertRoom, forecastExport } from './forecast.ts';
import { recordSignal } from './feedback.ts';
import { assertOnRecord } from './offLimits.ts';
import { tightenedClip, wholeClip } from './tightenClip.ts';
import { withWorkFolder } from './workFolder.ts';

export const ExportPayload = ExportOptions.extend({
  clipId: z.string(),
  preset: PresetId,
  folder: z.string(),
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
  warnings: z.array(z.string()).default([]),
  companions: z.array(Companion).default([]),
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
  readonly warnings: readonly string[];
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
      if (earlier !== undefined) {
        await discardPartials(payload.folder, lease.job.id, lease.job.claims);
        return { result: { exportId: earlier.id, madeEarlier: true } };
      }
      const context = { engine, payload, plan, lease, workDir };
      const made = await runStages(exportStages, context, lease);
      return finish(context, made);
    }),
  cleanUp: discardUnpublished,
});

/** A cancelled export leaves nothing behind but a file that already has its name. */
async function discardUnpublished(job: JobRow): Promise<void> {
  const payload = ExportPayload.safeParse(readJson(job.payload));
  if (payload.success) await discardPartials(payload.data.folder, job.id, job.claims);
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
  const { ranges, warnings } = payload.tighten
    ? await tightenedClip(engine, clip, segments)
    : wholeClip(clip);
  const recipe = recipeFor({
    clip,
    stored,
    show,
    hasWords: segments.length > 0,
    ranges,
    payload,
    versionLine,
  });
  assertOnRecord(engine, recipe.ranges);
  return {
    clip,
    stored,
    show,
    segments,
    recipe,
    recipeHash: hashOf(recipe, segments),
    warnings,
    finalPath: finalPathFor(payload, clip, stored, show),
  };
}

function recipeFor(from: {
  clip: Clip;
  stored: StoredEpisode;
  show: Show;
  hasWords: boolean;
  ranges: Recipe['ranges'];
  payload: ExportPayload;
  versionLine: string;
}): Recipe {
  const { preset, captions, bleeps } = from.payload;
  const isVideo = PRESETS[preset].kind === 'video';
  return {
    ranges: from.ranges,
    preset,
    layout: !isVideo ? 'none' : from.stored.facts.video === null ? 'audiogram' : 'fit',
    captionStyle: isVideo && from.hasWords ? captions : 'none',
    bleeps,
    episode: { title: from.stored.episode.title, date: from.stored.facts.tags['date'] ?? '' },
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
    episode: maskText(episode.title, payload.bleeps),
    rank: clip.rank,
    title: maskText(clip.title, payload.bleeps),
    preset: payload.preset,
    show: maskText(show.name, payload.bleeps),
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
  await discardPartials(payload.folder, lease.job.id, lease.job.claims);
  const durationS = plan.recipe.ranges.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
  await assertRoom(engine, forecastExport(engine, { ...payload, durationS }));
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
          [
            episode.id,
            {
              path: episode.path,
              facts,
              segments: plan.segments,
              ...(coverPath === undefined ? {} : { coverPath }),
            },
          ],
        ]),
        workDir,
        partialPath,
        fileName: basename(plan.finalPath),
        warnings: plan.warnings,
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
  { partialPath, rendered }: ExportArtifacts['render'],
  context: ExportContext,
): Promise<boolean> {
  const intent = intentOf(context);
  if (intent !== undefined) return (await recoverPublish(intent)).state !== 'gone';
  const paths = [partialPath, ...rendered.companions.map(({ path }) => path)];
  return Promise.all(paths.map((path) => stat(path))).then(
    () => true,
    () => false,
  );
}

/** Writes down what is about to be named before naming it, so that a kill in between is finished and never repeated. */
async function publishRender(
  context: ExportContext,
  { render: { partialPath, rendered } }: ExportArtifacts,
): Promise<ExportArtifacts['publish']> {
  const earlier = intentOf(context);
  if (earlier !== undefined) {
    const found = await recoverPublish(earlier);
    if (found.state === 'published') {
      const { payload, lease } = context;
      await discardPartials(payload.folder, lease.job.id, lease.job.claims);
      return { path: found.path };
    }
  }
  const { finalPath, recipe } = context.plan;
  try {
    // It may have been marked while it was rendered.
    assertOnRecord(context.engine, recipe.ranges);
  } catch (error) {
    await discardPartial(partialPath, undefined);
    throw error;
  }
  const companions = rendered.companions.map((companion) => companion.path);
  for (const path of companions) await sealPartial(path);
  const intent: PublishIntent = { partial: await sealPartial(partialPath), finalPath };
  step(context, 'synced');
  await context.lease.savePublishIntent(intent);
  step(context, 'intended');
  context.lease.signal.throwIfAborted();
  const onNamed = (): void => {
    step(context, 'named');
  };
  const path = await publish(partialPath, finalPath, onNamed, companions);
  step(context, 'folder-synced');
  return { path };
}

/** Exports inside the library count as its own; a file that is not looked at here again is a person's. */
function ownExport({ paths, ownedFiles }: EngineContext, episodeId: string, file: ExportedFile): void {
  for (const path of [file.path, ...file.companions.map((companion) => companion.path)]) {
    const inside = relative(paths.home, path);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || inside.startsWith('..') || isAbsolute(inside)) continue;
    const identity = { device: found.dev, inode: found.ino, sizeBytes: found.size };
    ownedFiles.record({ path: inside, category: 'export', episodeId, ...identity }, file.exportedAtMs);
  }
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
    companions: rendered.companions.map(({ kind }) => ({
      kind,
      path: companionPath(made.publish.path, kind),
    })),
    exportedAtMs: Date.now(),
  };
  return {
    result: { exportId: file.id },
    commit: () => {
      ownExport(engine, plan.clip.episodeId, file);
      engine.exports.add({ file, jobId: lease.job.id, recipe: plan.recipe, recipeHash: plan.recipeHash });
      recordSignal(engine, plan.clip, { kind: 'exported' }, file.exportedAtMs);
      // Whoever exports a clip has chosen it: a later search must not drop it.
      if (plan.clip.state === 'candidate') engine.clips.setState(plan.clip.id, 'kept');
    },
  };
}
