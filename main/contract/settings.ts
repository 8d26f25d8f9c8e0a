import { z } from 'zod';
import { SETTING_NAMES, SettingOrigin } from '../domain/settings.ts';
import { call } from './call.ts';

const value = z.union([z.string().max(200), z.number(), z.boolean()]);

/** A setting with what it is, what it would be if nobody said anything, and who said so. */
export const SettingEntry = z.object({
  name: z.enum(SETTING_NAMES),
  value,
  fallback: value,
  origin: SettingOrigin,
  /** The environment variable that goes over what a person chose. */
  variable: z.string(),
  /** What that variable holds where it makes no sense; null where all is well. */
  refused: z.string().nullable(),
});
export type SettingEntry = z.infer<typeof SettingEntry>;

export const settingCalls = {
  'settings.list': call(z.strictObject({}), z.array(SettingEntry)),
  /** Keeps a value at once, or with null goes back to the default. */
  'settings.change': call(
    z.strictObject({ name: z.enum(SETTING_NAMES), value: value.nullable() }),
    z.array(SettingEntry),
  ),
};
