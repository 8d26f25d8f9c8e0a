import { mkdir, statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import type { EngineContext } from './context.ts';
import { CHOSEN_MODEL, listModels } from './speechModels.ts';

/** What matters for speech models on this machine. */
export interface ModelMachine {
  readonly usedBytes: number;
  /** Null where the system does not say. */
  readonly freeBytes: number | null;
  readonly memoryBytes: number;
  readonly threads: number;
  /** Who chose the model that transcribes; where nobody did it is the newest one here. */
  readonly chosenBy: 'environment' | 'person' | 'nobody';
}

export async function modelMachine(engine: EngineContext): Promise<ModelMachine> {
  const installed = listModels(engine).filter(({ isInstalled }) => isInstalled);
  return {
    usedBytes: installed.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0),
    freeBytes: await freeBytes(engine.paths.models),
    memoryBytes: totalmem(),
    threads: availableParallelism(),
    chosenBy: chosenBy(engine),
  };
}

async function freeBytes(folder: string): Promise<number | null> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
}

function chosenBy({ speech, storedSettings }: EngineContext): 'environment' | 'person' | 'nobody' {
  const byEnvironment = speech.chosenByEnvironment ?? '';
  if (byEnvironment !== '') return 'environment';
  return storedSettings.readAll()[CHOSEN_MODEL] === undefined ? 'nobody' : 'person';
}
