import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { VideoPreset } from '../../domain/preset.ts';
import { lengthS } from '../../domain/time.ts';
import { LOOK_FILTERS, readLooks } from '../media/looks.ts';
import type { MediaTools } from '../media/tools.ts';
import { readBars } from './bars.ts';
import { captionEvents } from './captions/ass.ts';
import { onClipClock } from './captions/clipClock.ts';
import type { CaptionDocument } from './captions/cue.ts';
import { framesIn } from './frame.ts';
import { audiogramPicture, drawCard } from './layouts/audiogram.ts';
import { cropPicture, type TrackedRange } from './layouts/crop.ts';
import {
  changesOverTime,
  type CropTrack,
  cropTrack,
  divideTrack,
  restingTrack,
} from './layouts/cropTrack.ts';
import { fitPicture } from './layouts/fit.ts';
import type { Picture } from './layouts/picture.ts';
import { exactFrames, type ShapedRange } from './layouts/pictureRange.ts';
import { type Shot, shotsIn } from './layouts/shots.ts';
import { styled } from './layouts/styled.ts';
import { BAR_S } from './layouts/waveform.ts';
import type { Measuring } from './loudness.ts';
import type { RenderOrder, SourcedRange } from './order.ts';
import { framedRanges, readPictures } from './readPictures.ts';
import { describePicture } from './sourcePicture.ts';
import { assScript } from './text/assScript.ts';
import type { Typefaces } from './text/font.ts';

/** In the work folder. */
export const CAPTIONS_SCRIPT = 'captions.ass';

/** What a picture is made of. */
export interface PictureOrder {
  readonly order: RenderOrder;
  readonly preset: VideoPreset;
  readonly ranges: readonly SourcedRange[];
  readonly typefaces: Typefaces;
  readonly wavPath: string;
  readonly durationS: number;
  readonly channels: 1 | 2;
  readonly captions: CaptionDocument;
}

interface Staging extends Measuring {
  readonly extraEnv: Record<string, string>;
}

/** Builds the layout and writes the script that libass draws over it. */
export async function stagePicture(tools: MediaTools, wanted: PictureOrder, run: Staging): Promise<Picture> {
  const { order, preset, typefaces, captions } = wanted;
  const picture = await layOut(tools, wanted, run);
  const events = [
    ...picture.events,
    ...captionEvents(captions, preset, typefaces.captions, styled(order.recipe).recipe.brand),
  ];
  await writeFile(join(run.cwd, CAPTIONS_SCRIPT), assScript(preset, typefaces.captions, events));
  return picture;
}

async function layOut(
  tools: MediaTools,
  { order, preset, ranges, typefaces, wavPath, durationS, channels }: PictureOrder,
  run: Staging,
): Promise<Picture> {
  const { recipe } = order;
  const first = ranges[0];
  if (first === undefined) throw new AppError('BAD_INPUT', 'a recipe without ranges');
  switch (recipe.layout) {
    case 'fit':
      return fitPicture(recipe, await shaped(tools, ranges, preset, run), preset, typefaces);
    case 'crop':
    case 'stack': {
      const shapes = await shaped(tools, ranges, preset, run);
      return cropPicture(await tracked(tools, order, shapes, preset, run), preset);
    }
    case 'audiogram': {
      const cardPath = await drawCard(tools, recipe, first.source.coverPath, preset, typefaces, run);
      const levels = await readBars(wavPath, channels, BAR_S);
      const frames = framesIn(durationS, preset.framesPerSecond);
      return audiogramPicture(recipe, preset, typefaces, { cardPath, levels, durationS }, frames);
    }
    case 'none':
      throw new AppError(
        'BAD_INPUT',
        `the preset ${preset.id} needs a picture, and the recipe has no layout`,
      );
  }
}

/** Asks once for each source: a tightened clip has many ranges of one. */
async function shaped(
  tools: MediaTools,
  ranges: readonly SourcedRange[],
  { framesPerSecond }: VideoPreset,
  run: Measuring,
): Promise<ShapedRange[]> {
  const sources = new Set(ranges.map(({ source }) => source));
  const pictures = new Map(
    await Promise.all(
      [...sources].map(async (source) => [source, await describePicture(tools, source, run)] as const),
    ),
  );
  return framedRanges(ranges, framesPerSecond).flatMap((range) => {
    const picture = pictures.get(range.source);
    return picture === undefined ? [] : [{ ...range, ...picture }];
  });
}

async function tracked(
  tools: MediaTools,
  order: RenderOrder,
  ranges: readonly ShapedRange[],
  preset: VideoPreset,
  run: Measuring,
): Promise<TrackedRange[]> {
  const lengthsS = ranges.map(({ range }) => lengthS(range));
  const tracks = divideTrack(await trackOf(tools, order, ranges, preset, run), lengthsS);
  return ranges.flatMap((range, index) => {
    const track = tracks[index];
    return track === undefined ? [] : [{ ...range, track }];
  });
}

/** The track of the whole clip, on its own clock. */
async function trackOf(
  tools: MediaTools,
  { recipe, sources }: RenderOrder,
  ranges: readonly ShapedRange[],
  preset: VideoPreset,
  run: Measuring,
): Promise<CropTrack> {
  const layout = recipe.layout === 'stack' ? 'stack' : 'crop';
  const boxes = recipe.boxes ?? [];
  if (boxes.length === 0) return restingTrack(layout);
  const durationS = ranges.reduce((sum, { range }) => sum + lengthS(range), 0);
  const shots = changesOverTime(boxes)
    ? await findShots(tools, ranges, preset, run)
    : [{ fromS: 0, toS: durationS, look: new Uint8Array() }];
  const spoken = onClipClock(recipe.ranges, (episodeId) => sources.get(episodeId)?.segments ?? []);
  return cropTrack(layout, boxes, spoken, shots);
}

/** Decodes the very frames that the render will show, small, and finds the shots among them. */
async function findShots(
  tools: MediaTools,
  ranges: readonly ShapedRange[],
  { framesPerSecond }: VideoPreset,
  run: Measuring,
): Promise<Shot[]> {
  const { inputs, chains } = readPictures(ranges, framesPerSecond, 0);
  const small = ranges.map((range, index) => `[r${index}]${LOOK_FILTERS},${exactFrames(range)}[l${index}]`);
  const labels = ranges.map((_, index) => `[l${index}]`).join('');
  const filterGraph = [...chains, ...small, `${labels}concat=n=${ranges.length}:v=1:a=0[looks]`].join(';');
  const pictures = await readLooks(tools, { inputs, filterGraph }, run);
  const durationS = ranges.reduce((sum, { range }) => sum + lengthS(range), 0);
  return shotsIn({ perS: framesPerSecond, pictures }, durationS);
}
