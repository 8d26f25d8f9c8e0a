import type { Levels } from '../../domain/levels.ts';
import type { TimeRange } from '../../domain/time.ts';
import type { Timing } from '../../domain/transcript.ts';
import { placeHandles, type EdgeWords } from './handles.ts';
import type { Reading } from './reading.ts';

/** From the first word of one sentence to the last word of another, as the transcript has them. */
export const spokenRange = ({ sentences }: Reading, first: number, last: number): TimeRange => ({
  fromS: sentences[first]?.fromS ?? 0,
  toS: sentences[last]?.toS ?? 0,
});

const leastTrusted = (...timings: readonly (Timing | undefined)[]): Timing =>
  timings.includes('approximate') ? 'approximate' : timings.includes('cue') ? 'cue' : 'word';

/** The words at the edges of a stretch of sentences, and the ones beside it. */
const edgeWords = ({ sentences }: Reading, first: number, last: number, words: TimeRange): EdgeWords => ({
  previous: sentences[first - 1]?.words.at(-1),
  first: { ...words, ...sentences[first]?.words[0], fromS: words.fromS },
  last: { ...words, ...sentences[last]?.words.at(-1), toS: words.toS },
  next: sentences[last + 1]?.words[0],
  timing: leastTrusted(sentences[first]?.timing, sentences[last]?.timing),
});

/** What was asked for by hand may be longer than what is proposed; there is always room for its handles. */
const ROOM_FOR_HANDLES_S = 5;

/** What is known of the recording itself. */
interface Recording {
  readonly durationS: number;
  readonly longestS: number;
  readonly levels?: Levels;
}

/** In point and out point of a stretch of sentences: the words exactly, or with handles where the sound is known. */
export function rangeOf(
  reading: Reading,
  first: number,
  last: number,
  { durationS, longestS, levels }: Recording,
): TimeRange {
  const words = spokenRange(reading, first, last);
  const endS = durationS > 0 ? durationS : Infinity;
  const whole = { fromS: Math.max(0, words.fromS), toS: Math.min(words.toS, endS) };
  if (levels === undefined) return whole;
  const spokenS = words.toS - words.fromS;
  const mostS = spokenS > longestS ? spokenS + ROOM_FOR_HANDLES_S : longestS;
  return placeHandles(edgeWords(reading, first, last, whole), levels, { endS, longestS: mostS });
}
