import type { recognitionCalls } from '../contract/recognition.ts';
import { currentTranscription, requestTranscription } from '../engine/flows/requestTranscription.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function recognitionHandlers(open: OpenEngine): HandlersOf<keyof typeof recognitionCalls> {
  return {
    'recognition.start': async (request) => ({ job: await requestTranscription(await open(), request) }),
    'recognition.current': async ({ episodeId }) => ({
      job: currentTranscription((await open()).queue, episodeId) ?? null,
    }),
  };
}
