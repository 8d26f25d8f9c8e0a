import { z } from 'zod';
import { OffLimits } from './offLimits.ts';
import { TimeRange } from './time.ts';
import { TimeMap } from './timeMap.ts';

/** What putting a new version of its recording under an episode has moved, and what the new version no longer has. */
export const VersionOutcome = z.object({
  episodeId: z.string(),
  map: TimeMap,
  /** How many of each lie on the new clock now. */
  moved: z.object({
    sentences: z.int(),
    edits: z.int(),
    clips: z.int(),
    offLimits: z.int(),
    marks: z.int(),
  }),
  /** Clips that were moved and are no longer the same: something was cut out of them or put into them. */
  changedClips: z.array(
    z.object({ clipId: z.string(), title: z.string(), cutS: z.number(), addedS: z.number() }),
  ),
  /** What lay in a part that was cut, on the old clock. Clips stay, marked as cut; the rest is gone with its sound. */
  gone: z.object({
    words: z.array(TimeRange.extend({ text: z.string() })),
    edits: z.array(z.object({ from: z.string(), to: z.string() })),
    clips: z.array(z.object({ clipId: z.string(), title: z.string(), inS: z.number(), outS: z.number() })),
    offLimits: z.array(OffLimits),
    marks: z.array(z.object({ atS: z.number(), note: z.string() })),
  }),
});
export type VersionOutcome = z.infer<typeof VersionOutcome>;
