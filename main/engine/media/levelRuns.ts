import { clamp } from '../../domain/time.ts';
import { COARSE, isSilent, likestPlaces, type LevelCurve, type Span } from './levelCurves.ts';

/** Blocks from..to of the old curve that the new one has, so many blocks later. */
export interface LevelRun extends Span {
  readonly shift: number;
  /** By how many decibels the new one is louder here. */
  readonly gainDb: number;
  /** So many decibels apart, two blocks no longer speak for being the same. */
  readonly toleranceDb: number;
}

/** A stretch of both curves, in blocks of 10 ms, in which runs are looked for. */
export interface Ground {
  readonly old: Span;
  readonly fresh: Span;
}

/** Blocks of a piece that is looked for; shorter ones where less is left. */
const SEED = 800;
const SHORTEST_SEED = 150;
const MOST_SEEDS = 24;
const LEAST_CORRELATION = 0.6;
/** A short piece reaches more by chance. */
const SHORT_SEED = 500;
const LEAST_OF_SHORT = 0.85;
/** No block is the same to so little after an encoder. */
const LEAST_TOLERANCE_DB = 0.5;
const PLACES = 3;
/** A jingle is shorter: a longer run is the right one even though a piece may sound twice. */
const LONG_RUN = 6000;
/** A run ends where so many blocks more speak against it than for it. */
const GIVE_UP = 150;
const SHORTEST_RUN = 100;

export const lengthOf = ({ from, to }: Span): number => to - from;

/** Work that can be paused after every few hundredths of a second; it ends with what was found. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** The longest run that any of the pieces tried has shown. What both have is a larger share of the shorter one, so they are its. */
export function* longestRun(old: LevelCurve, fresh: LevelCurve, ground: Ground): Steps<LevelRun | undefined> {
  if (lengthOf(ground.old) <= lengthOf(ground.fresh)) return yield* longestOfPieces(old, fresh, ground);
  const run = yield* longestOfPieces(fresh, old, { old: ground.fresh, fresh: ground.old });
  if (run === undefined) return undefined;
  const { from, to, shift, gainDb } = run;
  return { ...run, from: from + shift, to: to + shift, shift: -shift, gainDb: -gainDb };
}

function* longestOfPieces(old: LevelCurve, fresh: LevelCurve, ground: Ground): Steps<LevelRun | undefined> {
  const shorter = lengthOf(ground.old);
  if (shorter < SHORTEST_SEED) return undefined;
  const size = clamp(Math.floor(shorter / 3), SHORTEST_SEED, SEED);
  const enough = Math.min(LONG_RUN, shorter / 2);
  let longest: LevelRun | undefined;
  for (const seed of seedsOf(ground.old, size)) {
    yield;
    for (const run of runsFrom(old, fresh, ground, seed))
      if (lengthOf(run) > (longest === undefined ? 0 : lengthOf(longest))) longest = run;
    if (longest !== undefined && lengthOf(longest) >= enough) break;
  }
  return longest !== undefined && lengthOf(longest) >= SHORTEST_RUN ? longest : undefined;
}

/** Pieces at equal distances, those in the middle of the gaps first, so that a long run is met early. */
function seedsOf({ from, to }: Span, size: number): Span[] {
  const room = to - from - size;
  const count = clamp(Math.ceil((2 * room) / size), 1, MOST_SEEDS);
  const seeds = Array.from({ length: count }, (_unused, index) => {
    const at = from + Math.round(((index + 0.5) * room) / count);
    return { from: at, to: at + size };
  });
  const stride = Math.max(1, Math.floor(Math.sqrt(count)));
  return Array.from({ length: stride }, (_unused, start) =>
    seeds.filter((_, i) => i % stride === start),
  ).flat();
}

function runsFrom(old: LevelCurve, fresh: LevelCurve, ground: Ground, seed: Span): LevelRun[] {
  const size = Math.floor(lengthOf(seed) / COARSE);
  const first = Math.ceil(seed.from / COARSE);
  const piece = old.coarse.subarray(first, first + size);
  const within = {
    from: Math.floor(ground.fresh.from / COARSE),
    to: Math.min(fresh.coarse.length, Math.ceil(ground.fresh.to / COARSE)),
  };
  const places = likestPlaces(piece, fresh.coarse, within, { count: PLACES, apart: 10 });
  return places
    .filter(({ correlation }) => correlation >= LEAST_CORRELATION)
    .map(({ at }) => refined(old, fresh, ground, seed, (at - first) * COARSE))
    .filter((run) => run !== undefined);
}

/** The run that a piece belongs to, at the block where it agrees best; undefined where it does not. */
function refined(
  old: LevelCurve,
  fresh: LevelCurve,
  ground: Ground,
  seed: Span,
  roughly: number,
): LevelRun | undefined {
  const around = {
    from: Math.max(ground.fresh.from, seed.from + roughly - 2 * COARSE),
    to: Math.min(ground.fresh.to, seed.to + roughly + 2 * COARSE),
  };
  const piece = old.fine.subarray(seed.from, seed.to);
  const [best] = likestPlaces(piece, fresh.fine, around, { count: 1, apart: 1 });
  const least = lengthOf(seed) < SHORT_SEED ? LEAST_OF_SHORT : LEAST_CORRELATION;
  if (best === undefined || best.correlation < least) return undefined;
  const shift = best.at - seed.from;
  const agreed = agreement(old, fresh, seed, shift);
  return agreed && extended(old, fresh, ground, { ...seed, shift, ...agreed });
}

/** Other alignments that a true one is compared with, in blocks. */
const WRONG_SHIFTS = [-23, -13, -7, 7, 13, 23];
/** Two pauses can be laid over each other in any two recordings; then the sound beside them strays as far as elsewhere. */
const LARGEST_STRAY_SHARE = 0.6;

/** How far two like stretches are apart in level; undefined where their blocks are no more alike than those beside them. */
function agreement(
  old: LevelCurve,
  fresh: LevelCurve,
  seed: Span,
  shift: number,
): { gainDb: number; toleranceDb: number } | undefined {
  const right = differences(old, fresh, seed, shift);
  const gainDb = median(right);
  const strayOf = (values: readonly number[]): number =>
    median(values.map((value) => Math.abs(value - gainDb)));
  const strayDb = strayOf(right);
  const wrongDb = strayOf(WRONG_SHIFTS.flatMap((wrong) => differences(old, fresh, seed, shift + wrong)));
  if (wrongDb === 0 || strayDb > LARGEST_STRAY_SHARE * wrongDb) return undefined;
  return { gainDb, toleranceDb: Math.max(LEAST_TOLERANCE_DB, Math.sqrt(strayDb * wrongDb)) };
}

function differences(old: LevelCurve, fresh: LevelCurve, seed: Span, shift: number): number[] {
  const found: number[] = [];
  for (let block = seed.from; block < seed.to; block++) {
    const [a, b] = [old.fine[block] ?? 0, fresh.fine[block + shift] ?? 0];
    if (!isSilent(a) && !isSilent(b)) found.push(b - a);
  }
  return found;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Silence is alike everywhere, and encoders and gates do with it what they like: it says little. */
const SILENCE_SPEAKS = 0.2;

/** What one block of the old recording says for (up to 1) or against (down to -1) being that block of the new one. */
export function speaksFor(
  old: LevelCurve,
  fresh: LevelCurve,
  { shift, gainDb, toleranceDb }: LevelRun,
  block: number,
): number {
  const [a, b] = [old.fine[block] ?? 0, fresh.fine[block + shift] ?? 0];
  if (!isSilent(a) || !isSilent(b)) return Math.max(-1, 1 - Math.abs(b - a - gainDb) / toleranceDb);
  const apartDb = Math.abs((fresh.quiet[block + shift] ?? 0) - (old.quiet[block] ?? 0) - gainDb);
  return SILENCE_SPEAKS * Math.max(-1, 1 - apartDb / toleranceDb);
}

/** Lets a run grow both ways as long as what speaks for it grows; a cough that was muted does not end it. */
function extended(old: LevelCurve, fresh: LevelCurve, ground: Ground, run: LevelRun): LevelRun {
  const least = Math.max(ground.old.from, ground.fresh.from - run.shift);
  const most = Math.min(ground.old.to, ground.fresh.to - run.shift);
  const middle = Math.floor((run.from + run.to) / 2);
  const grow = (start: number, end: number, step: 1 | -1): number => {
    let sum = 0;
    let best = { sum: 0, at: start };
    for (let block = start; block !== end && sum > best.sum - GIVE_UP; block += step) {
      sum += speaksFor(old, fresh, run, block);
      if (sum >= best.sum) best = { sum, at: block + step };
    }
    return best.at;
  };
  return { ...run, from: grow(middle, least - 1, -1) + 1, to: grow(middle + 1, most, 1) };
}
