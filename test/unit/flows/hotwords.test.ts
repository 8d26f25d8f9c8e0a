import { expect, test } from 'vitest';
import type { FileRole, SpeechEngine } from '../../../main/domain/speechModel.ts';
import { recipeOf, setupOf } from '../../../main/engine/flows/speechModels.ts';
import { hashChunk } from '../../../main/engine/transcripts/recogniser/chunks.ts';
import { recogniserConfig } from '../../../main/engine/transcripts/recogniser/sherpa.ts';
import { openEpisode, sentence } from '../../support/words.ts';

const NETWORKS: readonly FileRole[] = ['encoder', 'decoder', 'joiner', 'tokens'];

test('the names of a show are hints for a model that takes them, and then part of what is heard; for others they change nothing', async () => {
  await using shelf = await openEpisode([sentence('Hello.', 0)]);
  const { engine } = shelf;
  const install = async (id: string, kind: SpeechEngine, roles: readonly FileRole[]) => {
    const files = roles.map((role) => ({ role, name: `${role}.onnx` }));
    const about = { name: id, languages: ['en'], licence: 'none', memoryMb: null, writesPunctuation: false };
    await engine.library.write(() => {
      engine.speechModels.install(
        { description: { ...about, id, engine: kind, files }, folder: `models/${id}` },
        1,
      );
    });
    const model = engine.speechModels.get(id);
    if (model === undefined) throw new Error('it was just installed');
    const config = (hotwords: string[]) =>
      recogniserConfig(setupOf(engine, model, { language: null, hotwords }));
    const hash = (hotwords: string[]) =>
      hashChunk(Int16Array.of(1, 2, 3), recipeOf(engine, model, { language: null, hotwords }));
    return { config, hash };
  };
  const zipformer = await install('zipformer', 'transducer', [...NETWORKS, 'bpeVocab']);
  expect(zipformer.config(['Ada'])).toMatchObject({
    decodingMethod: 'modified_beam_search',
    modelConfig: { modelingUnit: 'bpe', bpeVocab: expect.stringMatching(/bpeVocab/u) as string },
  });
  expect(zipformer.hash(['Ada'])).not.toBe(zipformer.hash([]));
  expect(zipformer.hash(['Ada'])).not.toBe(zipformer.hash(['Ada', 'Grace']));
  for (const other of [
    await install('parakeet', 'nemo-transducer', NETWORKS),
    await install('whisper', 'whisper', ['encoder', 'decoder', 'tokens']),
    await install('bare', 'transducer', NETWORKS),
  ]) {
    expect(other.config(['Ada'])).toEqual(other.config([]));
    expect(other.hash(['Ada'])).toBe(other.hash([]));
  }
});
