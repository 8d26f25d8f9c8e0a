import { toMilliseconds } from '../../domain/time.ts';
import type { Cue, TranscriptNote } from '../../domain/transcript.ts';
import { counted, repaired } from './formats/parsedTranscript.ts';
import { withRange } from './overlaps.ts';
import { SECONDS_PER_LETTER, spokenWeight } from './words.ts';

/** Rounding apart, a repeated cue has the same times. */
const SAME_TIME_S = 0.02;

/**
 * Puts right what is wrong with single cues: no words, times before zero, ends before starts, no length, repeated
 * cues, and an order that is not that of time. Each repair is told once, with its count.
 */
export function repairTimes(cues: readonly Cue[]): { cues: Cue[]; notes: TranscriptNote[] } {
  const spoken = cues.filter(
    (cue) => cue.text.trim() !== '' && Number.isFinite(cue.fromS) && Number.isFinite(cue.toS),
  );
  const reversed = spoken.filter((cue) => cue.toS < cue.fromS).length;
  const negative = spoken.filter((cue) => Math.min(cue.fromS, cue.toS) < 0).length;
  const forward = spoken.map(forwardCue);
  const misplaced = forward.filter((cue, index) => cue.fromS < (forward[index - 1]?.fromS ?? 0)).length;
  const sorted = [...forward].sort((a, b) => a.fromS - b.fromS);
  const unique = sorted.filter((cue, index) => !isRepeat(sorted[index - 1], cue));
  const repeated = sorted.length - unique.length;
  const instant = unique.filter((cue) => cue.toS <= cue.fromS).length;
  const lasting = unique.map((cue, index) =>
    cue.toS > cue.fromS ? cue : withLength(cue, unique[index + 1]),
  );
  return {
    cues: lasting,
    notes: [
      ...told(
        cues.length - spoken.length,
        'had no words in it and was left out',
        'had no words in them and were left out',
      ),
      ...told(
        reversed,
        'ended before it began; its times were swapped',
        'ended before they began; their times were swapped',
      ),
      ...told(negative, 'began before the recording and was cut', 'began before the recording and were cut'),
      ...told(
        misplaced,
        'was out of order and was put in its place',
        'were out of order and were put in their places',
      ),
      ...told(repeated, 'was there twice and was left out once', 'were there twice and were left out once'),
      ...told(
        instant,
        'had no length; it was estimated from its words',
        'had no length; it was estimated from their words',
      ),
    ],
  };
}

function told(count: number, one: string, many: string): TranscriptNote[] {
  return count === 0 ? [] : [repaired(`${counted(count, 'cue')} ${count === 1 ? one : many}.`)];
}

function forwardCue(cue: Cue): Cue {
  const fromS = toMilliseconds(Math.max(0, Math.min(cue.fromS, cue.toS)));
  const toS = toMilliseconds(Math.max(0, cue.fromS, cue.toS));
  return fromS === cue.fromS && toS === cue.toS ? cue : withRange(cue, { fromS, toS });
}

function isRepeat(before: Cue | undefined, cue: Cue): boolean {
  if (before?.text !== cue.text) return false;
  return Math.abs(before.fromS - cue.fromS) < SAME_TIME_S && Math.abs(before.toS - cue.toS) < SAME_TIME_S;
}

/** A cue without length lasts as long as its words take to say, but not into the next. */
function withLength(cue: Cue, next: Cue | undefined): Cue {
  const wordsS = cue.text
    .split(/\s+/u)
    .reduce((sum, word) => sum + spokenWeight(word) * SECONDS_PER_LETTER, 0);
  const latestS = next !== undefined && next.fromS > cue.fromS ? next.fromS : Infinity;
  const toS = toMilliseconds(Math.min(latestS, cue.fromS + wordsS));
  const { words, ...rest } = cue;
  const [word, ...others] = words ?? [];
  // Several words at one instant are not timed words.
  return word !== undefined && others.length === 0
    ? { ...cue, toS, words: [{ ...word, toS }] }
    : { ...rest, toS };
}
