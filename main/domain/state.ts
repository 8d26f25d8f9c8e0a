import { z } from 'zod';

/** Something that was here already when a state file was taken in; what was here stays. */
export const StateConflict = z.object({
  what: z.enum(['show', 'episode', 'setting']),
  name: z.string(),
  kept: z.literal('here'),
});
export type StateConflict = z.infer<typeof StateConflict>;

export const BackupView = z.object({
  name: z.string(),
  kind: z.enum(['daily', 'before-migration', 'before-reset', 'before-import']),
  atMs: z.int(),
  sizeBytes: z.int(),
});
export type BackupView = z.infer<typeof BackupView>;

/** What the library remembers. */
export const StateView = z.object({
  database: z.string(),
  sizeBytes: z.int(),
  schema: z.int(),
  /** Rows by table: shows, episodes, clips and the like. */
  counts: z.record(z.string(), z.int()),
  /** Null when the database was found sound from end to end. */
  flaw: z.string().nullable(),
  /** Newest first. */
  backups: z.array(BackupView),
});
export type StateView = z.infer<typeof StateView>;

export const StateExport = z.object({ path: z.string(), sizeBytes: z.int(), rows: z.int() });
export type StateExport = z.infer<typeof StateExport>;

export const StateImport = z.object({
  /** Rows that came in, by table. */
  counts: z.record(z.string(), z.int()),
  conflicts: z.array(StateConflict),
  /** Null when none was wanted. */
  backup: z.string().nullable(),
});
export type StateImport = z.infer<typeof StateImport>;
