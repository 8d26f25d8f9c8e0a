import { z } from 'zod';
import { TimeRange } from './time.ts';
import { PresetId } from './preset.ts';

/** A stretch of one episode's media, in its own clock. */
export const RecipeRange = TimeRange.extend({ episodeId: z.string() });
export type RecipeRange = z.infer<typeof RecipeRange>;

/** karaoke: a few words at once, the spoken one marked. calm: two lines at a time, as on television. */
export const CaptionStyle = z.enum(['karaoke', 'calm', 'none']);
export type CaptionStyle = z.infer<typeof CaptionStyle>;

/** Words that nobody shall hear or read, and what is heard in their place. */
export const Bleeps = z.object({
  /** Whole words or phrases in any case; a star at the end stands for any ending. */
  words: z.array(z.string().min(1).max(100)).max(500),
  mode: z.enum(['mute', 'beep']),
});
export type Bleeps = z.infer<typeof Bleeps>;

/** What a person may ask of an export beside its platform. */
export const ExportOptions = z.object({
  captions: CaptionStyle.default('karaoke'),
  /** Long pauses shortened, fillers cut. */
  tighten: z.boolean().default(false),
  bleeps: Bleeps.nullable().default(null),
});
export type ExportOptions = z.infer<typeof ExportOptions>;

/** Everything that decides how an export looks and sounds; the same recipe renders the same file again. */
export const Recipe = z.object({
  /** Joined in this order; a clip is a list of one. */
  ranges: z.array(RecipeRange).min(1),
  preset: PresetId,
  /** fit: the whole picture over its blurred self. audiogram: cover, waveform and title. none: sound alone. */
  layout: z.enum(['fit', 'audiogram', 'none']),
  captionStyle: CaptionStyle,
  /** Null where nothing is masked; the texts of a recipe are masked already. */
  bleeps: Bleeps.nullable(),
  title: z.string(),
  showName: z.string(),
  /** The episode that is named in the file's tags; its date as the recording has it, or empty. */
  episode: z.object({ title: z.string(), date: z.string() }),
  brand: z.object({ backgroundColour: z.string(), textColour: z.string(), accentColour: z.string() }),
  /** ffmpeg's version line and the thread count: other values give other bytes. */
  renderer: z.string(),
  threads: z.int(),
});
export type Recipe = z.infer<typeof Recipe>;
