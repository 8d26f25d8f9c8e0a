import type { VideoPreset } from '../../../domain/preset.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { lengthS } from '../../../domain/time.ts';
import type { FfmpegInput } from '../../media/ffmpeg.ts';
import { fileUrl, INPUT_GUARDS } from '../../media/inputs.ts';
import { bottomOf, type Box, frameGeometry, framesIn } from '../frame.ts';
import type { SourcedRange } from '../prepareAudio.ts';
import type { Typefaces } from '../text/font.ts';
import { HD_COLOURS, type Picture } from './picture.ts';
import { headingEvents } from './heading.ts';

/** The backdrop is blurred at an eighth of the frame's size: 64 times cheaper, and a blur has no detail to lose. */
const BACKDROP_SCALE = 8;
const BACKDROP_SIGMA = 5;
/** Of the picture's own brightness. */
const BACKDROP_LIGHT = 0.42;
/** Pictures that fill this share of the frame's height need no backdrop worth arranging. */
const NEARLY_FULL = 0.8;
const HEADING_GAP_PX = 36;

/** The whole picture over its own blurred, darkened self, with the title above it where there is room. */
export function fitPicture(
  recipe: Recipe,
  ranges: readonly SourcedRange[],
  preset: VideoPreset,
  typefaces: Typefaces,
): Picture {
  const window = windowFor(ranges, preset);
  const joined =
    ranges.map((_, index) => `[p${index}]`).join('') + `concat=n=${ranges.length}:v=1:a=0[picture]`;
  return {
    inputs: ranges.map(seekedPicture),
    chains: [...ranges.flatMap((range, index) => rangeChains(range, index, preset, window)), joined],
    events: headingEvents(recipe, headingBox(ranges, window, preset), lengthOf(ranges), typefaces),
  };
}

const lengthOf = (ranges: readonly SourcedRange[]): number =>
  ranges.reduce((sum, { range }) => sum + lengthS(range), 0);

/** Width over height as it is shown, after rotation. */
export function displayAspect({ source }: SourcedRange): number {
  const video = source.facts.video;
  if (video === null) return 1;
  const isTurned = video.rotation === 90 || video.rotation === 270;
  return isTurned ? video.height / video.width : video.width / video.height;
}

/** The part of the frame that the picture is fitted into: above the captions, or all of it when it nearly fills it. */
export function windowFor(ranges: readonly SourcedRange[], preset: VideoPreset): Box {
  const tallestPx = Math.max(...ranges.map((range) => preset.width / displayAspect(range)));
  if (tallestPx >= preset.height * NEARLY_FULL || preset.width > preset.height) {
    return { x: 0, y: 0, width: preset.width, height: preset.height };
  }
  const { safe, captions } = frameGeometry(preset);
  const heightPx = Math.min(tallestPx, captions.y - safe.y);
  return { x: 0, y: Math.round(captions.y - heightPx), width: preset.width, height: Math.round(heightPx) };
}

function headingBox(ranges: readonly SourcedRange[], window: Box, preset: VideoPreset): Box | undefined {
  if (ranges.length === 0 || window.y === 0) return undefined;
  const { text } = frameGeometry(preset);
  const box = { ...text, height: window.y - HEADING_GAP_PX - text.y };
  return bottomOf(box) > text.y ? box : undefined;
}

/**
 * Decoding starts at the key frame before the cut and nothing is dropped before the frame rate is made constant: the
 * picture at the cut may be one that began long before it, as slides and screen recordings do.
 */
const seekedPicture = ({ range, source }: SourcedRange): FfmpegInput => ({
  source: fileUrl(source.path),
  options: [...INPUT_GUARDS, '-an', '-noaccurate_seek', '-ss', range.fromS.toFixed(6)],
});

function rangeChains(
  { range, source }: SourcedRange,
  index: number,
  { width, height, framesPerSecond }: VideoPreset,
  window: Box,
): string[] {
  const stream = `${index + 1}:${source.facts.video?.index ?? 'v'}`;
  const frames = framesIn(lengthS(range), framesPerSecond);
  const small = { width: even(width / BACKDROP_SCALE), height: even(height / BACKDROP_SCALE) };
  const fitWidth = `2*trunc(min(${window.width}\\,${window.height}*iw/ih)/2)`;
  const fitHeight = `2*trunc(min(${window.height}\\,${window.width}*ih/iw)/2)`;
  return [
    `[${stream}]fps=${framesPerSecond}:start_time=0,scale=iw*sar:ih,setsar=1,split[w${index}][b${index}]`,
    [
      `[b${index}]scale=${small.width}:${small.height}:force_original_aspect_ratio=increase:flags=fast_bilinear:${HD_COLOURS}`,
      `crop=${small.width}:${small.height}`,
      'format=yuv420p',
      `gblur=sigma=${BACKDROP_SIGMA}:steps=2`,
      `lutyuv=y=16+(val-16)*${BACKDROP_LIGHT}:u=128+(val-128)*0.8:v=128+(val-128)*0.8`,
      `scale=${width}:${height}:flags=bilinear,setsar=1[d${index}]`,
    ].join(','),
    `[w${index}]scale=w=${fitWidth}:h=${fitHeight}:flags=bicubic:${HD_COLOURS},setsar=1,format=yuv420p[f${index}]`,
    [
      `[d${index}][f${index}]overlay=x=(W-w)/2:y=${window.y}+(${window.height}-h)/2:shortest=1`,
      `tpad=stop=${frames}:stop_mode=clone`,
      `trim=end_frame=${frames}`,
      'setpts=PTS-STARTPTS',
      `format=yuv420p[p${index}]`,
    ].join(','),
  ];
}

const even = (pixels: number): number => 2 * Math.round(pixels / 2);
