import { z } from 'zod';
import { call } from './call.ts';

/** What the shell around the engine is and can do; the window asks once. */
export const HostDescription = z.object({
  kind: z.enum(['electron', 'browser', 'cli']),
  /** True where the system's own dialogs can be opened; otherwise the window brings its own chooser. */
  hasNativeDialogs: z.boolean(),
  version: z.string(),
  /** Where exports go until somebody chooses another folder. */
  exportFolder: z.string(),
  /** Largest file that a drop may copy into the library; larger ones are linked through the chooser. */
  maxUploadBytes: z.int(),
});
export type HostDescription = z.infer<typeof HostDescription>;

export const FolderEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'media', 'transcript', 'model']),
  sizeBytes: z.int(),
  modifiedAtMs: z.int(),
});
export type FolderEntry = z.infer<typeof FolderEntry>;

const path = z.string().min(1).max(4096);

export const hostCalls = {
  'host.describe': call(z.strictObject({}), HostDescription),
  /** Lets a person choose recordings with the system's dialog; null when they changed their mind. */
  'host.pickMedia': call(z.strictObject({}), z.object({ paths: z.array(z.string()).nullable() })),
  'host.pickFolder': call(
    z.strictObject({ startFolder: path.optional() }),
    z.object({ folder: z.string().nullable() }),
  ),
  /** Shows a finished export in the system's file manager. */
  'host.revealExport': call(z.strictObject({ exportId: z.string().min(1) }), z.object({})),
  /** Begins dragging a finished export out of the window, to wherever it is let go. */
  'host.dragExport': call(z.strictObject({ exportId: z.string().min(1) }), z.object({})),
  /** Moves a finished export to the system's bin; a file that took its name since is left alone. */
  'host.trashExport': call(z.strictObject({ exportId: z.string().min(1) }), z.object({})),
  /** What lies in a folder of this machine: folders, recordings, transcripts and speech models; the home folder when none is named. */
  'host.listFolder': call(
    z.strictObject({ folder: path.optional() }),
    z.object({ folder: z.string(), parent: z.string().nullable(), entries: z.array(FolderEntry) }),
  ),
};
