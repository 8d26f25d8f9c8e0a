import { clamp, type TimeRange, toMilliseconds } from '../../../domain/time.ts';
import type { CaptionStyle } from '../../../domain/recipe.ts';
import type { VideoPreset } from '../../../domain/preset.ts';
import type { Segment } from '../../../domain/transcript.ts';
import { frameGeometry } from '../frame.ts';
import { plainLine } from '../text/drawable.ts';
import { type BeatLimits, inBeats } from './beats.ts';
import { CALM_S, inCalmGroups } from './calm.ts';
import { type CaptionCue, cueLines, type CaptionDocument, type CaptionWord } from './cue.ts';
import { endsSentence } from './grammar.ts';

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
/** Television's line, and what a narrow frame holds of it at a size that a phone still shows well. */
const CALM_LINE = { least: 24, most: 37, characterPx: 30 } as const;
/** Faster than this is hard to read along (Netflix: 20 for adults). */
export const READABLE_CPS = 20;

/** The captions of one range: its words on the clip's clock, grouped in cues that do not flicker. */
export function captionDocument(
  segments: readonly Segment[],
  range: TimeRange,
  style: CaptionStyle,
  preset: VideoPreset,
): CaptionDocument {
  const clipS = range.toS - range.fromS;
  const phrases = segments.flatMap((segment) => phrasesOf(segment, range));
  switch (style) {
    case 'none':
      return { cues: [] };
    case 'calm':
      return { cues: steadied(calmCues(phrases, calmLineOf(preset)), clipS, CALM_S) };
    case 'karaoke': {
      const cues = phrases.flatMap((phrase) => cuesOf(phrase, preset));
      return { cues: steadied(cues, clipS, { shortest: SHORTEST_CUE_S, longest: Infinity }) };
    }
  }
}

/** Calm captions for reading beside a clip, whatever its frame. */
export const readingDocument = (segments: readonly Segment[], clipS: number): CaptionDocument => {
  const phrases = segments.flatMap((segment) => phrasesOf(segment, { fromS: 0, toS: clipS }));
  return { cues: steadied(calmCues(phrases, CALM_LINE.most), clipS, CALM_S) };
};

/** Characters that a line of calm captions holds in a frame. */
const calmLineOf = (preset: VideoPreset): number =>
  clamp(
    Math.floor(frameGeometry(preset).captions.width / CALM_LINE.characterPx),
    CALM_LINE.least,
    CALM_LINE.most,
  );

/** Characters a second of a cue, spaces included, as guides for subtitles count them. */
export const charactersPerSecond = (cue: CaptionCue): number =>
  Array.from(cueLines(cue).join(' ')).length / Math.max(0.001, cue.toS - cue.fromS);

/** The plain text of the captions, one cue a line. */
export const captionsText = (document: CaptionDocument): string =>
  document.cues.map((cue) => cue.words.map((word) => word.text).join(' ')).join('\n');

/** Words that belong together: no sentence end and no pause between them. */
interface Phrase {
  readonly words: readonly CaptionWord[];
  readonly followsWords: boolean;
  readonly speaker: string | undefined;
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
    speaker: plainLine(segment.speaker ?? '') || undefined,
  }));
}

const isWithin = (timeS: number, range: TimeRange): boolean => timeS >= range.fromS && timeS < range.toS;

const endsPhrase = (word: CaptionWord, next: CaptionWord): boolean =>
  endsSentence(word.text) || next.fromS - word.toS > PAUSE_S;

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

function cuesOf({ words, followsWords, speaker }: Phrase, preset: VideoPreset): CaptionCue[] {
  const spoken = preset.width > preset.height ? WIDE_BEATS : TALL_BEATS;
  return inBeats(words, followsWords ? spoken : CALM_BEATS).map((beat) => ({
    words: beat,
    followsWords,
    ...(speaker === undefined ? {} : { speaker }),
    fromS: beat[0]?.fromS ?? 0,
    toS: beat.at(-1)?.toS ?? 0,
  }));
}

/** Sentences that one person says without a pause are divided together: a short one may share its caption. */
function calmCues(phrases: readonly Phrase[], lineCharacters: number): CaptionCue[] {
  const turns = splitWhere(phrases, (phrase, next) => {
    const gapS = (next.words[0]?.fromS ?? 0) - (phrase.words.at(-1)?.toS ?? 0);
    return next.speaker !== phrase.speaker || gapS > PAUSE_S;
  });
  return turns.flatMap((turn) => {
    const speaker = turn[0]?.speaker;
    return inCalmGroups(
      turn.flatMap((phrase) => phrase.words),
      lineCharacters,
    ).map(({ words, lineEnds }) => ({
      words,
      lineEnds,
      followsWords: false,
      ...(speaker === undefined ? {} : { speaker }),
      fromS: words[0]?.fromS ?? 0,
      toS: words.at(-1)?.toS ?? 0,
    }));
  });
}

/**
 * Closes small gaps, lets the last caption before a pause linger, and gives every cue time to be read; one that the
 * clip's end would cut short begins earlier, where there is room.
 */
function steadied(
  cues: readonly CaptionCue[],
  clipS: number,
  times: { readonly shortest: number; readonly longest: number },
): CaptionCue[] {
  const steady: CaptionCue[] = [];
  let freeFromS = 0;
  cues.forEach((cue, index) => {
    const next = cues[index + 1];
    const nextFromS = next?.fromS ?? clipS;
    const isPause = next === undefined || nextFromS - cue.toS > PAUSE_S;
    const latestS = next === undefined ? Math.max(0, clipS - times.shortest) : clipS;
    const fromS = Math.max(Math.min(cue.fromS, latestS), freeFromS);
    const wantedS = isPause ? Math.min(nextFromS, cue.toS + LINGER_S) : nextFromS;
    const longestS = Math.max(fromS + times.longest, cue.toS);
    const toS = Math.min(clipS, longestS, Math.max(wantedS, fromS + times.shortest));
    if (toS <= fromS) return;
    freeFromS = toS;
    steady.push({ ...cue, fromS: toMilliseconds(fromS), toS: toMilliseconds(toS) });
  });
  return steady;
}
