import type { VideoPreset } from '../../../domain/preset.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { lengthS } from '../../../domain/time.ts';
import { bottomOf, type Box, frameGeometry, rightOf } from '../frame.ts';
import { readPictures } from '../readPictures.ts';
import type { SourcePicture } from '../sourcePicture.ts';
import type { Typefaces } from '../text/font.ts';
import { headingEvents } from './heading.ts';
import type { Picture } from './picture.ts';
import { even, exactFrames, joined, scaledTo, type ShapedRange } from './pictureRange.ts';

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
  ranges: readonly ShapedRange[],
  preset: VideoPreset,
  typefaces: Typefaces,
): Picture {
  const window = windowFor(
    ranges.map(({ aspect }) => aspect),
    preset,
  );
  const durationS = ranges.reduce((sum, { range }) => sum + lengthS(range), 0);
  const read = readPictures(ranges, preset.framesPerSecond);
  return {
    inputs: read.inputs,
    chains: [
      ...read.chains,
      ...ranges.flatMap((range, index) => rangeChains(range, index, preset, placeIn(window, range.aspect))),
      joined(ranges),
    ],
    events: headingEvents(recipe, headingBox(window, preset), durationS, typefaces),
  };
}

/** The part of the frame that pictures are fitted into: above the captions, or all of it when they nearly fill it. */
export function windowFor(aspects: readonly number[], preset: VideoPreset): Box {
  const tallestPx = Math.max(...aspects.map((aspect) => preset.width / aspect));
  if (tallestPx >= preset.height * NEARLY_FULL || preset.width > preset.height) {
    return { x: 0, y: 0, width: preset.width, height: preset.height };
  }
  const { safe, captions } = frameGeometry(preset);
  const height = even(Math.min(tallestPx, captions.y - safe.y));
  return { x: 0, y: 2 * Math.floor((captions.y - height) / 2), width: preset.width, height };
}

/** Where a picture of a shape stands in the window: as large as it goes, centred, on even pixels as yuv420p needs. */
export function placeIn(window: Box, aspect: number): Box {
  const width = Math.min(window.width, even(window.height * aspect));
  const height = Math.min(window.height, even(window.width / aspect));
  return {
    x: window.x + even((window.width - width) / 2),
    y: window.y + even((window.height - height) / 2),
    width,
    height,
  };
}

function headingBox(window: Box, preset: VideoPreset): Box | undefined {
  if (window.y === 0) return undefined;
  const { text } = frameGeometry(preset);
  return { ...text, height: window.y - HEADING_GAP_PX - text.y };
}

function rangeChains(range: ShapedRange, index: number, preset: VideoPreset, place: Box): string[] {
  const whole = scaledTo(place, range);
  const exactly = `${exactFrames(range)}[p${index}]`;
  const around = surroundings(place, preset);
  if (around.length === 0) return [`[r${index}]${whole},${exactly}`];
  const copies = around.map(({ side }) => `[${side}${index}]`).join('');
  return [
    `[r${index}]split[w${index}][b${index}]`,
    `[b${index}]${backdrop(preset, range)},split=${around.length}${copies}`,
    ...around.map(({ side, box }) => `[${side}${index}]${crop(box)}[${side}c${index}]`),
    `[w${index}]${whole}[f${index}]`,
    ...stacked(around, index),
    `[s${index}]${exactly}`,
  ];
}

/** The picture blurred and darkened, as ground for what does not fill the frame. */
export const backdrop = (
  { width, height }: Pick<Box, 'width' | 'height'>,
  { colourOptions, colourFilters }: SourcePicture,
): string => {
  const [smallWidth, smallHeight] = [even(width / BACKDROP_SCALE), even(height / BACKDROP_SCALE)];
  return [
    `scale=${smallWidth}:${smallHeight}:force_original_aspect_ratio=increase:flags=fast_bilinear${colourOptions}`,
    `crop=${smallWidth}:${smallHeight}`,
    ...colourFilters,
    'format=yuv420p',
    `gblur=sigma=${BACKDROP_SIGMA}:steps=2`,
    `lutyuv=y=16+(val-16)*${BACKDROP_LIGHT}:u=128+(val-128)*0.8:v=128+(val-128)*0.8`,
    `scale=${width}:${height}:flags=bilinear,setsar=1`,
  ].join(',');
};

interface Surrounding {
  readonly side: 'top' | 'left' | 'right' | 'bottom';
  readonly box: Box;
}

/** The parts of the frame that the picture leaves free: above and below all across, beside it as high as it is. */
function surroundings(place: Box, { width, height }: VideoPreset): Surrounding[] {
  const beside = { y: place.y, height: place.height };
  const parts: Surrounding[] = [
    { side: 'top', box: { x: 0, y: 0, width, height: place.y } },
    { side: 'left', box: { ...beside, x: 0, width: place.x } },
    { side: 'right', box: { ...beside, x: rightOf(place), width: width - rightOf(place) } },
    { side: 'bottom', box: { x: 0, y: bottomOf(place), width, height: height - bottomOf(place) } },
  ];
  return parts.filter(({ box }) => box.width > 0 && box.height > 0);
}

const crop = ({ x, y, width, height }: Box): string => `crop=${width}:${height}:${x}:${y}`;

/** Picture and backdrop are put side by side: the overlay filter would blend every pixel, at a third of the render's cost. */
function stacked(around: readonly Surrounding[], index: number): string[] {
  const has = (side: Surrounding['side']) => around.some((part) => part.side === side);
  const label = (side: Surrounding['side']) => (has(side) ? [`[${side}c${index}]`] : []);
  const row = [...label('left'), `[f${index}]`, ...label('right')];
  const column = [...label('top'), row.length > 1 ? `[r${index}]` : `[f${index}]`, ...label('bottom')];
  const rowChain = `${row.join('')}hstack=inputs=${row.length}${column.length > 1 ? `[r${index}]` : `[s${index}]`}`;
  return [
    ...(row.length > 1 ? [rowChain] : []),
    ...(column.length > 1 ? [`${column.join('')}vstack=inputs=${column.length}[s${index}]`] : []),
  ];
}
