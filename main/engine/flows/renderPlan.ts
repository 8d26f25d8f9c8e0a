import { basename, extname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { Companion, Proof } from '../../domain/exportedFile.ts';
import type { Lease } from '../jobs/lease.ts';
import { findCover } from '../media/cover.ts';
import { discardPartial, discardPartials, makeRoomFor, partialPathFor } from '../renders/publish.ts';
import { renderExport } from '../renders/render.ts';
import type { EngineContext } from './context.ts';
import type { ExportStep } from './events.ts';
import { assertRoom, forecastExport } from './forecast.ts';
import type { ExportPayload, ExportPlan } from './planExport.ts';

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

/** What the stages of an export leave behind. */
export interface ExportArtifacts {
  readonly render: { readonly partialPath: string; readonly rendered: z.infer<typeof Rendered> };
  readonly publish: { readonly path: string };
}

/** What the stages of an export work with. */
export interface ExportContext {
  readonly engine: EngineContext;
  readonly payload: ExportPayload;
  readonly plan: ExportPlan;
  readonly lease: Lease;
  readonly workDir: string;
}

/** Tells those who watch how far an export has come. */
export const step = ({ engine, lease }: Pick<ExportContext, 'engine' | 'lease'>, name: ExportStep): void => {
  engine.emit('export.stepped', { jobId: lease.job.id, step: name });
};

/** Renders to an unpublished file. Throws PROOF_FAILED for one that did not pass; whatever is half made is removed. */
export async function renderPlan(
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
        sidecars: payload.sidecars,
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
