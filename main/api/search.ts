import type { searchCalls } from '../contract/search.ts';
import { searchWords } from '../engine/flows/showMemory.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function searchHandlers(open: OpenEngine): HandlersOf<keyof typeof searchCalls> {
  return {
    'search.words': async (request) => searchWords(await open(), request),
  };
}
