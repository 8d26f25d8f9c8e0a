import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import type { FileRole, SpeechEngine, SpeechModelDescription } from '../../../domain/speechModel.ts';
import type { RecogniserSetup } from '../recogniser/protocol.ts';

/** Absolute paths of a model's files by role. */
export const pathsByRole = (
  { files }: Pick<SpeechModelDescription, 'files'>,
  folder: string,
): RecogniserSetup['files'] => Object.fromEntries(files.map(({ role, name }) => [role, join(folder, name)]));

/** A file that was found in a folder somebody named, and what it seems to be. */
export interface FoundFile {
  readonly role: FileRole;
  readonly path: string;
}

/** What a folder or file may be a model of: the likeliest first. Only loading it tells. */
export interface ModelGuess {
  readonly engines: readonly SpeechEngine[];
  readonly files: readonly FoundFile[];
}

/**
 * Looks at what somebody wants to import: a folder of model files, or one file. Throws FILE_MISSING or
 * SPEECH_MODEL_UNUSABLE with what is lacking.
 */
export async function guessModel(path: string): Promise<ModelGuess> {
  const facts = await stat(path).catch((error: unknown) => {
    throw new AppError('FILE_MISSING', `There is nothing at ${path}.`, { cause: error });
  });
  if (!facts.isDirectory()) return guessOf(path, [path]);
  const names = await readdir(path);
  return guessOf(
    path,
    names.sort().map((name) => join(path, name)),
  );
}

function guessOf(path: string, paths: readonly string[]): ModelGuess {
  const networks = paths.filter((each) => each.endsWith('.onnx'));
  const find = (role: FileRole): FoundFile[] => {
    const named = networks.filter((each) => basename(each).toLowerCase().includes(role));
    const best = named.find((each) => each.includes('int8')) ?? named[0];
    return best === undefined ? [] : [{ role, path: best }];
  };
  const tokens = paths.find((each) => basename(each).endsWith('tokens.txt'));
  const bpe = paths.find((each) => basename(each) === 'bpe.vocab');
  const written: FoundFile[] = [
    ...(tokens === undefined ? [] : [{ role: 'tokens', path: tokens } as const]),
    ...(bpe === undefined ? [] : [{ role: 'bpeVocab', path: bpe } as const]),
  ];
  const [encoder, decoder, joiner] = [find('encoder'), find('decoder'), find('joiner')];
  if (encoder.length > 0 && decoder.length > 0 && tokens !== undefined) {
    const files = [...encoder, ...decoder, ...joiner, ...written];
    return joiner.length > 0
      ? { engines: ['nemo-transducer', 'transducer'], files }
      : { engines: ['whisper'], files };
  }
  const single = networks.find((each) => each.includes('int8')) ?? networks[0];
  if (single === undefined) throw new AppError('SPEECH_MODEL_UNUSABLE', `There is no .onnx file at ${path}.`);
  const model = { role: 'model', path: single } as const;
  return tokens === undefined
    ? { engines: ['silero-vad'], files: [model] }
    : { engines: ['zipformer-ctc', 'nemo-ctc'], files: [model, ...written] };
}
