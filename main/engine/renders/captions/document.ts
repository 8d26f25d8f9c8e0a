import { clamp, type TimeRange, toMilliseconds } from '../../../domain/time.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import type { VideoPreset } from '../../../domain/preset.ts';
import type { Segment } from '../../../domain/transcript.ts';
import { plainLine } from '../text/drawable.ts';
import { type BeatLimits, inBeats } from './beats.ts';
import type { CaptionCue, CaptionDocument, CaptionWord } from './cue.ts';

/** Short-form practice is 2 to 4 words and 16 to 20 characters at once; a wide frame is read like television. */
const TALL_BEATS: BeatLimits = { maxWords: 4, idealCharacters: 14, maxCharacters: 20 };
const WIDE_BEATS: BeatLimits = { maxWords: 7, idealCharacters: 26, maxCharacters: 37 };
/** Two lines of 25, for words whose times are only roughly known. */
const CALM_BEATS: BeatLimits = { maxWords: 12, idealCharacters: 40, maxCharacters: 50 };

const PAUSE_S = 0.9;
const SHORTEST_CUE_S = 0.35;
/** How long a caption stays after its last word when nothing follows. */
const LINGER_S = 0.4;
/** No word of a living language needs more; a longer one would shrink everything beside it. */
const LONGEST_WORD = 24;
const SENTENCE_END = /[.!?…。！？]["'”’)\]]*$/u;

/** The captions of one range: its words on the clip's clock, grouped in beats that do not flicker. */
export function captionDocument(
  segments: readonly Segment[],
  range: TimeRange,
  style: Recipe['captionStyle'],
  preset: VideoPreset,
): CaptionDocument {
  switch (style) {
    case 'none':
      return { cues: [] };
    case 'karaoke': {
      const phrases = segments.flatMap((segment) => phrasesOf(segment, range));
      const cues = phrases.flatMap((phrase) => cuesOf(phrase, preset));
      return { cues: steadied(cues, range.toS - range.fromS) };
    }
  }
}

/** Captions of ranges that are joined, each moved behind the ones before it. */
export function joinDocuments(
  parts: readonly { readonly document: CaptionDocument; readonly durationS: number }[],
): CaptionDocument {
  let offsetS = 0;
  const cues: CaptionCue[] = [];
  for (const { document, durationS } of parts) {
    cues.push(...document.cues.map((cue) => movedCue(cue, offsetS)));
    offsetS += durationS;
  }
  return { cues };
}

const moved = <T extends TimeRange>(item: T, byS: number): T => ({
  ...item,
  fromS: toMilliseconds(item.fromS + byS),
  toS: toMilliseconds(item.toS + byS),
});
const movedCue = (cue: CaptionCue, byS: number): CaptionCue => ({
  ...moved(cue, byS),
  words: cue.words.map((word) => moved(word, byS)),
});

/** The plain text of the captions, one cue a line. */
export const captionsText = (document: CaptionDocument): string =>
  document.cues.map((cue) => cue.words.map((word) => word.text).join(' ')).join('\n');

/** Words that belong together: no sentence end and no pause between them. */
interface Phrase {
  readonly words: readonly CaptionWord[];
  readonly followsWords: boolean;
}

function phrasesOf(segment: Segment, range: TimeRange): Phrase[] {
  const lastS = range.toS - range.fromS;
  const words = segment.words
    .filter((word) => isWithin((word.fromS + word.toS) / 2, range))
    .map((word) => ({
      text: plainLine(word.text),
      fromS: toMilliseconds(clamp(word.fromS - range.fromS, 0, lastS)),
      toS: toMilliseconds(clamp(word.toS - range.fromS, 0, lastS)),
    }))
    .filter((word) => word.text !== '')
    .flatMap(inReadablePieces);
  return splitWhere(words, endsPhrase).map((group) => ({
    words: group,
    followsWords: segment.timing !== 'approximate',
  }));
}

const isWithin = (timeS: number, range: TimeRange): boolean => timeS >= range.fromS && timeS < range.toS;

const endsPhrase = (word: CaptionWord, next: CaptionWord): boolean =>
  SENTENCE_END.test(word.text) || next.fromS - word.toS > PAUSE_S;

function splitWhere<T>(items: readonly T[], isEnd: (item: T, next: T) => boolean): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  items.forEach((item, index) => {
    group.push(item);
    const next = items[index + 1];
    if (next === undefined || isEnd(item, next)) {
      groups.push(group);
      group = [];
    }
  });
  return groups;
}

function inReadablePieces(word: CaptionWord): CaptionWord[] {
  const characters = Array.from(word.text);
  if (characters.length <= LONGEST_WORD) return [word];
  const count = Math.ceil(characters.length / LONGEST_WORD);
  const pieceS = (word.toS - word.fromS) / count;
  return Array.from({ length: count }, (_, piece) => ({
    text: characters.slice(piece * LONGEST_WORD, (piece + 1) * LONGEST_WORD).join(''),
    fromS: toMilliseconds(word.fromS + piece * pieceS),
    toS: toMilliseconds(word.fromS + (piece + 1) * pieceS),
  }));
}

function cuesOf({ words, followsWords }: Phrase, preset: VideoPreset): CaptionCue[] {
  const spoken = preset.width > preset.height ? WIDE_BEATS : TALL_BEATS;
  return inBeats(words, followsWords ? spoken : CALM_BEATS).map((beat) => ({
    words: beat,
    followsWords,
    fromS: beat[0]?.fromS ?? 0,
    toS: beat.at(-1)?.toS ?? 0,
  }));
}

/** Closes small gaps, lets the last caption before a pause linger, and gives every cue time to be read. */
function steadied(cues: readonly CaptionCue[], clipS: number): CaptionCue[] {
  const steady: CaptionCue[] = [];
  let freeFromS = 0;
  cues.forEach((cue, index) => {
    const next = cues[index + 1];
    const nextFromS = next?.fromS ?? clipS;
    const isPause = next === undefined || nextFromS - cue.toS > PAUSE_S;
    const fromS = Math.max(cue.fromS, freeFromS);
    const wantedS = isPause ? Math.min(nextFromS, cue.toS + LINGER_S) : nextFromS;
    const toS = Math.min(clipS, Math.max(wantedS, fromS + SHORTEST_CUE_S));
    if (toS <= fromS) return;
    freeFromS = toS;
    steady.push({ ...cue, fromS: toMilliseconds(fromS), toS: toMilliseconds(toS) });
  });
  return steady;
}
