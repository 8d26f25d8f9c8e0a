import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { type Loudness, type Preset, PRESETS, type VideoPreset } from '../../domain/preset.ts';
import { lengthS } from '../../domain/time.ts';
import { readLooks } from '../media/looks.ts';
import type { MediaTools } from '../media/tools.ts';
import { readBars } from './bars.ts';
import { captionEvents } from './captions/ass.ts';
import type { CaptionDocument } from './captions/cue.ts';
import { captionDocument, captionsText, joinDocuments } from './captions/document.ts';
import { captionsBox } from './captions/measure.ts';
import type { EncodeOrder } from './encode.ts';
import { installTypefaces } from './fonts.ts';
import { frameGeometry, framesIn } from './frame.ts';
import { audiogramPicture, drawCard } from './layouts/audiogram.ts';
import { cropPicture, type TrackedRange } from './layouts/crop.ts';
import { changesOverTime, cropTrack, restingTrack } from './layouts/cropTrack.ts';
import { fitPicture } from './layouts/fit.ts';
import type { Picture } from './layouts/picture.ts';
import type { ShapedRange } from './layouts/pictureRange.ts';
import { styled } from './layouts/styled.ts';
import { shotsIn } from './layouts/shots.ts';
import { BAR_S } from './layouts/waveform.ts';
import { type Measuring, planLoudness } from './loudness.ts';
import type { RenderOrder, RenderRun } from './order.ts';
import { channelsFor, prepareAudio, type SourcedRange } from './prepareAudio.ts';
import type { Expectation } from './proofChecks.ts';
import { describePicture } from './sourcePicture.ts';
import { assScript } from './text/assScript.ts';
import { missingCharacters } from './text/drawable.ts';
import { loadTypefaces, type Typefaces } from './text/font.ts';

const CAPTIONS_SCRIPT = 'captions.ass';

/** Everything that is ready before the one long ffmpeg run. */
export interface Staged {
  readonly encodeOrder: EncodeOrder;
  readonly expectation: Expectation;
  readonly captions: CaptionDocument;
  readonly extraEnv: Record<string, string>;
}

/** Loads the typefaces, prepares and levels the sound, lays out picture and captions. */
export async function prepareExport(tools: MediaTools, order: RenderOrder, run: RenderRun): Promise<Staged> {
  const { recipe, workDir } = order;
  const preset = PRESETS[recipe.preset];
  const ranges = sourcedRanges(order);
  const durationS = ranges.reduce((sum, { range }) => sum + lengthS(range), 0);
  const channels = channelsFor(preset.kind, ranges);
  const target = targetOf(preset, channels);
  const measuring = { cwd: workDir, signal: run.signal };
  const typefaces = await loadTypefaces(order.fontsDir);
  const extraEnv = await installTypefaces(typefaces, order.fontsDir, workDir);
  const wavPath = await prepareAudio(tools, ranges, channels, measuring);
  const loudness = await planLoudness(tools, wavPath, target, measuring);
  const captions = preset.kind === 'video' ? captionsOf(order, preset) : { cues: [] };
  const common = { preset, durationS, channels, loudness };
  const picture =
    preset.kind === 'video'
      ? await stagePicture(
          tools,
          { order, preset, ranges, typefaces, wavPath, durationS, channels, captions },
          { ...measuring, extraEnv },
        )
      : undefined;
  return {
    extraEnv,
    captions,
    encodeOrder: {
      ...common,
      recipe,
      wavPath,
      picture,
      scriptFile: CAPTIONS_SCRIPT,
      targetPath: order.partialPath,
    },
    expectation: { ...common, target, ...textExpectation(order, preset, captions, typefaces) },
  };
}

function sourcedRanges({ recipe, sources }: RenderOrder): SourcedRange[] {
  return recipe.ranges.map((range) => {
    const source = sources.get(range.episodeId);
    if (source === undefined) throw new AppError('NOT_FOUND', `no source for episode ${range.episodeId}`);
    if (lengthS(range) <= 0) throw new AppError('BAD_INPUT', `an empty range at ${range.fromS} s`);
    return { range, source };
  });
}

function targetOf(preset: Preset, channels: 1 | 2): Loudness {
  if (preset.kind === 'video') return preset.loudness;
  return channels === 1 ? preset.monoLoudness : preset.stereoLoudness;
}

/** Captions are known for the first range's episode; ranges of other episodes go without. */
function captionsOf({ recipe, segments }: RenderOrder, preset: VideoPreset): CaptionDocument {
  const own = recipe.ranges[0]?.episodeId;
  return joinDocuments(
    recipe.ranges.map((range) => ({
      document: captionDocument(range.episodeId === own ? segments : [], range, recipe.captionStyle, preset),
      durationS: lengthS(range),
    })),
  );
}

interface PictureOrder {
  readonly order: RenderOrder;
  readonly preset: VideoPreset;
  readonly ranges: readonly SourcedRange[];
  readonly typefaces: Typefaces;
  readonly wavPath: string;
  readonly durationS: number;
  readonly channels: 1 | 2;
  readonly captions: CaptionDocument;
}

/** Builds the layout and writes the script that libass draws over it. */
async function stagePicture(
  tools: MediaTools,
  wanted: PictureOrder,
  run: {
    readonly cwd: string;
    readonly signal: AbortSignal | undefined;
    readonly extraEnv: Record<string, string>;
  },
): Promise<Picture> {
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
  run: {
    readonly cwd: string;
    readonly signal: AbortSignal | undefined;
    readonly extraEnv: Record<string, string>;
  },
): Promise<Picture> {
  const { recipe } = order;
  const first = ranges[0];
  if (first === undefined) throw new AppError('BAD_INPUT', 'a recipe without ranges');
  switch (recipe.layout) {
    case 'fit':
      return fitPicture(recipe, await shaped(tools, ranges, run), preset, typefaces);
    case 'crop':
    case 'stack':
      return cropPicture(await tracked(tools, order, await shaped(tools, ranges, run), run), preset);
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

const shaped = (tools: MediaTools, ranges: readonly SourcedRange[], run: Measuring): Promise<ShapedRange[]> =>
  Promise.all(
    ranges.map(async (range) => ({ ...range, ...(await describePicture(tools, range.source, run)) })),
  );

/** Speakers are known for the first range's episode; in ranges of other episodes the crop rests. */
function tracked(
  tools: MediaTools,
  { recipe, segments }: RenderOrder,
  ranges: readonly ShapedRange[],
  run: Measuring,
): Promise<TrackedRange[]> {
  const boxes = recipe.boxes ?? [];
  const own = recipe.ranges[0]?.episodeId;
  return Promise.all(
    ranges.map(async (shape) => {
      const layout = recipe.layout === 'stack' ? 'stack' : 'crop';
      if (boxes.length === 0) return { ...shape, track: restingTrack(layout) };
      const { range, source } = shape;
      const lengthOfRangeS = lengthS(range);
      const shots = changesOverTime(boxes)
        ? shotsIn(await readLooks(tools, source, range, run), lengthOfRangeS)
        : [{ fromS: 0, toS: lengthOfRangeS, look: new Uint8Array() }];
      const spoken = { segments: range.episodeId === own ? segments : [], range };
      return { ...shape, track: cropTrack(layout, boxes, spoken, shots) };
    }),
  );
}

function textExpectation(
  { recipe }: RenderOrder,
  preset: Preset,
  captions: CaptionDocument,
  typefaces: Typefaces,
): Pick<Expectation, 'captions' | 'missingCharacters'> {
  if (preset.kind === 'audio') return { missingCharacters: [] };
  const box = captionsBox(captions, preset, typefaces.captions);
  const drawnTitles = `${recipe.title} ${recipe.layout === 'audiogram' ? recipe.showName : ''}`;
  const endWords = recipe.template?.endCard?.text ?? '';
  const missing = new Set([
    ...missingCharacters(`${captionsText(captions)} ${endWords}`, typefaces.captions),
    ...missingCharacters(drawnTitles, typefaces.titles),
  ]);
  return {
    missingCharacters: [...missing],
    captions: box === undefined ? undefined : { box, safe: frameGeometry(preset).safe },
  };
}
