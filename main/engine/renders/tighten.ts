import type { Levels } from '../../domain/levels.ts';
import { lengthS, type TimeRange, toMilliseconds } from '../../domain/time.ts';
import type { Segment, Timing, Word } from '../../domain/transcript.ts';
import { type Filler, findFillers, isAnswerPause, isWrittenLaughter, type RefusalReason } from './fillers.ts';
import { heardIn, type HeardIn } from './heardIn.ts';

export type { RefusalReason } from './fillers.ts';

/** What is left of a range once it is tightened, and where it was left as it is although it could be shorter. */
export interface Tightening {
  readonly ranges: readonly TimeRange[];
  readonly removedS: number;
  readonly refused: readonly { readonly atS: number; readonly why: RefusalReason }[];
}

const LONG_PAUSE_S = 0.7;
/** A shortened pause keeps 0.35 s: the end of the one word dies away, and the next is breathed in. */
const KEPT_AFTER_S = 0.2;
const KEPT_BEFORE_S = 0.15;
/** Laughter this soon after a pause belongs to what was said behind it: the pause is timing. */
const PUNCHLINE_S = 3;
const SHORTEST_PIECE_S = 0.1;

interface TimedWord extends Word {
  readonly timing: Timing;
  /** True for the first word of its sentence or cue: the gap before it was timed by the source. */
  readonly isFirst: boolean;
}

/**
 * Plans shorter pauses and fewer fillers inside a range, all on the episode's clock. Pauses over 0.7 s between words
 * come down to 0.35 s, where nothing is heard in them and no laughter follows; fillers go at the edges of words that
 * the source has timed. Nothing is cut that would change what is said.
 */
export function planTightening(segments: readonly Segment[], range: TimeRange, levels: Levels): Tightening {
  const words = wordsIn(segments, range);
  const listen = heardIn(levels, words, range);
  const fillers = findFillers(words).filter(({ first }) => words[first]?.timing === 'word');
  const cuts: TimeRange[] = [];
  const refused: { atS: number; why: RefusalReason }[] = fillers.flatMap(({ first, refused: why }) =>
    why === undefined ? [] : [{ atS: words[first]?.fromS ?? 0, why }],
  );
  const gone = fillers.filter((filler) => filler.refused === undefined);
  const kept = words.map((_, index) => index).filter((index) => !isIn(gone, index));
  for (const filler of gone) cuts.push(cutOf(words, filler));
  kept.slice(1).forEach((next, place) => {
    const pause = pauseBetween(words, kept[place] ?? 0, next);
    if (pause === undefined) return;
    const why = whyKept({ words, listen, clipEndS: range.toS }, kept[place] ?? 0, next, pause);
    if (why === undefined) cuts.push({ fromS: pause.fromS + KEPT_AFTER_S, toS: pause.toS - KEPT_BEFORE_S });
    else refused.push({ atS: toMilliseconds(pause.fromS), why });
  });
  const ranges = without(range, cuts);
  const leftS = ranges.reduce((sum, piece) => sum + lengthS(piece), 0);
  return {
    ranges,
    removedS: toMilliseconds(lengthS(range) - leftS),
    refused: refused.toSorted((a, b) => a.atS - b.atS),
  };
}

const wordsIn = (segments: readonly Segment[], range: TimeRange): TimedWord[] =>
  segments
    .flatMap(({ words, timing }) => words.map((word, index) => ({ ...word, timing, isFirst: index === 0 })))
    .filter(({ fromS, toS }) => (fromS + toS) / 2 >= range.fromS && (fromS + toS) / 2 < range.toS);

const isIn = (fillers: readonly Filler[], index: number): boolean =>
  fillers.some(({ first, last }) => index >= first && index <= last);

/** From the filler's first edge to its last, never into a neighbour that overlaps it. */
const cutOf = (words: readonly Word[], { first, last }: Filler): TimeRange => ({
  fromS: Math.max(words[first]?.fromS ?? 0, words[first - 1]?.toS ?? 0),
  toS: Math.min(words[last]?.toS ?? 0, words[last + 1]?.fromS ?? Infinity),
});

/** The silence between two words that stay next to each other, where it is long and its edges were timed. */
function pauseBetween(words: readonly TimedWord[], before: number, next: number): TimeRange | undefined {
  const [last, first] = [words[before], words[next]];
  if (last === undefined || first === undefined) return undefined;
  const isTimed =
    (last.timing === 'word' && first.timing === 'word') ||
    (first.isFirst && last.timing !== 'approximate' && first.timing !== 'approximate');
  const fillersS = words.slice(before + 1, next).reduce((sum, word) => sum + lengthS(word), 0);
  const pause = { fromS: last.toS, toS: first.fromS };
  return isTimed && lengthS(pause) - fillersS > LONG_PAUSE_S ? pause : undefined;
}

interface Clip {
  readonly words: readonly TimedWord[];
  readonly listen: HeardIn;
  readonly clipEndS: number;
}

function whyKept(
  { words, listen, clipEndS }: Clip,
  before: number,
  next: number,
  pause: TimeRange,
): RefusalReason | undefined {
  const isBare = next === before + 1;
  if (isWrittenLaughter(words[next]?.text ?? '')) return 'laughter';
  // Between two words with a filler taken out, the filler itself is what is heard.
  if (isBare && listen.hasSound(pause)) return 'laughter';
  if (laughterFollows(words, next, listen, clipEndS)) return 'laughter';
  return isBare && isAnswerPause(words, before) ? 'question' : undefined;
}

/** True where a room reacts within moments of the words behind a pause. */
function laughterFollows(
  words: readonly TimedWord[],
  next: number,
  listen: HeardIn,
  clipEndS: number,
): boolean {
  const startS = words[next]?.fromS ?? 0;
  for (let at = next; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || word.toS > startS + PUNCHLINE_S) return false;
    const following = words[at + 1];
    if (following !== undefined && isWrittenLaughter(following.text)) return true;
    if (listen.hasReaction({ fromS: word.toS, toS: following?.fromS ?? clipEndS })) return true;
  }
  return false;
}

/** What the cuts leave of a range; slivers between two cuts go along. */
function without(range: TimeRange, cuts: readonly TimeRange[]): TimeRange[] {
  const pieces: TimeRange[] = [];
  let fromS = range.fromS;
  for (const cut of cuts.toSorted((a, b) => a.fromS - b.fromS)) {
    if (cut.toS <= fromS || cut.toS <= cut.fromS) continue;
    if (cut.fromS - fromS >= SHORTEST_PIECE_S) {
      pieces.push({ fromS: toMilliseconds(fromS), toS: toMilliseconds(cut.fromS) });
    }
    fromS = cut.toS;
  }
  if (range.toS - fromS >= SHORTEST_PIECE_S) pieces.push({ fromS: toMilliseconds(fromS), toS: range.toS });
  return pieces.length === 0 ? [range] : pieces;
}
