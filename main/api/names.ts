import type { nameCalls } from '../contract/names.ts';
import { addName, applyNamesTo, namesOf, removeName } from '../engine/flows/names.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function nameHandlers(open: OpenEngine): HandlersOf<keyof typeof nameCalls> {
  return {
    'names.list': async ({ showId }) => namesOf(await open(), showId),
    'names.add': async ({ showId, rule }) => addName(await open(), showId, rule),
    'names.remove': async ({ showId, from }) => removeName(await open(), showId, from),
    'names.apply': async ({ episodeId }) => applyNamesTo(await open(), episodeId),
  };
}
