import type { bleepCalls } from '../contract/bleeps.ts';
import { addBleeps, bleepsOf, removeBleeps, setBleeps } from '../engine/flows/showBleeps.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function bleepHandlers(open: OpenEngine): HandlersOf<keyof typeof bleepCalls> {
  return {
    'bleeps.list': async ({ showId }) => bleepsOf(await open(), showId),
    'bleeps.add': async ({ showId, words }) => addBleeps(await open(), showId, words),
    'bleeps.remove': async ({ showId, words }) => removeBleeps(await open(), showId, words),
    'bleeps.set': async ({ showId, ...change }) => setBleeps(await open(), showId, change),
  };
}
