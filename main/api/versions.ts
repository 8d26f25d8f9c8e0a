import { resolve } from 'node:path';
import type { versionCalls } from '../contract/versions.ts';
import { requestReplacement } from '../engine/flows/replaceMedia.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function versionHandlers(open: OpenEngine): HandlersOf<keyof typeof versionCalls> {
  return {
    'episodes.replaceMedia': async ({ episodeId, path }) => {
      const engine = await open();
      return { job: await requestReplacement(engine, engine.queue, { episodeId, path: resolve(path) }) };
    },
  };
}
