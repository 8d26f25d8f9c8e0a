import type { FramedRange } from '../readPictures.ts';
import type { SourcePicture } from '../sourcePicture.ts';

/** A range with what is known of its picture. */
export type ShapedRange = FramedRange & SourcePicture;

/** The foot of a range's chain: exactly its frames, the last one repeated where the picture ends before the sound. */
export const exactFrames = ({ frames }: Pick<FramedRange, 'frames'>): string =>
  `tpad=stop=${frames}:stop_mode=clone,trim=end_frame=${frames},setpts=PTS-STARTPTS`;

/** Joins the chains of all ranges, which end in [p0], [p1] and so on. */
export const joined = (ranges: readonly FramedRange[]): string =>
  ranges.map((_, index) => `[p${index}]`).join('') + `concat=n=${ranges.length}:v=1:a=0[picture]`;

export const even = (pixels: number): number => 2 * Math.round(pixels / 2);

/** Scales to a size, in the colours of HD. */
export const scaledTo = (
  { width, height }: { readonly width: number; readonly height: number },
  { colourOptions, colourFilters }: SourcePicture,
  flags = 'bicubic',
): string =>
  [
    `scale=${width}:${height}:flags=${flags}${colourOptions}`,
    'setsar=1',
    ...colourFilters,
    'format=yuv420p',
  ].join(',');
