import { mkdir, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { kindOf, type Benchmark } from '../../domain/speechModel.ts';
import { MODEL_STAGES } from '../../domain/stage.ts';
import type { ModelPin } from '../db/speechModels.ts';
import { readJson } from '../db/json.ts';
import type { Lease } from '../jobs/lease.ts';
import type { Finished, JobKind } from '../jobs/kind.ts';
import type { NewJob } from '../jobs/row.ts';
import { runStages, type AnyStage } from '../jobs/stages.ts';
import { describe, sizeOf, type CatalogueModel } from '../transcripts/models/catalogue.ts';
import { download } from '../transcripts/models/download.ts';
import { measureSpeed, probeLoad } from '../transcripts/models/probe.ts';
import { pathsByRole } from '../transcripts/models/speechFiles.ts';
import type { EngineContext } from './context.ts';
import { recordOwned } from './recordOwned.ts';
import { transcribeWhereNeeded } from './requestTranscription.ts';
import { CHOSEN_MODEL } from './speechModels.ts';
import { withWorkFolder } from './workFolder.ts';

export const FetchModelPayload = z.object({
  modelId: z.string(),
  /** Episodes that wait for words; they are transcribed as soon as the model is here. */
  thenTranscribe: z.array(z.string()),
});
export type FetchModelPayload = z.infer<typeof FetchModelPayload>;

interface FetchArtifacts {
  readonly fetch: { readonly pins: readonly ModelPin[] };
  readonly measure: { readonly benchmark: Benchmark | null };
}

interface FetchContext {
  readonly engine: EngineContext;
  readonly payload: FetchModelPayload;
  readonly lease: Lease;
  readonly workDir: string;
}

/** The job that fetches a model of the catalogue. Throws SPEECH_MODEL_MISSING. */
export function modelFetch(engine: EngineContext, payload: FetchModelPayload): NewJob {
  const { name } = entryOf(engine, payload.modelId);
  return {
    kind: 'fetchModel',
    lane: 'upkeep',
    priority: 'normal',
    payload,
    label: name,
    uniqueKey: `fetchModel:${payload.modelId}`,
  };
}

function entryOf(engine: EngineContext, id: string): CatalogueModel {
  const entry = engine.speech.catalogue.find((each) => each.id === id);
  if (entry === undefined) {
    const known = engine.speech.catalogue.map((each) => each.id).join(', ');
    throw new AppError('SPEECH_MODEL_MISSING', `"${id}" is none of ${known}`);
  }
  return entry;
}

export const modelFolder = (engine: EngineContext, id: string): string => join(engine.paths.models, id);

/** What happens when a speech model is fetched. */
export const fetchModelStages: readonly AnyStage<FetchContext, FetchArtifacts>[] = [
  { ...MODEL_STAGES.fetch, run: fetchFiles, isStillGood: filesAreThere },
  { ...MODEL_STAGES.measure, run: measure },
];

export const fetchModelKind = (engine: EngineContext): JobKind => ({
  run: (lease) =>
    withWorkFolder(engine.paths, lease, async (workDir): Promise<Finished> => {
      const payload = FetchModelPayload.parse(readJson(lease.job.payload));
      const made = await runStages(fetchModelStages, { engine, payload, lease, workDir }, lease);
      const { modelId } = payload;
      return {
        result: { modelId, benchmark: made.measure.benchmark },
        commit: () => {
          putInPlace(engine, entryOf(engine, modelId), made);
          for (const episodeId of payload.thenTranscribe) transcribeWhereNeeded(engine, episodeId);
        },
      };
    }),
});

/** The model is here for everybody from this transaction on. */
function putInPlace(engine: EngineContext, entry: CatalogueModel, made: FetchArtifacts): void {
  const { speechModels, storedSettings } = engine;
  const nowMs = Date.now();
  const folder = relative(engine.paths.home, modelFolder(engine, entry.id));
  speechModels.install({ description: describe(entry), folder }, nowMs);
  for (const pin of made.fetch.pins) speechModels.pin(entry.id, pin, nowMs);
  if (made.measure.benchmark !== null) speechModels.setBenchmark(entry.id, made.measure.benchmark);
  // A model that a person asks for is the one that works, unless they said otherwise before.
  if (kindOf(entry.engine) === 'recogniser' && storedSettings.readAll()[CHOSEN_MODEL] === undefined)
    storedSettings.save(CHOSEN_MODEL, entry.id);
}

async function filesAreThere(
  { pins }: FetchArtifacts['fetch'],
  { engine, payload }: FetchContext,
): Promise<boolean> {
  for (const { name, sizeBytes } of pins) {
    const file = await stat(join(modelFolder(engine, payload.modelId), name)).catch(() => undefined);
    if (file?.size !== sizeBytes) return false;
  }
  return true;
}

async function fetchFiles(
  { engine, payload, lease }: FetchContext,
  _made: unknown,
  report: (fraction: number) => void,
): Promise<FetchArtifacts['fetch']> {
  const entry = entryOf(engine, payload.modelId);
  const folder = modelFolder(engine, entry.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const known = engine.speechModels.pinsOf(entry.id);
  const allBytes = sizeOf(entry);
  const pins: ModelPin[] = [];
  for (const [index, file] of entry.files.entries()) {
    const path = join(folder, file.name);
    const pin = known.find(({ name }) => name === file.name);
    const before = pins.reduce((sum, each) => sum + each.sizeBytes, 0);
    const request = {
      urls: file.urls,
      path,
      sizeBytes: file.sizeBytes ?? pin?.sizeBytes ?? null,
      sha256: file.sha256 ?? pin?.sha256 ?? null,
    };
    const made = await download(request, {
      signal: lease.signal,
      mayFetch: engine.speech.mayFetch,
      onProgress: (bytes, ofBytes) => {
        // Where one size is unknown, every file counts the same.
        report(
          allBytes === null
            ? (index + bytes / Math.max(bytes, ofBytes ?? bytes)) / entry.files.length
            : (before + bytes) / allBytes,
        );
      },
    });
    await recordOwned(engine, path, 'model', null);
    pins.push({ name: file.name, ...made });
  }
  return { pins };
}

/** A model that cannot be loaded is not installed, whatever its bytes are. */
async function measure({
  engine,
  payload,
  lease,
  workDir,
}: FetchContext): Promise<FetchArtifacts['measure']> {
  const entry = entryOf(engine, payload.modelId);
  const files = pathsByRole(describe(entry), modelFolder(engine, entry.id));
  const options = { spawn: engine.speech.spawn, workDir, signal: lease.signal };
  try {
    await probeLoad(entry.engine, files, options);
  } catch (error) {
    if (error instanceof AppError) await dropFiles(engine, entry.id);
    throw error;
  }
  const isTimed = kindOf(entry.engine) === 'recogniser';
  return { benchmark: isTimed ? await measureSpeed(entry.engine, files, options) : null };
}

/** Files that are no model are not kept; the next try fetches them anew. */
async function dropFiles(engine: EngineContext, id: string): Promise<void> {
  const folder = modelFolder(engine, id);
  const entry = entryOf(engine, id);
  await rm(folder, { recursive: true, force: true });
  await engine.library.write(() => {
    for (const { name } of entry.files)
      engine.ownedFiles.forget(relative(engine.paths.home, join(folder, name)));
  });
}
