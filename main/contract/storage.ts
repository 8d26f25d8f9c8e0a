import { z } from 'zod';
import { Job } from '../domain/job.ts';
import { StateExport, StateImport, StateView } from '../domain/state.ts';
import { CleanupPlan, StorageStats, TakeableCategory } from '../domain/storage.ts';
import { call } from './call.ts';

const path = z.string().min(1).max(4096);
const episodeId = z.string().min(1).max(200);
const take = z.array(TakeableCategory).max(TakeableCategory.options.length).default([]);

/** Where the recording of an episode is after it was put away or brought back. */
const Moved = z.object({
  episodeId: z.string(),
  path: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
});

export const storageCalls = {
  /** How much of each kind there is, the limit, the disk, the archive, and what could be undone. */
  'storage.stats': call(z.strictObject({}), StorageStats),
  /** What a cleanup would do now, file by file, with the reason for each; changes nothing. */
  'storage.plan': call(z.strictObject({ take }), CleanupPlan),
  /** Cleans up as a job, whose result is the report; take names what goes whatever the limit says. */
  'storage.cleanup': call(z.strictObject({ take }), z.object({ job: Job })),
  /** Brings back what a cleanup took away, the last one when none is named. */
  'storage.undo': call(
    z.strictObject({ run: z.string().min(1).max(100).optional() }),
    z.object({
      run: z.string(),
      restored: z.array(z.string()),
      restoredBytes: z.int(),
      notRestored: z.array(z.string()),
    }),
  ),
  /** Puts the recording of an episode away; everything that is known of it stays. */
  'storage.archive': call(z.strictObject({ episodeId, folder: path.optional() }), Moved),
  /** Brings the recording of an archived episode back into the library. */
  'storage.restore': call(z.strictObject({ episodeId }), Moved),
  /** How much Soundbite may keep in its library, in GB. */
  'storage.setLimit': call(
    z.strictObject({ maxStorageGb: z.number().min(0.001).max(1_000_000) }),
    StorageStats,
  ),
  /** What the library remembers, whether it is sound, and its backups. */
  'state.show': call(z.strictObject({}), StateView),
  /** Writes everything that a person would miss into one file, which must not be there yet. */
  'state.export': call(z.strictObject({ path }), StateExport),
  /** Takes in such a file: all of it or nothing; what is here already stays. */
  'state.import': call(z.strictObject({ path, backup: z.boolean().default(true) }), StateImport),
  /** Forgets everything a person made; files stay. The word has to be given, so that nothing does it by accident. */
  'state.reset': call(
    z.strictObject({ confirm: z.literal('reset'), backup: z.boolean().default(true) }),
    z.object({ backup: z.string().nullable() }),
  ),
};
