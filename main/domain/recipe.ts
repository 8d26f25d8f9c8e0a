import { z } from 'zod';
import { Bleeps } from './bleeps.ts';
import { Template } from './template.ts';
import { TimeRange } from './time.ts';
import { PictureBox } from './framing.ts';
import { PresetId } from './preset.ts';
import { VideoEncoder } from './videoEncoder.ts';

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

/** karaoke: a few words at once, the spoken one marked. calm: two lines at a time, as on television. */
export const CaptionStyle = z.enum(['karaoke', 'calm', 'none']);
export type CaptionStyle = z.infer<typeof CaptionStyle>;

/** What a person may ask of an export beside its platform. */
export const ExportOptions = z.object({
  captions: CaptionStyle.default('karaoke'),
  /** Long pauses shortened, fillers cut. */
  tighten: z.boolean().default(false),
  /** Masked beside what the show masks; null masks nothing at all. */
  bleeps: Bleeps.nullable().optional(),
  /** Left out, pictures are fitted and sound becomes an audiogram. */
  layout: Layout.optional(),
  /** Name of a template; audiograms only. */
  template: z.string().max(40).optional(),
  /** Subtitles, poster and recipe beside the file; left out, as the settings have it. */
  sidecars: z.boolean().optional(),
});
export type ExportOptions = z.infer<typeof ExportOptions>;

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
  captionStyle: CaptionStyle,
  /** Null where nothing is masked; the texts of a recipe are masked already. */
  bleeps: Bleeps.nullable(),
  /** Left out for x264, whose files are the same bytes each time. */
  encoder: VideoEncoder.optional(),
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
