import { AppError } from '../../domain/errors.ts';
import { type Loudness, type Preset, PRESETS } from '../../domain/preset.ts';
import { lengthS } from '../../domain/time.ts';
import type { MediaTools } from '../media/tools.ts';
import type { CaptionDocument } from './captions/cue.ts';
import { captionsText } from './captions/document.ts';
import { captionsBox } from './captions/measure.ts';
import { type ClipWords, unmaskedTexts, wordsOf } from './clipWords.ts';
import type { EncodeOrder } from './encode.ts';
import { installTypefaces } from './fonts.ts';
import { frameGeometry } from './frame.ts';
import { planLoudness } from './loudness.ts';
import { maskSound } from './maskSound.ts';
import type { RenderOrder, RenderRun, SourcedRange } from './order.ts';
import { channelsFor, prepareAudio } from './prepareAudio.ts';
import type { Expectation } from './expectation.ts';
import { CAPTIONS_SCRIPT, stagePicture } from './stagePicture.ts';
import { missingCharacters } from './text/drawable.ts';
import { loadTypefaces, type Typefaces } from './text/font.ts';

/** Everything that is ready before the one long ffmpeg run. */
export interface Staged {
  readonly encodeOrder: EncodeOrder;
  readonly expectation: Expectation;
  readonly words: ClipWords;
  readonly extraEnv: Record<string, string>;
}

/** Loads the typefaces, prepares and levels the sound, lays out picture and captions. */
export async function prepareExport(tools: MediaTools, order: RenderOrder, run: RenderRun): Promise<Staged> {
  const { recipe, workDir } = order;
  const mode = recipe.bleeps?.mode ?? 'mute';
  const preset = PRESETS[recipe.preset];
  const ranges = sourcedRanges(order);
  const durationS = ranges.reduce((sum, { range }) => sum + lengthS(range), 0);
  const channels = channelsFor(preset.kind, ranges);
  const target = targetOf(preset, channels);
  const measuring = { cwd: workDir, signal: run.signal };
  const typefaces = await loadTypefaces(order.fontsDir);
  const extraEnv = await installTypefaces(typefaces, order.fontsDir, workDir);
  const words = wordsOf(order, durationS);
  const { captions } = words;
  const wavPath = await prepareAudio(tools, ranges, channels, measuring);
  await maskSound(wavPath, channels, words.masked, mode);
  const loudness = await planLoudness(tools, wavPath, target, measuring);
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
    words,
    encodeOrder: {
      ...common,
      recipe,
      wavPath,
      picture,
      scriptFile: CAPTIONS_SCRIPT,
      targetPath: order.partialPath,
    },
    expectation: {
      ...common,
      target,
      close: {
        preparedPath: wavPath,
        durationS,
        joinsS: joinsOf(ranges),
        masked: words.masked,
        mode,
        firstWord: words.firstWord,
        lastWord: words.lastWord,
      },
      cutWords: words.cutWords,
      unmaskedTexts: unmaskedTexts(order, words),
      ...textExpectation(order, preset, captions, typefaces),
    },
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

/** Where one range ends and the next begins, on the clip's clock. */
function joinsOf(ranges: readonly SourcedRange[]): number[] {
  let atS = 0;
  return ranges.slice(0, -1).map(({ range }) => (atS += lengthS(range)));
}

function targetOf(preset: Preset, channels: 1 | 2): Loudness {
  if (preset.kind === 'video') return preset.loudness;
  return channels === 1 ? preset.monoLoudness : preset.stereoLoudness;
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
