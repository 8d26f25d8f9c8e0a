import { DIGITAL_SILENCE_DBFS, type Levels } from '../../domain/levels.ts';
import type { TimeRange } from '../../domain/time.ts';

/** What is heard where no word is: from levels alone, so a sting of music counts as laughter, and is kept as well. */
export interface HeardIn {
  /** Something louder than a breath, for longer than the end of a word. */
  hasSound(gap: TimeRange): boolean;
  /** Something as loud and as long as a room that laughs or claps, right after a word. */
  hasReaction(gap: TimeRange): boolean;
}

/** A chuckle is seldom more than this under the speech; a breath is. */
const BELOW_SPEECH_DB = 18;
const ABOVE_FLOOR_DB = 10;
/** The end of a word and the start of the next ring into the gap between their times. */
const WORD_TAIL_S = 0.12;
const WORD_HEAD_S = 0.08;
const SOUND_S = 0.15;
const REACTION_S = 0.6;
const REACTION_WITHIN_S = 4;
const SURROUNDINGS_S = 30;

/** Judges the gaps of a range against how loud its words are and how quiet it is around them. */
export function heardIn(levels: Levels, words: readonly TimeRange[], range: TimeRange): HeardIn {
  const block = (timeS: number): number =>
    Math.min(levels.rmsDbfs.length, Math.max(0, Math.round(timeS / levels.blockS)));
  const between = ({ fromS, toS }: TimeRange): Float32Array =>
    levels.rmsDbfs.slice(block(fromS), Math.max(block(fromS), block(toS)));
  const around = between({ fromS: range.fromS - SURROUNDINGS_S, toS: range.toS + SURROUNDINGS_S });
  const floorDbfs = quantile([...around], 0.05);
  const speechDbfs = quantile(
    words.flatMap((word) => [...between(word)]),
    0.5,
  );
  // In a loud room the floor decides, but never so that running speech itself would count as silence.
  const line = Math.max(speechDbfs - BELOW_SPEECH_DB, Math.min(floorDbfs + ABOVE_FLOOR_DB, speechDbfs - 6));
  const soundS = ({ fromS, toS }: TimeRange): number =>
    between({ fromS: fromS + WORD_TAIL_S, toS: toS - WORD_HEAD_S }).filter((level) => level > line).length *
    levels.blockS;
  return {
    hasSound: (gap) => soundS(gap) >= SOUND_S,
    hasReaction: ({ fromS, toS }) =>
      soundS({ fromS, toS: Math.min(toS, fromS + REACTION_WITHIN_S) }) >= REACTION_S,
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? DIGITAL_SILENCE_DBFS;
}
