import type { Candidate } from '../../domain/clip.ts';
import { lengthS, overlapS, type TimeRange } from '../../domain/time.ts';
import { spokenRange } from './clipRange.ts';
import {
  candidateOf,
  firstOf,
  lastOf,
  LONGEST_S,
  prepare,
  SHORTEST_S,
  type FindInput,
  type Search,
} from './find.ts';
import { offLimitsCount } from './reading.ts';

/** A person may choose more than the finder proposes; no platform for clips takes more. */
const LONGEST_CHOSEN_S = 180;

/** First and last sentence of which more than half lies in a range, or the one that it lies in. */
function sentencesIn({ reading }: Search, range: TimeRange): readonly [number, number] | undefined {
  const { sentences } = reading;
  const shareOf = (at: TimeRange): number => overlapS(at, range) / Math.max(0.001, lengthS(at));
  const first = sentences.findIndex((sentence) => shareOf(sentence) > 0.5);
  if (first >= 0) return [first, sentences.findLastIndex((sentence) => shareOf(sentence) > 0.5)];
  const around = sentences.findIndex((sentence) => overlapS(sentence, range) > 0);
  return around < 0 ? undefined : [around, around];
}

/** The window to take for some sentences: just these where they make a clip, else the best that holds them all. */
function windowAround(search: Search, first: number, last: number): number | undefined {
  const { windows, tenths, reading } = search;
  let best: number | undefined;
  const worthOf = (window: number): number => {
    const [from, to] = [firstOf(search, window), lastOf(search, window)];
    const touched = offLimitsCount(reading, from, to);
    const durationS = lengthS(spokenRange(reading, from, to));
    return (tenths[window] ?? 0) - touched * 1000 - Math.max(0, durationS - LONGEST_S) * 1000;
  };
  for (let window = 0; window < windows.first.length; window += 1) {
    const [from, to] = [firstOf(search, window), lastOf(search, window)];
    if (from > first || to < last) continue;
    if (from === first && to === last) return window;
    if (best === undefined || worthOf(window) > worthOf(best)) best = window;
  }
  return best;
}

/**
 * The clip at a moment that a person chose, in whole sentences and scored like any other: the range itself where that can be
 * a clip, else the best clip that holds it. Undefined where nothing is said in the range, or no clip can hold it.
 */
export function clipAt(episode: FindInput, range: TimeRange): Candidate | undefined {
  const longestS = Math.min(LONGEST_CHOSEN_S, Math.max(LONGEST_S, lengthS(range) + SHORTEST_S));
  const search = prepare({ ...episode, longestS });
  const sentences = sentencesIn(search, range);
  const window = sentences && windowAround(search, ...sentences);
  return window === undefined
    ? undefined
    : candidateOf(search, firstOf(search, window), lastOf(search, window));
}
