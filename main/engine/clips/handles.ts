import { DIGITAL_SILENCE_DBFS, type Levels } from '../../domain/levels.ts';
import type { TimeRange } from '../../domain/time.ts';
import type { Timing } from '../../domain/transcript.ts';
import { FLICKER_S, listenAround, smoothed, type RoomSound } from './quiet.ts';
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
/** What a pause is worth less for each decibel by which its quietest place can still be heard. */
const AUDIBLE_COST_S = 0.03;
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
type Quiet = (block: number) => boolean;

/** The blocks of a stretch that are quiet, noise's flicker left aside. */
function quietBlocks(levels: Levels, stretch: TimeRange, quietDbfs: number): Quiet {
  const first = Math.max(0, Math.floor(stretch.fromS / levels.blockS));
  const calm = smoothed(levels, stretch, FLICKER_S);
  return (block) => (calm[block - first] ?? Infinity) <= quietDbfs;
}

function runsIn({ blockS, rmsDbfs }: Levels, { fromS, toS }: TimeRange, isQuiet: Quiet): Run[] {
  const runs: Run[] = [];
  const end = Math.min(rmsDbfs.length, Math.ceil(toS / blockS));
  let from = -1;
  for (let block = Math.max(0, Math.floor(fromS / blockS)); block <= end; block += 1) {
    const goesOn = block < end && isQuiet(block);
    if (goesOn && from < 0) from = block;
    if (goesOn || from < 0) continue;
    runs.push({ from, to: block });
    from = -1;
  }
  return runs;
}

/** The pause that the transcript means: long, quiet, and near to where it puts the edge; a consonant's closure is neither. */
function likeliestPause(
  runs: readonly Run[],
  { atS, searchS }: Edge,
  { blockS, rmsDbfs }: Levels,
  silentDbfs: number,
): Run | undefined {
  const worthOf = ({ from, to }: Run): number => {
    const distanceS = Math.max(0, from * blockS - atS, atS - to * blockS);
    const audibleDb = Math.max(0, quietestOf(rmsDbfs.subarray(from, to)) - silentDbfs);
    const lengthS = Math.min(SURE_PAUSE_S, (to - from) * blockS);
    return lengthS - (FARTHEST_COST_S * distanceS) / searchS - AUDIBLE_COST_S * audibleDb;
  };
  return runs.reduce<Run | undefined>(
    (best, run) => (best === undefined || worthOf(run) > worthOf(best) ? run : best),
    undefined,
  );
}

const quietestOf = (levels: Float32Array): number =>
  levels.reduce((least, level) => Math.min(least, level), Infinity);

/** Centre of the quietest block of a run; of several equally quiet ones the last in the direction of `side`. */
function quietestIn({ blockS, rmsDbfs }: Levels, { from, to }: Run, side: -1 | 1, equallyDb: number): number {
  let best = side < 0 ? to - 1 : from;
  let quietest = Infinity;
  for (let n = 0; n < to - from; n += 1) {
    const block = side < 0 ? to - 1 - n : from + n;
    const level = rmsDbfs[block] ?? DIGITAL_SILENCE_DBFS;
    if (level > quietest + equallyDb) continue;
    quietest = Math.min(quietest, level);
    best = block;
  }
  return (best + 0.5) * blockS;
}

/** The same pause from where the clip's word is last heard, which may lie outside the part that was searched. */
function fromTheWord({ from, to }: Run, side: -1 | 1, isQuiet: Quiet): Run {
  let [start, end] = [from, to];
  if (side > 0) while (isQuiet(start - 1)) start -= 1;
  else while (isQuiet(end)) end += 1;
  return { from: start, to: end };
}

/** As much of a pause as a handle may take, counted from where the clip's own word ends. */
function handleOf({ from, to }: Run, { side, outerS, handleS }: Edge, blockS: number, isQuiet: Quiet): Run {
  // Smoothing takes the edge of the word into the pause.
  const most = Math.floor((handleS - FLICKER_S / 2) / blockS + 1e-6);
  const hair = Math.round(HAIR_S / blockS);
  if (side < 0) {
    const least = Math.max(0, Math.ceil(outerS / blockS), to - most);
    let start = from;
    while (start > least && isQuiet(start - 1)) start -= 1;
    const keptOff = start > 0 && !isQuiet(start - 1) ? hair : 0;
    return { from: Math.min(Math.max(start + keptOff, least), to - 1), to };
  }
  const last = Math.min(Math.floor(outerS / blockS), from + most);
  let end = to;
  while (end < last && isQuiet(end)) end += 1;
  const keptOff = isQuiet(end) ? 0 : hair;
  return { from, to: Math.max(Math.min(end - keptOff, last), from + 1) };
}

/** The part of an edge's surroundings that lies within a distance, and no further in or out than it may. */
function within({ side, atS, innerS, outerS }: Edge, distanceS: number): TimeRange {
  return side < 0
    ? { fromS: Math.max(outerS, atS - distanceS), toS: Math.min(innerS, atS + distanceS) }
    : { fromS: Math.max(innerS, atS - distanceS), toS: Math.min(outerS, atS + distanceS) };
}

/** The best place of the pause beside the word; undefined where the two words run into each other. */
function cutInPause(levels: Levels, edge: Edge, { quietDbfs, silentDbfs }: RoomSound): number | undefined {
  const { side, atS, searchS, handleS } = edge;
  const reachS = searchS + handleS;
  const isQuiet = quietBlocks(levels, { fromS: atS - reachS, toS: atS + reachS }, quietDbfs);
  const runs = runsIn(levels, within(edge, searchS), isQuiet);
  const pause = likeliestPause(runs, edge, levels, silentDbfs);
  if (pause === undefined) return undefined;
  const whole = fromTheWord(pause, side, isQuiet);
  return quietestIn(levels, handleOf(whole, edge, levels.blockS, isQuiet), side, EQUALLY_QUIET_DB);
}

const levelAt = ({ blockS, rmsDbfs }: Levels, atS: number): number =>
  rmsDbfs[Math.floor(atS / blockS)] ?? DIGITAL_SILENCE_DBFS;

/** Where to cut at an edge: in a pause in which nothing is heard, else at the quietest place near it. */
function cutAt(levels: Levels, edge: Edge): number {
  const { side, atS, innerS, outerS } = edge;
  if ((outerS - innerS) * side <= 0) return atS;
  const room = listenAround(levels, atS, side);
  const inPauseS = cutInPause(levels, edge, room);
  if (inPauseS !== undefined && levelAt(levels, inPauseS) <= room.silentDbfs) return inPauseS;
  return settle(levels, { ...edge, atS: inPauseS ?? atS });
}

/** Goes to the quietest place nearby until there is none quieter, or the edge's bounds are reached. */
function settle(levels: Levels, edge: Edge): number {
  const [near] = runsIn(levels, within(edge, NEAR_S), () => true);
  if (near === undefined) return edge.atS;
  const atS = quietestIn(levels, near, edge.side, 0);
  return levelAt(levels, atS) < levelAt(levels, edge.atS) ? settle(levels, { ...edge, atS }) : edge.atS;
}

/** How far inside a word, from its outer edge, a cut may look for the edge that is really heard. */
const depthOf = (word: TimeRange, timing: Timing): number =>
  timing === 'approximate' ? SEARCH_S.approximate + NEAR_S : (word.toS - word.fromS) / 2;

/** The out point: in the pause after the last word, or where laughter or applause that follows has fallen. */
function outPoint(words: EdgeWords, levels: Levels, endS: number, longestS: number): number {
  const { first, last, next, timing } = words;
  const latestS = Math.min(endS, first.fromS + longestS);
  const edge: Edge = {
    side: 1,
    atS: last.toS,
    innerS: last.toS - depthOf(last, timing),
    outerS: Math.min(
      latestS,
      next === undefined ? endS : Math.max(last.toS, next.fromS + depthOf(next, timing)),
    ),
    searchS: SEARCH_S[timing],
    handleS: LONGEST_AFTER_S,
  };
  // Where the words have no times of their own, a sound beside them may well be the next word.
  const untilS = timing === 'approximate' ? last.toS : Math.min(latestS, next?.fromS ?? Infinity);
  return reactionEndS(levels, last.toS, untilS) ?? Math.min(latestS, cutAt(levels, edge));
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
