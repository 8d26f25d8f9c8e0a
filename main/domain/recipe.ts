import { z } from 'zod';
import { Template } from './template.ts';
import { TimeRange } from './time.ts';
import { PictureBox } from './framing.ts';
import { PresetId } from './preset.ts';

/** A stretch of one episode's media, in its own clock. */
export const RecipeRange = TimeRange.extend({ episodeId: z.string() });
export type RecipeRange = z.infer<typeof RecipeRange>;

/**
 * fit: the whole picture over its blurred self. crop: the part with whoever speaks fills the frame. stack: two parts
 * above or beside each other. audiogram: cover, waveform and title.
 */
export const LAYOUTS = ['fit', 'crop', 'stack', 'audiogram'] as const;
export const Layout = z.enum(LAYOUTS);
export type Layout = z.infer<typeof Layout>;

/** Everything that decides how an export looks and sounds; the same recipe renders the same file again. */
export const Recipe = z.object({
  /** Joined in this order; a clip is a list of one. */
  ranges: z.array(RecipeRange).min(1),
  preset: PresetId,
  /** One of the layouts that can be asked for; none for sound alone. */
  layout: z.enum([...LAYOUTS, 'none']),
  /** Where the speakers are in the picture; none is the middle of it. */
  boxes: z.array(PictureBox).optional(),
  /** Of an audiogram, whole, so that an edited template makes another export. */
  template: Template.optional(),
  captionStyle: z.enum(['karaoke', 'none']),
  title: z.string(),
  showName: z.string(),
  brand: z.object({ backgroundColour: z.string(), textColour: z.string(), accentColour: z.string() }),
  /** ffmpeg's version line and the thread count: other values give other bytes. */
  renderer: z.string(),
  threads: z.int(),
});
export type Recipe = z.infer<typeof Recipe>;
