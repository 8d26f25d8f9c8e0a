import { z } from 'zod';
import { TimeRange } from './time.ts';

/** A stretch that is never proposed as a clip, and why. */
export const OffLimits = TimeRange.extend({
  kind: z.enum(['advert', 'intro', 'outro', 'housekeeping', 'off-record']),
  reason: z.string(),
});
export type OffLimits = z.infer<typeof OffLimits>;

/** The same in the library, where a person can overrule what was found and take away what they marked. */
export const MarkedOffLimits = OffLimits.extend({ id: z.int(), isOverruled: z.boolean() });
export type MarkedOffLimits = z.infer<typeof MarkedOffLimits>;
