import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { kindOf, type SpeechEngine, type SpeechModel } from '../../domain/speechModel.ts';
import type { InstalledModel } from '../db/speechModels.ts';
import { describe, sizeOf } from '../transcripts/models/catalogue.ts';
import { pathsByRole } from '../transcripts/models/speechFiles.ts';
import type { HearingRecipe } from '../transcripts/recogniser/chunks.ts';
import type { RecogniserSetup } from '../transcripts/recogniser/protocol.ts';
import { takesHotwords } from '../transcripts/recogniser/sherpa.ts';
import type { EngineContext } from './context.ts';

/** The setting that says which model transcribes episodes that come without words; "none" means none. */
export const CHOSEN_MODEL = 'speechModel';
const NO_MODEL = 'none';

const isRecogniser = ({ description }: InstalledModel): boolean =>
  kindOf(description.engine) === 'recogniser';

/** The model that transcribes: as the environment says, else as a person chose, else the newest there is. */
export function chosenModel(engine: EngineContext): InstalledModel | undefined {
  const { speech, storedSettings, speechModels } = engine;
  const stored = storedSettings.readAll()[CHOSEN_MODEL];
  const asked = given(speech.chosenByEnvironment) ?? given(stored);
  if (asked === NO_MODEL) return undefined;
  if (asked !== undefined) return speechModels.get(asked);
  return speechModels.list().find(isRecogniser);
}

const given = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A model that is here and writes words. Throws SPEECH_MODEL_MISSING. */
export function recogniserById(engine: EngineContext, id: string): InstalledModel {
  const model = engine.speechModels.get(id);
  if (model === undefined || !isRecogniser(model))
    throw new AppError('SPEECH_MODEL_MISSING', `"${id}" is not a recogniser on this machine`);
  return model;
}

/** A model that is here, by what it is good for. */
export const installedOf = (engine: EngineContext, kind: SpeechEngine): InstalledModel | undefined =>
  engine.speechModels.list().find(({ description }) => description.engine === kind);

/** The models of the catalogue, then those a person brought along. */
export function listModels(engine: EngineContext): SpeechModel[] {
  const installed = engine.speechModels.list();
  const chosenId = chosenModel(engine)?.description.id;
  const { catalogue } = engine.speech;
  const offered = catalogue.map((entry) => {
    const here = installed.find(({ description }) => description.id === entry.id);
    return { description: describe(entry), here, sizeBytes: sizeOf(entry) };
  });
  const own = installed
    .filter(({ description }) => !catalogue.some(({ id }) => id === description.id))
    .map((here) => ({ description: here.description, here, sizeBytes: null }));
  return [...offered, ...own].map(({ description, here, sizeBytes }) => ({
    ...(here?.description ?? description),
    kind: kindOf(description.engine),
    sizeBytes: here === undefined ? sizeBytes : pinnedSize(engine, description.id),
    isInstalled: here !== undefined,
    isChosen: description.id === chosenId,
    benchmark: here?.benchmark ?? null,
  }));
}

const pinnedSize = (engine: EngineContext, id: string): number =>
  engine.speechModels.pinsOf(id).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

export interface HearingWishes {
  readonly language: string | null;
  readonly hotwords: readonly string[];
}

/** How a model is loaded here: threads and provider as the benchmark found them, until then half of the processor. */
export function setupOf(
  engine: EngineContext,
  model: InstalledModel,
  wishes: HearingWishes,
): RecogniserSetup {
  const { description, benchmark } = model;
  return {
    engine: description.engine,
    files: pathsByRole(description, join(engine.paths.home, model.folder)),
    threads: benchmark?.threads ?? Math.max(1, Math.floor(availableParallelism() / 2)),
    provider: benchmark?.provider ?? 'cpu',
    language: wishes.language,
    hotwords: [...wishes.hotwords],
  };
}

/** What decides what a model hears, apart from the sound. */
export function recipeOf(engine: EngineContext, model: InstalledModel, wishes: HearingWishes): HearingRecipe {
  const { id } = model.description;
  const modelFiles = Object.fromEntries(
    engine.speechModels.pinsOf(id).map(({ name, sha256 }) => [name, sha256]),
  );
  // A name that is added to the list of a show must not have everything heard again by a model that takes no hint.
  const { engine: kind, files } = setupOf(engine, model, wishes);
  const hotwords = takesHotwords({ engine: kind, files }) ? wishes.hotwords : [];
  return { modelId: id, modelFiles, language: wishes.language, hotwords };
}
