import { lengthS, toMilliseconds, type TimeRange } from '../../domain/time.ts';

/** Text between two time stamps: where it lies on the clock of somebody who reads it, and where it is spoken. */
export interface Stretch {
  readonly reading: TimeRange;
  readonly spoken: readonly TimeRange[];
  /** How much speech of the stretch lies before each spoken range. */
  readonly passedS: readonly number[];
  /** Seconds of speech for a second of reading. */
  readonly pace: number;
}

/** Speech to look up by time; in order, without overlaps. */
export interface SpeechTrack {
  readonly ranges: readonly TimeRange[];
  readonly startsS: readonly number[];
}

export const speechTrack = (ranges: readonly TimeRange[]): SpeechTrack => ({
  ranges,
  startsS: ranges.map((range) => range.fromS),
});

/** A stretch that is spoken in the speech between two times, or all through where nothing is heard there. */
export function stretchOf(reading: TimeRange, between: TimeRange, track: SpeechTrack): Stretch {
  const spoken = speechWithin(between, track);
  const passedS: number[] = [];
  let speechS = 0;
  for (const part of spoken) {
    passedS.push(speechS);
    speechS += lengthS(part);
  }
  return { reading, spoken, passedS, pace: speechS / Math.max(0.001, lengthS(reading)) };
}

function speechWithin(between: TimeRange, { ranges, startsS }: SpeechTrack): TimeRange[] {
  const heard: TimeRange[] = [];
  for (let index = lastStarted(startsS, between.fromS); index < ranges.length; index++) {
    const part = ranges[index];
    if (part === undefined || part.fromS >= between.toS) break;
    const cut = { fromS: Math.max(part.fromS, between.fromS), toS: Math.min(part.toS, between.toS) };
    if (lengthS(cut) > 0) heard.push(cut);
  }
  return heard.length > 0 ? heard : [between];
}

/** Where a word of the reading clock is spoken. A word that would reach over a pause stays on the side of its middle. */
export function spokenRange(word: TimeRange, { reading, spoken, passedS, pace }: Stretch): TimeRange {
  const fromS = (word.fromS - reading.fromS) * pace;
  const toS = (word.toS - reading.fromS) * pace;
  const index = lastStarted(passedS, (fromS + toS) / 2);
  const part = spoken[index] ?? reading;
  const offsetS = part.fromS - (passedS[index] ?? 0);
  const inside = (timeS: number): number =>
    toMilliseconds(Math.min(part.toS, Math.max(part.fromS, timeS + offsetS)));
  return { fromS: inside(fromS), toS: inside(toS) };
}

/** Index of the last of the rising times that is not after the given one; the first if all are. */
export function lastStarted(timesS: readonly number[], timeS: number): number {
  let low = 0;
  let high = timesS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timesS[middle] ?? Infinity) <= timeS) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
