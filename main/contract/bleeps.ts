import { z } from 'zod';
import { BleepList } from '../domain/bleeps.ts';
import { PresetId } from '../domain/preset.ts';
import { call } from './call.ts';

const showId = z.string().min(1);
const words = BleepList.shape.words.min(1);

export const bleepCalls = {
  /** The words that a show masks in every export. */
  'bleeps.list': call(z.strictObject({ showId }), BleepList),
  'bleeps.add': call(z.strictObject({ showId, words }), BleepList),
  'bleeps.remove': call(z.strictObject({ showId, words }), BleepList),
  /** What is heard in their place, and the presets that are left as they are. */
  'bleeps.set': call(
    z.strictObject({
      showId,
      mode: BleepList.shape.mode.optional(),
      offPresets: z.array(PresetId).optional(),
    }),
    BleepList,
  ),
};
