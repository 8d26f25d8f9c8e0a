import { type Preset, PRESETS } from '../../domain/preset.ts';
import type { Recipe } from '../../domain/recipe.ts';
import { formatClock, type TimeRange } from '../../domain/time.ts';
import { maskSpeech, saysBleeped } from './bleeps.ts';
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
