import { z } from 'zod';

/** Who produces right now, and what that means for background review. */
export const ProductionStatus = z.object({
  productionActive: z.boolean(),
  /** The holds that stand, one for each running export. */
  productionInfo: z.array(
    z.object({
      jobId: z.int(),
      label: z.string(),
      episodeId: z.string().nullable(),
      /** What stands aside for it: all review, or that of the same show or episode. */
      level: z.enum(['all', 'show', 'episode']),
      token: z.string(),
      startedAtMs: z.int(),
      expiresAtMs: z.int(),
    }),
  ),
  reviewPaused: z.boolean(),
  /** Why, in a sentence; null while nothing is out of the ordinary. */
  reason: z.string().nullable(),
  sinceMs: z.int().nullable(),
  /** When the last hold runs out by itself, should nobody release it. */
  expiresMs: z.int().nullable(),
  /** What a person said, against which the lock does not count; null to follow the lock. */
  override: z.enum(['paused', 'running']).nullable(),
  /** Review jobs that wait for the end of this pause. */
  deferred: z.int(),
  /** Over the life of the library. */
  totals: z.object({ pauses: z.int(), pausedMs: z.int(), parked: z.int(), deferred: z.int() }),
});
export type ProductionStatus = z.infer<typeof ProductionStatus>;
