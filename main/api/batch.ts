import { resolve } from 'node:path';
import type { batchCalls } from '../contract/batch.ts';
import { addToBatch, planBatch } from '../engine/flows/batch.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';
import { MEDIA_EXTENSIONS } from './host.ts';

export function batchHandlers(open: OpenEngine): HandlersOf<keyof typeof batchCalls> {
  return {
    'batch.plan': async ({ paths, ...wishes }) => ({
      entries: await planBatch(await open(), {
        ...wishes,
        paths: paths.map((path) => resolve(path)),
        extensions: MEDIA_EXTENSIONS,
      }),
    }),
    'batch.add': async ({ path }) => ({
      // Whoever asks waits until there is a place; the process that ends takes the question with it.
      job: await addToBatch((await open()).queue, resolve(path), new AbortController().signal),
    }),
  };
}
