import type { speakerCalls } from '../contract/speakers.ts';
import { requestSpeakers } from '../engine/flows/tellSpeakers.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function speakerHandlers(open: OpenEngine): HandlersOf<keyof typeof speakerCalls> {
  return {
    'speakers.tell': async ({ episodeId, speakers }) => {
      const engine = await open();
      return { job: await requestSpeakers(engine, engine.queue, { episodeId, speakers: speakers ?? null }) };
    },
  };
}
