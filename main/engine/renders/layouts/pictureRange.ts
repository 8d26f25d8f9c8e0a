import type { VideoPreset } from '../../../domain/preset.ts';
import { lengthS } from '../../../domain/time.ts';
import type { FfmpegInput } from '../../media/ffmpeg.ts';
import { fileUrl, INPUT_GUARDS } from '../../media/inputs.ts';
import { framesIn } from '../frame.ts';
import type { SourcedRange } from '../prepareAudio.ts';
import type { SourcePicture } from '../sourcePicture.ts';

/** A range with what is known of its picture. */
export type ShapedRange = SourcedRange & SourcePicture;

/**
 * Decoding starts at the key frame before the cut and nothing is dropped before the frame rate is made constant: the
 * picture at the cut may be one that began long before it, as slides and screen recordings do.
 */
export const seekedPicture = ({ range, source }: SourcedRange): FfmpegInput => ({
  source: fileUrl(source.path),
  options: [...INPUT_GUARDS, '-an', '-noaccurate_seek', '-ss', range.fromS.toFixed(6)],
});

/** The head of a range's chain: its pictures at the preset's rate from the in point on; the sound is input 0. */
export const constantRate = (
  { source }: SourcedRange,
  index: number,
  { framesPerSecond }: VideoPreset,
): string => `[${index + 1}:${source.facts.video?.index ?? 'v'}]fps=${framesPerSecond}:start_time=0`;

export const frameCount = ({ range }: SourcedRange, { framesPerSecond }: VideoPreset): number =>
  framesIn(lengthS(range), framesPerSecond);

/** The foot of a range's chain: exactly its frames, the last one repeated where the picture ends before the sound. */
export function exactFrames(range: SourcedRange, preset: VideoPreset): string {
  const frames = frameCount(range, preset);
  return `tpad=stop=${frames}:stop_mode=clone,trim=end_frame=${frames},setpts=PTS-STARTPTS`;
}

/** Joins the chains of all ranges, which end in [p0], [p1] and so on. */
export const joined = (ranges: readonly SourcedRange[]): string =>
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
