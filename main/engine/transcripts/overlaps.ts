import { toMilliseconds, type TimeRange } from '../../domain/time.ts';
import type { Cue } from '../../domain/transcript.ts';
import { countWords, spokenWeight } from './words.ts';

/** No one says more than this; text squeezed into less time has the wrong times. */
export const MOST_WORDS_PER_SECOND = 10;
/** Overlaps of a few frames come from rounding and are put right without a word. */
const SILENT_OVERLAP_S = 0.1;

/** A "yes" that runs into the next speaker's first word is how people talk. */
const SILENT_CROSSTALK_S = 1;
/** A cue that lasts longer has lost its end. */
const LONGEST_CREDIBLE_CUE_S = 60;

export interface Separated {
  readonly cues: readonly Cue[];
  /** How many were shortened, shared out again, and left as people who talk at once. */
  readonly shortened: number;
  readonly shared: number;
  readonly crosstalk: number;
}

/**
 * Ends cues that reach into the next. The earlier is shortened if its words still fit; two cues of one speaker share
 * their time by length; cues of two named speakers who talk at once stay as they are. Cues must be sorted.
 */
export function separateCues(sorted: readonly Cue[]): Separated {
  const cues = [...sorted];
  const counts = { shortened: 0, shared: 0, crosstalk: 0 };
  for (let index = 1; index < cues.length; index++) {
    const before = cues[index - 1];
    const cue = cues[index];
    if (before === undefined || cue === undefined || cue.fromS >= before.toS) continue;
    if (canEndAt(before, cue.fromS)) {
      if (before.toS - cue.fromS > SILENT_OVERLAP_S) counts.shortened += 1;
      cues[index - 1] = withRange(before, { fromS: before.fromS, toS: cue.fromS });
    } else if (before.speaker === undefined || before.speaker === cue.speaker) {
      counts.shared += 1;
      [cues[index - 1], cues[index]] = shareTime(before, cue);
    } else if (before.toS - cue.fromS > SILENT_CROSSTALK_S) {
      counts.crosstalk += 1;
    }
  }
  return { cues, ...counts };
}

/** Shortening is safe while the words could still be said, and no timed word is lost behind the new end. */
function canEndAt(cue: Cue, toS: number): boolean {
  const spanS = toS - cue.fromS;
  const lastStartS = cue.words?.at(-1)?.fromS ?? cue.fromS;
  return spanS > 0 && lastStartS < toS && countWords(cue.text) / spanS <= MOST_WORDS_PER_SECOND / 2;
}

function shareTime(before: Cue, cue: Cue): [Cue, Cue] {
  const earlierToS = before.toS - before.fromS > LONGEST_CREDIBLE_CUE_S ? before.fromS : before.toS;
  const toS = Math.max(earlierToS, cue.toS);
  const [first, second] = [spokenWeight(before.text), spokenWeight(cue.text)];
  const middleS = toMilliseconds(before.fromS + ((toS - before.fromS) * first) / (first + second));
  return [untimed(before, { fromS: before.fromS, toS: middleS }), untimed(cue, { fromS: middleS, toS })];
}

function untimed(cue: Cue, range: TimeRange): Cue {
  const rest = { ...cue, ...range };
  delete rest.words;
  return rest;
}

/** The cue with new ends; its timed words are kept inside them. */
export function withRange(cue: Cue, { fromS, toS }: TimeRange): Cue {
  if (cue.words === undefined) return { ...cue, fromS, toS };
  const inside = (timeS: number): number => Math.min(toS, Math.max(fromS, timeS));
  const words = cue.words.map((word) => ({ ...word, fromS: inside(word.fromS), toS: inside(word.toS) }));
  return { ...cue, fromS, toS, words };
}
