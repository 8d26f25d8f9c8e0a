import { z } from 'zod';
import { ScorePart } from './clip.ts';

/** A whole sentence of 3 to 12 s that stands alone: for cold opens and quote cards. The points of its parts add up to its score. */
export const EpisodeLine = z.object({
  inS: z.number(),
  outS: z.number(),
  durationS: z.number(),
  score: z.number().min(0).max(100),
  parts: z.array(ScorePart),
  text: z.string(),
  speaker: z.string().optional(),
});
export type EpisodeLine = z.infer<typeof EpisodeLine>;
