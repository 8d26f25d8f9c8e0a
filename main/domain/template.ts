import { z } from 'zod';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour is written #rrggbb');

export const WAVEFORM_STYLES = ['bars', 'line', 'dots'] as const;
export const WaveformStyle = z.enum(WAVEFORM_STYLES);
export type WaveformStyle = z.infer<typeof WaveformStyle>;

/** How an audiogram looks. Templates are files: copy one, change it, and name it in an export. */
export const Template = z.strictObject({
  /** What it is asked for by; the file's name without .json. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a name has small letters, digits and hyphens'),
  /** One sentence for whoever chooses. */
  describes: z.string().max(200),
  waveform: WaveformStyle,
  /** cover: colours of the cover art. plain: the background colour alone. glow: lit from above by the accent. */
  ground: z.enum(['cover', 'plain', 'glow']),
  cover: z.enum(['rounded', 'square', 'round']),
  /** Whether the clip's title stands beside the cover, under the show's name. */
  headline: z.boolean().default(true),
  /** Words that cover the picture for the last seconds, above the show's name. */
  endCard: z.strictObject({ text: z.string().min(1).max(80), lastS: z.number().min(1).max(10) }).optional(),
  /** Instead of the show's own. */
  colours: z
    .strictObject({ backgroundColour: colour, textColour: colour, accentColour: colour })
    .partial()
    .optional(),
});
export type Template = z.infer<typeof Template>;

/** How audiograms look when nobody asks for a template. */
export const PLAIN_TEMPLATE: Template = {
  name: 'classic',
  describes: 'The cover’s own colours, rounded bars.',
  waveform: 'bars',
  ground: 'cover',
  cover: 'rounded',
  headline: true,
};
