import { z } from 'zod';
import { MarkedOffLimits } from '../domain/offLimits.ts';
import { TimeRange } from '../domain/time.ts';
import { call } from './call.ts';

const episodeId = z.string().min(1);
const id = z.int();
/** Everything off limits in the episode, what was overruled included, in order of time. */
const marks = z.array(MarkedOffLimits);

export const offLimitsCalls = {
  'offLimits.list': call(z.strictObject({ episodeId }), marks),
  /** Marks a range off the record: never proposed, never exported, never in captions. */
  'offLimits.add': call(
    z.strictObject({ episodeId, range: TimeRange, reason: z.string().trim().min(1).max(500).optional() }),
    marks,
  ),
  /** Allows what was found off limits, or takes that back. */
  'offLimits.overrule': call(
    z.strictObject({ episodeId, id, isOverruled: z.boolean().default(true) }),
    marks,
  ),
  /** Takes away what a person marked. */
  'offLimits.remove': call(z.strictObject({ episodeId, id }), marks),
};
