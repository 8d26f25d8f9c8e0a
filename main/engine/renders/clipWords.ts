import { type Preset, PRESETS } from '../../domain/preset.ts';
import type { Recipe, RecipeRange } from '../../domain/recipe.ts';
import { formatClock, overlapS, type TimeRange } from '../../domain/time.ts';
import type { Segment, Timing } from '../../domain/transcript.ts';
import { maskSpeech, maskText, saysBleeped } from './bleeps.ts';
import { onClipClock } from './captions/clipClock.ts';
import { type CaptionDocument, speakersOf } from './captions/cue.ts';
import {
  captionDocument,
  captionsText,
  charactersPerSecond,
  READABLE_CPS,
  readingDocument,
} from './captions/document.ts';
import type { RenderOrder } from './order.ts';

/** What is read and what is not heard in a clip. */
export interface ClipWords {
  /** Drawn into the picture; empty where nothing is. */
  readonly captions: CaptionDocument;
  /** For the files beside the export: what is drawn, or calm captions where nothing is. */
  readonly reading: CaptionDocument;
  /** Where the sound is masked, on the clip's clock. */
  readonly masked: readonly TimeRange[];
  /** Where the first and the last word are said, on the clip's clock; undefined where nobody knows or hears it. */
  readonly firstWord: TimeRange | undefined;
  readonly lastWord: TimeRange | undefined;
  /** Words that the in or out point cuts into. */
  readonly cutWords: readonly string[];
  /** Sentences for a person about what is hard to read or only roughly placed. */
  readonly warnings: readonly string[];
}

/** Masks and lays out what is said in the recipe's ranges. */
export function wordsOf({ recipe, sources }: RenderOrder, durationS: number): ClipWords {
  const preset: Preset = PRESETS[recipe.preset];
  const spoken = onClipClock(recipe.ranges, (episodeId) => sources.get(episodeId)?.segments ?? []);
  const { segments, stretches, isEstimated } = maskSpeech(spoken, recipe.bleeps);
  const captions =
    preset.kind === 'video'
      ? captionDocument(segments, { fromS: 0, toS: durationS }, recipe.captionStyle, preset)
      : { cues: [] };
  const reading = captions.cues.length > 0 ? captions : readingDocument(segments, durationS);
  return {
    ...endsOf(spoken, stretches),
    cutWords: cutWords(recipe, sources),
    captions,
    reading,
    masked: stretches.map(({ fromS, toS }) => ({ fromS, toS: Math.min(toS, durationS) })),
    warnings: [
      ...tooFast(recipe, captions),
      ...(isEstimated
        ? ['The transcript does not time every word, so bleeps are wider than the words: listen to them.']
        : []),
    ],
  };
}

/** A transcript that times every word is taken at its word; inside a cue the times are estimates. */
const WORD_MARGIN_S: Readonly<Record<Timing, number | undefined>> = {
  word: 0,
  cue: 0.5,
  approximate: undefined,
};

function endsOf(
  spoken: readonly Segment[],
  masked: readonly TimeRange[],
): Pick<ClipWords, 'firstWord' | 'lastWord'> {
  const timed = (segment: Segment | undefined, at: 0 | -1): TimeRange | undefined => {
    const word = segment?.words.at(at);
    const marginS = segment && WORD_MARGIN_S[segment.timing];
    if (word === undefined || marginS === undefined) return undefined;
    // A masked word is silent, or a tone.
    if (masked.some((stretch) => overlapS(stretch, word) > 0)) return undefined;
    return { fromS: Math.max(0, word.fromS - marginS), toS: word.toS + marginS };
  };
  return { firstWord: timed(spoken[0], 0), lastWord: timed(spoken.at(-1), -1) };
}

/** As much of a word may be missing as nobody hears: its times are not more exact than this. */
const UNHEARD_S = 0.1;

function cutWords({ ranges, bleeps }: Recipe, sources: RenderOrder['sources']): string[] {
  const [first, last] = [ranges[0], ranges.at(-1)];
  const across = (range: RecipeRange | undefined, atS: number | undefined): string[] =>
    (sources.get(range?.episodeId ?? '')?.segments ?? [])
      .filter(({ timing }) => timing === 'word')
      .flatMap(({ words }) => words)
      .filter(({ fromS, toS }) => atS !== undefined && fromS < atS - UNHEARD_S && toS > atS + UNHEARD_S)
      .map(({ text }) => maskText(text, bleeps));
  return [...across(first, first?.fromS), ...across(last, last?.toS)];
}

function tooFast({ captionStyle }: Recipe, captions: CaptionDocument): string[] {
  if (captionStyle !== 'calm') return [];
  const fast = captions.cues.filter((cue) => charactersPerSecond(cue) > READABLE_CPS);
  const fastest = fast.toSorted((a, b) => charactersPerSecond(b) - charactersPerSecond(a))[0];
  if (fastest === undefined) return [];
  const most = `${Math.round(charactersPerSecond(fastest))} characters a second at ${formatClock(fastest.fromS)}`;
  return [
    `${fast.length} of ${captions.cues.length} captions are hard to read along; the fastest has ${most}.`,
  ];
}

/** The texts of an export that say a word of its bleep list; undefined where it has none. */
export function unmaskedTexts(
  { recipe, fileName }: RenderOrder,
  { captions, reading }: ClipWords,
): string[] | undefined {
  if (recipe.bleeps === null) return undefined;
  const texts = {
    title: recipe.title,
    show: recipe.showName,
    episode: recipe.episode.title,
    captions: captionsText(captions).replaceAll('\n', ' '),
    'subtitle files': captionsText(reading).replaceAll('\n', ' '),
    speakers: speakersOf(reading).join(' '),
    'end card': recipe.template?.endCard?.text ?? '',
    'file name': fileName ?? '',
  };
  return Object.entries(texts).flatMap(([name, text]) => (saysBleeped(text, recipe.bleeps) ? [name] : []));
}
