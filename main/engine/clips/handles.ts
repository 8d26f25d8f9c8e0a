import { DIGITAL_SILENCE_DBFS, type Levels } from '../../domain/levels.ts';
import type { TimeRange } from '../../domain/time.ts';
import type { Timing } from '../../domain/transcript.ts';
import { listenAround } from './quiet.ts';
import { reactionEndS } from './reaction.ts';

/** Spare sound that a clip may keep around its words. */
const LONGEST_BEFORE_S = 0.25;
const LONGEST_AFTER_S = 0.6;
/** A transcript's times may be wrong by this much; the pause is looked for no further away. */
const SEARCH_S: Readonly<Record<Timing, number>> = { word: 0.25, cue: 0.4, approximate: 1 };
/** Where there is no pause, the quietest place is looked for this near. */
const NEAR_S = 0.25;
/** Kept between a cut and the sound of a neighbour, whose softest consonants do not show in its level. */
const HAIR_S = 0.02;
/** Levels closer than this sound equally quiet; then the roomier cut is taken. */
const EQUALLY_QUIET_DB = 1;
/** A pause as far away as the search goes must be this much longer than one where the transcript puts the edge. */
const FARTHEST_COST_S = 0.12;
/** A longer pause is no surer. */
const SURE_PAUSE_S = 0.25;

/** The words at both edges of a clip, and their neighbours outside it. Times in seconds, as the transcript has them. */
export interface EdgeWords {
  readonly previous: TimeRange | undefined;
  readonly first: TimeRange;
  readonly last: TimeRange;
  readonly next: TimeRange | undefined;
  /** How far these times can be trusted. */
  readonly timing: Timing;
}

/** One edge of a clip: side is -1 for its in point, 1 for its out point; all else in the direction away from the clip. */
interface Edge {
  readonly side: -1 | 1;
  /** Where the transcript has it. */
  readonly atS: number;
  /** No cut lies further inside, nor further outside, than this. */
  readonly innerS: number;
  readonly outerS: number;
  readonly searchS: number;
  readonly handleS: number;
}

/** Blocks from (inclusive) to (exclusive) that are quiet. */
interface Run {
  readonly from: number;
  readonly to: number;
}

function quietRuns({ blockS, rmsDbfs }: Levels, between: TimeRange, quietDbfs: number): Run[] {
  const runs: Run[] = [];
  const end = Math.min(rmsDbfs.length, Math.ceil(between.toS / blockS));
  let from = -1;
  for (let block = Math.max(0, Math.floor(between.fromS / blockS)); block <= end; block += 1) {
    const isQuiet = block < end && (rmsDbfs[block] ?? 0) <= quietDbfs;
    if (isQuiet && from < 0) from = block;
    if (isQuiet || from < 0) continue;
    runs.push({ from, to: block });
    from = -1;
  }
  return runs;
}

/** The pause that the transcript means: long, and near to where it puts the edge; a consonant's closure is neither. */
function likeliestPause(runs: readonly Run[], { atS, searchS }: Edge, blockS: number): Run | undefined {
  const worthOf = ({ from, to }: Run): number => {
    const distanceS = Math.max(0, from * blockS - atS, atS - to * blockS);
    return Math.min(SURE_PAUSE_S, (to - from) * blockS) - (FARTHEST_COST_S * distanceS) / searchS;
  };
  return runs.reduce<Run | undefined>(
    (best, run) => (best === undefined || worthOf(run) > worthOf(best) ? run : best),
    undefined,
  );
}

/** Centre of the quietest block of a run; of several equally quiet ones the last in the direction of `side`. */
function quietestIn({ blockS, rmsDbfs }: Levels, { from, to }: Run, side: -1 | 1): number {
  let best = side < 0 ? to - 1 : from;
  let quietest = Infinity;
  for (let n = 0; n < to - from; n += 1) {
    const block = side < 0 ? to - 1 - n : from + n;
    const level = rmsDbfs[block] ?? DIGITAL_SILENCE_DBFS;
    if (level > quietest + EQUALLY_QUIET_DB) continue;
    quietest = Math.min(quietest, level);
    best = block;
  }
  return (best + 0.5) * blockS;
}

/** As much of a pause as a handle may take, counted from where the clip's own word ends. */
function handleOf({ from, to }: Run, { side, outerS, handleS }: Edge, levels: Levels, quietDbfs: number): Run {
  const { blockS, rmsDbfs } = levels;
  const isQuiet = (block: number): boolean =>
    block >= 0 && block < rmsDbfs.length && (rmsDbfs[block] ?? 0) <= quietDbfs;
  const hair = Math.round(HAIR_S / blockS);
  if (side < 0) {
    const least = Math.max(Math.ceil(outerS / blockS), to - Math.floor(handleS / blockS));
    let start = from;
    while (start > least && isQuiet(start - 1)) start -= 1;
    start = isQuiet(start - 1) || start <= 0 ? Math.max(start, least) : Math.max(start + hair, least);
    return { from: Math.min(start, to - 1), to };
  }
  const most = Math.min(Math.floor(outerS / blockS), from + Math.floor(handleS / blockS));
  let end = to;
  while (end < most && isQuiet(end)) end += 1;
  end = isQuiet(end) || end >= rmsDbfs.length ? Math.min(end, most) : Math.min(end - hair, most);
  return { from, to: Math.max(end, from + 1) };
}

/** The part of an edge's surroundings that lies within a distance, and no further in or out than it may. */
function within({ side, atS, innerS, outerS }: Edge, distanceS: number): TimeRange {
  return side < 0
    ? { fromS: Math.max(outerS, atS - distanceS), toS: Math.min(innerS, atS + distanceS) }
    : { fromS: Math.max(innerS, atS - distanceS), toS: Math.min(outerS, atS + distanceS) };
}

/** Where to cut at an edge: in the pause beside the word, else at the quietest place between the two words. */
function cutAt(levels: Levels, edge: Edge): number {
  const { side, atS, innerS, outerS, searchS } = edge;
  if ((outerS - innerS) * side <= 0) return atS;
  const { quietDbfs } = listenAround(levels, atS, side);
  const pause = likeliestPause(quietRuns(levels, within(edge, searchS), quietDbfs), edge, levels.blockS);
  if (pause !== undefined) return quietestIn(levels, handleOf(pause, edge, levels, quietDbfs), side);
  const [near] = quietRuns(levels, within(edge, NEAR_S), Infinity);
  return near === undefined ? atS : quietestIn(levels, near, side);
}

/** How far inside a word, from its outer edge, a cut may look for the edge that is really heard. */
const depthOf = (word: TimeRange, timing: Timing): number =>
  timing === 'approximate' ? SEARCH_S.approximate : (word.toS - word.fromS) / 2;

/** The out point: in the pause after the last word, or where laughter or applause that follows has fallen. */
function outPoint(words: EdgeWords, levels: Levels, endS: number, longestS: number): number {
  const { first, last, next, timing } = words;
  const latestS = Math.min(endS, first.fromS + longestS);
  const edge: Edge = {
    side: 1,
    atS: last.toS,
    innerS: last.toS - depthOf(last, timing),
    outerS: Math.min(latestS, next === undefined ? endS : Math.max(last.toS, next.fromS + depthOf(next, timing))),
    searchS: SEARCH_S[timing],
    handleS: LONGEST_AFTER_S,
  };
  const fallenS = reactionEndS(levels, last.toS, Math.min(latestS, next?.fromS ?? Infinity));
  return fallenS ?? Math.min(latestS, cutAt(levels, edge));
}

/**
 * In point and out point of a clip: in the pauses around its words as they really sound, never inside a word, and never
 * longer than `longestS` in all. Handles are 0.25 s before and 0.6 s after at most; laughter or applause after the last
 * word is let out for up to 4 s. `endS` is the length of the recording.
 */
export function placeHandles(
  words: EdgeWords,
  levels: Levels,
  { endS, longestS }: { readonly endS: number; readonly longestS: number },
): TimeRange {
  const { first, previous, timing } = words;
  const toS = outPoint(words, levels, endS, longestS);
  const earliestS = Math.max(0, toS - longestS);
  const fromS = cutAt(levels, {
    side: -1,
    atS: first.fromS,
    innerS: first.fromS + depthOf(first, timing),
    outerS: Math.max(
      earliestS,
      previous === undefined ? 0 : Math.min(first.fromS, previous.toS - depthOf(previous, timing)),
    ),
    searchS: SEARCH_S[timing],
    handleS: LONGEST_BEFORE_S,
  });
  return { fromS: Math.max(earliestS, fromS), toS };
}
