import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { MediaFacts } from '../../domain/episode.ts';
import type { Proof } from '../../domain/exportedFile.ts';
import { type Loudness, type Preset, PRESETS, type VideoPreset } from '../../domain/preset.ts';
import type { Recipe } from '../../domain/recipe.ts';
import { lengthS } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { MediaTools } from '../media/tools.ts';
import { captionEvents } from './captions/ass.ts';
import { type CaptionDocument, captionDocument, captionsText, joinDocuments } from './captions/document.ts';
import { captionsBox } from './captions/measure.ts';
import { encode, type EncodeOrder } from './encode.ts';
import { installTypefaces } from './fonts.ts';
import { frameGeometry, framesIn } from './frame.ts';
import { audiogramPicture, drawCard } from './layouts/audiogram.ts';
import { fitPicture } from './layouts/fit.ts';
import type { Picture } from './layouts/picture.ts';
import { BAR_S } from './layouts/waveform.ts';
import { lowered, planLoudness } from './loudness.ts';
import { channelsFor, prepareAudio, type SourcedRange } from './prepareAudio.ts';
import { type Expectation, type Measured, prove } from './proof.ts';
import { assScript } from './text/assScript.ts';
import { missingCharacters } from './text/drawable.ts';
import { loadTypefaces, type Typefaces } from './text/font.ts';
import { readBars } from './waveform.ts';

export interface RenderSource {
  readonly path: string;
  readonly facts: MediaFacts;
  readonly coverPath?: string;
}

/** Everything that one export needs to know. */
export interface RenderOrder {
  readonly recipe: Recipe;
  readonly sources: ReadonlyMap<string, RenderSource>;
  /** Of the clip's episode, on the episode's clock. */
  readonly segments: readonly Segment[];
  /** Private and existing; emptied by the caller afterwards. */
  readonly workDir: string;
  /** Where the finished but unpublished file goes: on the destination's volume, and not there yet. */
  readonly partialPath: string;
  /** The folder of the typefaces that ship. */
  readonly fontsDir: string;
}

export interface Rendered {
  readonly durationS: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number;
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
  /** How far the limiter had to reach, in dB. */
  readonly limitingDb: number;
  readonly proof: Proof;
  /** What the captions say, one cue a line. */
  readonly captionsText?: string;
}

export interface RenderRun {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Share of the work that is done once the sound is prepared, and once the file is encoded. */
const PREPARED = 0.08;
const ENCODED = 0.9;
/** The highest peak that is left as it is; AAC decoders differ by a few hundredths of a decibel. */
const PEAK_MARGIN_DB = 0.05;
const CAPTIONS_SCRIPT = 'captions.ass';

/**
 * Renders a recipe to an unpublished file, decodes it again and measures it. The proof says whether it may be
 * published. Throws NO_SOUND, NOT_FOUND for an episode without a source, ffmpeg's errors, or the signal's reason; a
 * half-made file is removed.
 */
export async function renderExport(tools: MediaTools, order: RenderOrder, run: RenderRun): Promise<Rendered> {
  try {
    const staged = await prepare(tools, order, run);
    run.onProgress?.(PREPARED);
    const { proof, measured, expectation } = await encodeAndProve(tools, staged, order, run);
    run.onProgress?.(1);
    return {
      durationS: measured.file.durationS,
      width: measured.file.video?.width ?? null,
      height: measured.file.video?.height ?? null,
      bytes: (await stat(order.partialPath)).size,
      integratedLufs: measured.sound.integratedLufs,
      truePeakDbtp: measured.sound.truePeakDbtp ?? measured.sound.samplePeakDbfs,
      limitingDb: expectation.loudness.limitingDb,
      proof,
      ...(staged.captions.cues.length === 0 ? {} : { captionsText: captionsText(staged.captions) }),
    };
  } catch (error) {
    await rm(order.partialPath, { force: true });
    throw error;
  }
}

/** Everything that is ready before the one long ffmpeg run. */
interface Staged {
  readonly encodeOrder: EncodeOrder;
  readonly expectation: Expectation;
  readonly captions: CaptionDocument;
  readonly extraEnv: Record<string, string>;
}

async function prepare(tools: MediaTools, order: RenderOrder, run: RenderRun): Promise<Staged> {
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
    ...captionEvents(captions, preset, typefaces.captions, order.recipe.brand),
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
      return fitPicture(recipe, ranges, preset, typefaces);
    case 'audiogram': {
      const cardPath = await drawCard(tools, recipe, first.source, preset, typefaces, run);
      const levels = await readBars(wavPath, channels, BAR_S);
      const frames = framesIn(durationS, preset.framesPerSecond);
      return audiogramPicture(recipe, preset, { cardPath, levels, durationS }, frames);
    }
    case 'none':
      throw new AppError(
        'BAD_INPUT',
        `the preset ${preset.id} needs a picture, and the recipe has no layout`,
      );
  }
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
  const missing = new Set([
    ...missingCharacters(captionsText(captions), typefaces.captions),
    ...missingCharacters(drawnTitles, typefaces.titles),
  ]);
  return {
    missingCharacters: [...missing],
    captions: box === undefined ? undefined : { box, safe: frameGeometry(preset).safe },
  };
}

interface Proven {
  readonly proof: Proof;
  readonly measured: Measured;
  readonly expectation: Expectation;
}

async function encodeAndProve(
  tools: MediaTools,
  { encodeOrder, expectation, extraEnv }: Staged,
  order: RenderOrder,
  run: RenderRun,
): Promise<Proven> {
  const first = await attempt(tools, encodeOrder, expectation, extraEnv, order, run);
  const excessDb =
    (first.measured.sound.truePeakDbtp ?? 0) - (expectation.target.truePeakLimitDbtp - PEAK_MARGIN_DB);
  if (excessDb <= 0) return first;
  const loudness = lowered(expectation.loudness, excessDb);
  await rm(order.partialPath);
  return attempt(tools, { ...encodeOrder, loudness }, { ...expectation, loudness }, extraEnv, order, run);
}

async function attempt(
  tools: MediaTools,
  encodeOrder: EncodeOrder,
  expectation: Expectation,
  extraEnv: Record<string, string>,
  { workDir, partialPath }: RenderOrder,
  { signal, onProgress }: RenderRun,
): Promise<Proven> {
  await encode(tools, encodeOrder, {
    cwd: workDir,
    signal,
    extraEnv,
    onProgress: (fraction) => onProgress?.(PREPARED + fraction * (ENCODED - PREPARED)),
  });
  const { proof, measured } = await prove(tools, partialPath, expectation, { cwd: workDir, signal });
  return { proof, measured, expectation };
}
