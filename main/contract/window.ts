import { z } from 'zod';
import { PresetId } from '../domain/preset.ts';
import { call } from './call.ts';

/** What the window remembers between starts. It lives in the library, because a shell's address changes with every start. */
export const WindowMemory = z.object({
  /** Null follows the system. */
  theme: z.enum(['dark', 'light']).nullable(),
  /** The path of the last room. */
  place: z.string().max(500),
  /** Failed jobs that a person has read and put aside. */
  dismissedJobIds: z.array(z.int()).max(1000),
  /** Lines about what happened by itself were read up to this moment. */
  noticesReadMs: z.int().min(0),
  /** Where exports went last; null until somebody chose. */
  exportFolder: z.string().max(4096).nullable(),
  presets: z.array(PresetId),
});
export type WindowMemory = z.infer<typeof WindowMemory>;

export const windowCalls = {
  'window.recall': call(z.strictObject({}), WindowMemory),
  /** Remembers these and leaves the others as they are. */
  'window.remember': call(WindowMemory.partial().strict(), WindowMemory),
};
