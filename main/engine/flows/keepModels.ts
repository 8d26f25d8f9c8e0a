import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import {
  kindOf,
  type SpeechEngine,
  type SpeechModel,
  type SpeechModelDescription,
} from '../../domain/speechModel.ts';
import type { ModelPin } from '../db/speechModels.ts';
import { measureSpeed, probeLoad } from '../transcripts/models/probe.ts';
import { guessModel, pathsByRole, type ModelGuess } from '../transcripts/models/speechFiles.ts';
import type { EngineContext } from './context.ts';
import { modelFolder } from './fetchModel.ts';
import { recordOwned } from './recordOwned.ts';
import { CHOSEN_MODEL, listModels } from './speechModels.ts';

/**
 * Copies a model into the library that somebody has on disk: a folder of files, or one file. It is loaded first, because
 * only that tells what it is. Throws FILE_MISSING, SPEECH_MODEL_UNUSABLE or DISK_FULL; the original is never touched.
 */
export async function importModel(
  engine: EngineContext,
  path: string,
  signal?: AbortSignal,
): Promise<SpeechModel> {
  const guess = await guessModel(path);
  const staging = join(engine.paths.models, `.import-${randomUUID()}`);
  await mkdir(staging, { recursive: true, mode: 0o700 });
  try {
    const description = await recognise(engine, path, guess, staging, signal);
    const pins = await copyIn(guess, staging);
    const folder = modelFolder(engine, description.id);
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
    for (const { name } of description.files) await recordOwned(engine, join(folder, name), 'model', null);
    await engine.library.write(() => {
      engine.speechModels.install({ description, folder: relative(engine.paths.home, folder) }, Date.now());
      engine.speechModels.unpin(description.id);
      for (const pin of pins) engine.speechModels.pin(description.id, pin, Date.now());
    });
    if (kindOf(description.engine) === 'recogniser') await benchmark(engine, description.id, signal);
    return modelById(engine, description.id);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function recognise(
  engine: EngineContext,
  path: string,
  guess: ModelGuess,
  workDir: string,
  signal?: AbortSignal,
): Promise<SpeechModelDescription> {
  const files = Object.fromEntries(guess.files.map((file) => [file.role, file.path]));
  const options = { spawn: engine.speech.spawn, workDir, signal };
  let failure: AppError | undefined;
  for (const candidate of guess.engines) {
    try {
      await probeLoad(candidate, files, options);
      return describeImport(path, candidate, guess);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failure ??= error;
    }
  }
  throw failure ?? new AppError('SPEECH_MODEL_UNUSABLE', `nothing at ${path} is a model`);
}

function describeImport(path: string, engine: SpeechEngine, guess: ModelGuess): SpeechModelDescription {
  const name = basename(path, extname(path) === '.onnx' ? '.onnx' : '');
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/gu, '-')
    .replace(/^[^a-z0-9]+/u, '');
  return {
    id: `own-${id}`,
    name,
    engine,
    files: guess.files.map((file) => ({ role: file.role, name: basename(file.path) })),
    languages: [],
    licence: 'as it came',
    memoryMb: null,
    writesPunctuation: engine === 'whisper' || engine === 'nemo-transducer',
  };
}

async function copyIn(guess: ModelGuess, folder: string): Promise<ModelPin[]> {
  const pins: ModelPin[] = [];
  for (const { path } of guess.files) {
    const name = basename(path);
    try {
      await copyFile(path, join(folder, name), constants.COPYFILE_EXCL);
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error;
      throw new AppError('DISK_FULL', error.message, { cause: error });
    }
    const hash = createHash('sha256');
    for await (const piece of createReadStream(join(folder, name))) hash.update(piece as Buffer);
    const { size } = await stat(join(folder, name));
    pins.push({ name, sizeBytes: size, sha256: hash.digest('hex') });
  }
  return pins;
}

/** Measures how fast an installed recogniser is here, and keeps it. Throws SPEECH_MODEL_MISSING. */
export async function benchmark(
  engine: EngineContext,
  id: string,
  signal?: AbortSignal,
): Promise<SpeechModel> {
  const model = engine.speechModels.get(id);
  if (model === undefined || kindOf(model.description.engine) !== 'recogniser')
    throw new AppError('SPEECH_MODEL_MISSING', `"${id}" is not a recogniser on this machine`);
  const workDir = join(engine.paths.work, `benchmark-${randomUUID()}`);
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  try {
    const files = pathsByRole(model.description, join(engine.paths.home, model.folder));
    const options = { spawn: engine.speech.spawn, workDir, signal };
    const found = await measureSpeed(model.description.engine, files, options);
    await engine.library.write(() => {
      engine.speechModels.setBenchmark(id, found);
    });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  return modelById(engine, id);
}

/** Takes a model away again, with every file of it that is ours. Throws SPEECH_MODEL_MISSING. */
export async function removeModel(engine: EngineContext, id: string): Promise<{ freedBytes: number }> {
  const model = engine.speechModels.get(id);
  if (model === undefined) throw new AppError('SPEECH_MODEL_MISSING', `"${id}" is not on this machine`);
  const folder = modelFolder(engine, id);
  const names = await readdir(folder).catch(() => []);
  let freedBytes = 0;
  for (const name of names) freedBytes += (await stat(join(folder, name))).size;
  // Out of use first: a file that is left over does less harm than a model without its files.
  await engine.library.write(() => {
    engine.speechModels.remove(id);
    for (const name of names) engine.ownedFiles.forget(relative(engine.paths.home, join(folder, name)));
    if (engine.storedSettings.readAll()[CHOSEN_MODEL] === id) engine.storedSettings.forget(CHOSEN_MODEL);
  });
  await rm(folder, { recursive: true, force: true });
  return { freedBytes };
}

/** Says which model transcribes from now on; null means none. Throws SPEECH_MODEL_MISSING. */
export async function chooseModel(engine: EngineContext, id: string | null): Promise<void> {
  if (id !== null && engine.speechModels.get(id) === undefined)
    throw new AppError('SPEECH_MODEL_MISSING', `"${id}" is not on this machine`);
  await engine.library.write(() => {
    engine.storedSettings.save(CHOSEN_MODEL, id ?? 'none');
  });
}

function modelById(engine: EngineContext, id: string): SpeechModel {
  const model = listModels(engine).find((each) => each.id === id);
  if (model === undefined) throw new AppError('SPEECH_MODEL_MISSING', `"${id}" is not on this machine`);
  return model;
}
