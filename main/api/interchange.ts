import type { interchangeCalls } from '../contract/interchange.ts';
import { readInterchange, writeInterchange } from '../engine/flows/interchange.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function interchangeHandlers(open: OpenEngine): HandlersOf<keyof typeof interchangeCalls> {
  return {
    'interchange.write': async ({ episodeId, format }) => writeInterchange(await open(), episodeId, format),
    'interchange.read': async (request) => readInterchange(await open(), request),
  };
}
