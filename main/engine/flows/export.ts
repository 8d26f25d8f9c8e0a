import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative } from 'node:path';
import type { ExportedFile } from '../../domain/exportedFile.ts';
import { newId } from '../../domain/id.ts';
import { EXPORT_STAGES } from '../../domain/stage.ts';
import { readJson } from '../db/json.ts';
import type { Finished, JobKind } from '../jobs/kind.ts';
import type { JobRow } from '../jobs/row.ts';
import { runStages, type AnyStage } from '../jobs/stages.ts';
import { companionPath } from '../renders/companions.ts';
import { discardPartials } from '../renders/publish.ts';
import type { EngineContext } from './context.ts';
import { recordSignal } from './feedback.ts';
import { ExportPayload, planExport } from './planExport.ts';
import { isRenderThere, publishRender } from './publishRender.ts';
import { type ExportArtifacts, type ExportContext, renderPlan, step } from './renderPlan.ts';
import { withWorkFolder } from './workFolder.ts';

/** What happens to a clip that is wanted as a file. */
export const exportStages: readonly AnyStage<ExportContext, ExportArtifacts>[] = [
  { ...EXPORT_STAGES.render, run: renderPlan, isStillGood: isRenderThere },
  { ...EXPORT_STAGES.publish, run: publishRender },
];

export const exportKind = (engine: EngineContext): JobKind => ({
  run: (lease) =>
    withWorkFolder(engine.paths, lease, async (workDir): Promise<Finished> => {
      step({ engine, lease }, 'claimed');
      const payload = ExportPayload.parse(readJson(lease.job.payload));
      const plan = await planExport(engine, payload, { cwd: workDir, signal: lease.signal });
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

/** A file that the very same recipe made in this folder, with files beside it where they are wanted, if it is still there as it was. */
async function sameExportMadeEarlier(
  engine: EngineContext,
  { folder, sidecars }: ExportPayload,
  recipeHash: string,
): Promise<ExportedFile | undefined> {
  for (const file of engine.exports.findByRecipe(recipeHash)) {
    if (dirname(file.path) !== folder || (sidecars !== false && file.companions.length === 0)) continue;
    const sizeBytes = await stat(file.path).then(
      (s) => s.size,
      () => -1,
    );
    if (sizeBytes === file.bytes) return file;
  }
  return undefined;
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
