import { stat } from 'node:fs/promises';
import { readJson } from '../db/json.ts';
import {
  discardPartial,
  discardPartials,
  publish,
  PublishIntent,
  recoverPublish,
  sealPartial,
} from '../renders/publish.ts';
import { assertOnRecord } from './offLimits.ts';
import { type ExportArtifacts, type ExportContext, step } from './renderPlan.ts';

const intentOf = ({ lease }: ExportContext): PublishIntent | undefined =>
  lease.job.publish_intent === null ? undefined : PublishIntent.parse(readJson(lease.job.publish_intent));

/** A render that an earlier run finished is good while its file waits to be published, or was published already. */
export async function isRenderThere(
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
export async function publishRender(
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
