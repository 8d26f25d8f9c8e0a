import { z } from 'zod';

/** Files that Soundbite made inside its library. */
export const OwnedCategory = z.enum([
  'episode-copy',
  'analysis',
  'model',
  'export',
  'backup',
  'log',
  'archive',
]);
export type OwnedCategory = z.infer<typeof OwnedCategory>;

/** Everything that takes up room in the library: what is owned, the database with its diary, and the library's own trash. */
export const StorageCategory = z.enum([...OwnedCategory.options, 'library', 'trash']);
export type StorageCategory = z.infer<typeof StorageCategory>;

/** What a person may ask to be taken away at once, whatever the limit says. */
export const TakeableCategory = z.enum(['analysis', 'export', 'trash']);
export type TakeableCategory = z.infer<typeof TakeableCategory>;

/**
 * Why a file goes. orphaned: what it belongs to is gone. superseded: newer ones have taken its place. expired: nobody
 * needed it for long. over-quota: the library is larger than its limit. low-space: the disk is nearly full. asked: a
 * person chose its category. archived: its verified copy lies in the archive.
 */
export const RemovalReason = z.enum([
  'orphaned',
  'superseded',
  'expired',
  'over-quota',
  'low-space',
  'asked',
  'archived',
]);
export type RemovalReason = z.infer<typeof RemovalReason>;

/** Why a file that was recorded as ours is left alone all the same. */
export const LeftAloneBecause = z.enum([
  'outside',
  'unreadable',
  'link',
  'not-a-file',
  'hard-link',
  'replaced',
  'mount-point',
  'in-use',
  'trash-failed',
]);
export type LeftAloneBecause = z.infer<typeof LeftAloneBecause>;

export const PlannedRemoval = z.object({
  /** Relative to the library. */
  path: z.string(),
  category: OwnedCategory,
  sizeBytes: z.int(),
  reason: RemovalReason,
});
export type PlannedRemoval = z.infer<typeof PlannedRemoval>;

export const LeftAlone = z.object({ path: z.string(), because: LeftAloneBecause });
export type LeftAlone = z.infer<typeof LeftAlone>;

/** What a cleanup would do and why; nothing was done yet. */
export const CleanupPlan = z.object({
  /** Files that move to the trash, in this order. */
  removals: z.array(PlannedRemoval),
  /** Files of earlier cleanups that leave the library's trash for good, in this order. */
  emptied: z.array(
    z.object({ removalId: z.int(), path: z.string(), sizeBytes: z.int(), reason: RemovalReason }),
  ),
  leftAlone: z.array(LeftAlone),
  usedBytes: z.int(),
  quotaBytes: z.int(),
  /** What the library holds afterwards, without what the cleanup itself puts into the trash. */
  afterBytes: z.int(),
  /** What is still over the limit afterwards, because nothing more may go by itself. */
  stillOverBytes: z.int(),
});
export type CleanupPlan = z.infer<typeof CleanupPlan>;

/** What a cleanup did. */
export const CleanupReport = z.object({
  /** Names this cleanup, so that it can be undone; null when nothing was removed. */
  run: z.string().nullable(),
  removed: z.array(PlannedRemoval),
  removedBytes: z.int(),
  emptied: z.int(),
  emptiedBytes: z.int(),
  leftAlone: z.array(LeftAlone),
  stillOverBytes: z.int(),
});
export type CleanupReport = z.infer<typeof CleanupReport>;

export const CategoryUse = z.object({
  category: StorageCategory,
  files: z.int(),
  sizeBytes: z.int(),
  /** May a cleanup take some of it without being asked? */
  goesByItself: z.boolean(),
});
export type CategoryUse = z.infer<typeof CategoryUse>;

/** The last cleanup whose files can be brought back. */
export const UndoableCleanup = z.object({
  run: z.string(),
  atMs: z.int(),
  files: z.int(),
  sizeBytes: z.int(),
});
export type UndoableCleanup = z.infer<typeof UndoableCleanup>;

export const StorageStats = z.object({
  home: z.string(),
  categories: z.array(CategoryUse),
  usedBytes: z.int(),
  quotaBytes: z.int(),
  disk: z.object({ freeBytes: z.int(), totalBytes: z.int(), leastFreeBytes: z.int(), isLow: z.boolean() }),
  /** Recordings that are used where they are; Soundbite only ever reads them. */
  originals: z.object({ files: z.int(), sizeBytes: z.int() }),
  archived: z.array(
    z.object({
      episodeId: z.string(),
      title: z.string(),
      path: z.string(),
      sizeBytes: z.int(),
      archivedAtMs: z.int(),
    }),
  ),
  undoable: UndoableCleanup.nullable(),
  lastCleanupAtMs: z.int().nullable(),
  cleanupIntervalHours: z.number(),
});
export type StorageStats = z.infer<typeof StorageStats>;
