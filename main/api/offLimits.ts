import type { offLimitsCalls } from '../contract/offLimits.ts';
import {
  listOffLimits,
  markOffRecord,
  overruleOffLimits,
  removeOffRecord,
} from '../engine/flows/offLimits.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function offLimitsHandlers(open: OpenEngine): HandlersOf<keyof typeof offLimitsCalls> {
  return {
    'offLimits.list': async ({ episodeId }) => listOffLimits(await open(), episodeId),
    'offLimits.add': async ({ episodeId, range, reason }) =>
      markOffRecord(await open(), episodeId, range, reason),
    'offLimits.overrule': async ({ episodeId, id, isOverruled }) =>
      overruleOffLimits(await open(), episodeId, id, isOverruled),
    'offLimits.remove': async ({ episodeId, id }) => removeOffRecord(await open(), episodeId, id),
  };
}
