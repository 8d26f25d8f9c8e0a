import { z } from 'zod';
import { TimeRange } from './time.ts';
import { PresetId } from './preset.ts';

/** A stretch of one episode's media, in its own clock. */
export const RecipeRange = TimeRange.extend({ episodeId: z.string() });
export type RecipeRange = z.infer<typeof RecipeRange>;

/** Everything that decides how an export looks and sounds; the same recipe renders the same file again. */
export const Recipe = z.object({
  /** Joined in this order; a clip is a list of one. */
  ranges: z.array(RecipeRange).min(1),
  preset: PresetId,
  /** fit: the whole picture over its blurred self. audiogram: cover, waveform and title. none: sound alone. */
  layout: z.enum(['fit', 'audiogram', 'none']),
  captionStyle: z.enum(['karaoke', 'none']),
  title: z.string(),
  showName: z.string(),
  brand: z.object({ backgroundColour: z.string(), textColour: z.string(), accentColour: z.string() }),
  /** ffmpeg's version line and the thread count: other values give other bytes. */
  renderer: z.string(),
  threads: z.int(),
});
export type Recipe = z.infer<typeof Recipe>;
