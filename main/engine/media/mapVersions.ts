import type { Levels } from '../../domain/levels.ts';
import { lengthS, toMilliseconds, type TimeRange } from '../../domain/time.ts';
import type { KeptStretch, TimeMap } from '../../domain/timeMap.ts';
import { levelCurve, type LevelCurve } from './levelCurves.ts';
import { lengthOf, longestRun, speaksFor, type Ground, type LevelRun, type Steps } from './levelRuns.ts';

/** Less than this of the shorter recording in common is a jingle or an advert, not another version. */
const LEAST_SHARE = 0.3;
/** Encoders add and drop so much at the ends; nobody cuts it. */
const SHORTEST_DIFFERENCE_S = 0.1;
/** Something between two runs that took as long in both is one run with something muted in it. */
const MUTED_BLOCKS = 200;

/**
 * Matches two versions of a recording by how loud they are over time: the longest common run first, then the longest on
 * either side of it, and so on (Ratcliff and Obershelp's way to compare texts). Another gain and another encoder do not
 * matter; what was put in or cut out may be of any length and anywhere. Both curves have blocks of the same length; times
 * are exact to two blocks where the cut lies in sound, and somewhere in the pause where it lies in one.
 * "unrelated" where less than three tenths of the shorter one are found in the other.
 */
export function mapVersions(oldLevels: Levels, newLevels: Levels): TimeMap | 'unrelated' {
  const steps = mapVersionsInSteps(oldLevels, newLevels);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in small steps, for a process that has other things to do meanwhile: three hours may take some seconds. */
export function* mapVersionsInSteps(oldLevels: Levels, newLevels: Levels): Steps<TimeMap | 'unrelated'> {
  const old = levelCurve(oldLevels.rmsDbfs);
  const fresh = levelCurve(newLevels.rmsDbfs);
  const whole: Ground = {
    old: { from: 0, to: old.fine.length },
    fresh: { from: 0, to: fresh.fine.length },
  };
  const found = yield* runsIn(old, fresh, whole);
  const runs = withEnds(joined(bordered(old, fresh, found)), whole);
  const common = runs.reduce((sum, run) => sum + lengthOf(run), 0);
  if (common < LEAST_SHARE * Math.min(old.fine.length, fresh.fine.length) || common === 0) return 'unrelated';
  return timeMapOf(runs, oldLevels, newLevels);
}

function* runsIn(old: LevelCurve, fresh: LevelCurve, ground: Ground): Steps<LevelRun[]> {
  const run = yield* longestRun(old, fresh, ground);
  if (run === undefined) return [];
  const before = {
    old: { from: ground.old.from, to: run.from },
    fresh: { from: ground.fresh.from, to: run.from + run.shift },
  };
  const after = {
    old: { from: run.to, to: ground.old.to },
    fresh: { from: run.to + run.shift, to: ground.fresh.to },
  };
  return [...(yield* runsIn(old, fresh, before)), run, ...(yield* runsIn(old, fresh, after))];
}

/** Moves the border between two runs to where it lies best: the first one found took silence from the other. */
function bordered(old: LevelCurve, fresh: LevelCurve, runs: readonly LevelRun[]): LevelRun[] {
  const placed = [...runs];
  for (let index = 1; index < placed.length; index++) {
    const [before, after] = [placed[index - 1], placed[index]];
    if (before === undefined || after === undefined) continue;
    const { end, start } = bestBorder(old, fresh, before, after);
    placed[index - 1] = { ...before, to: end };
    placed[index] = { ...after, from: start };
  }
  return placed.filter((run) => lengthOf(run) > 0);
}

/** How far a border may be moved, in blocks. */
const REACH = 500;

/** Something was replaced only where so much speaks against its being the same. */
const SKIP_COST = 25;

/**
 * The block at which one run ends and that at which the next begins, neither overlapping on either clock: where nothing
 * else lies between, on one of the clocks at least, both are one place.
 */
function bestBorder(
  old: LevelCurve,
  fresh: LevelCurve,
  before: LevelRun,
  after: LevelRun,
): { end: number; start: number } {
  // Where something was cut, the next run begins so much later on the old clock.
  const gap = Math.max(0, before.shift - after.shift);
  const least = Math.max(before.from, before.to - REACH);
  const most = Math.min(before.to + REACH, after.to - gap, old.fine.length - gap);
  const first = Math.min(after.from, least + gap);
  const afterWorth = suffixWorth(old, fresh, after, first, Math.min(after.to, after.from + REACH));
  const startFor = bestStarts(afterWorth);
  let best = { end: before.to, start: after.from, worth: -Infinity };
  let worth = 0;
  for (let end = least; end <= most; end++) {
    const index = end + gap - first;
    const start = startFor[index];
    const direct = worth + (afterWorth[index] ?? -Infinity);
    const apart = worth + (start === undefined ? -Infinity : (afterWorth[start] ?? 0)) - SKIP_COST;
    if (direct > best.worth) best = { end, start: end + gap, worth: direct };
    if (start !== undefined && apart > best.worth) best = { end, start: first + start, worth: apart };
    worth += speaksFor(old, fresh, before, end);
  }
  return best;
}

/** What the blocks from each one on say for a run, up to a block. */
function suffixWorth(old: LevelCurve, fresh: LevelCurve, run: LevelRun, from: number, to: number): number[] {
  const worth = new Array<number>(Math.max(0, to - from) + 1).fill(0);
  for (let block = to - 1; block >= from; block--)
    worth[block - from] = (worth[block - from + 1] ?? 0) + speaksFor(old, fresh, run, block);
  return worth;
}

/** For each place the best one from there on. */
function bestStarts(worth: readonly number[]): number[] {
  const starts = new Array<number>(worth.length).fill(worth.length - 1);
  for (let index = worth.length - 2; index >= 0; index--) {
    const later = starts[index + 1] ?? index;
    starts[index] = (worth[index] ?? 0) >= (worth[later] ?? 0) ? index : later;
  }
  return starts;
}

function joined(runs: readonly LevelRun[]): LevelRun[] {
  const whole: LevelRun[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    const isOne = last?.shift === run.shift && run.from - last.to <= MUTED_BLOCKS;
    if (last !== undefined && isOne) whole[whole.length - 1] = { ...last, to: run.to };
    else whole.push(run);
  }
  return whole;
}

/** Both recordings begin and end together: a little that fades in or out otherwise is no difference. */
function withEnds(runs: readonly LevelRun[], whole: Ground): LevelRun[] {
  return runs.map((run, index) => {
    const head = Math.min(run.from, run.from + run.shift);
    const tail = Math.min(whole.old.to - run.to, whole.fresh.to - run.to - run.shift);
    const isFirst = index === 0 && head <= MUTED_BLOCKS;
    const isLast = index === runs.length - 1 && tail <= MUTED_BLOCKS;
    return { ...run, from: run.from - (isFirst ? head : 0), to: run.to + (isLast ? tail : 0) };
  });
}

function timeMapOf(runs: readonly LevelRun[], { blockS, rmsDbfs }: Levels, newLevels: Levels): TimeMap {
  const inSeconds = (blocks: number): number => toMilliseconds(blocks * blockS);
  const kept = runs.map(({ from, to, shift }): KeptStretch => ({
    oldFromS: inSeconds(from),
    oldToS: inSeconds(to),
    newFromS: inSeconds(from + shift),
  }));
  const fresh = runs.map(({ from, to, shift }) => ({
    fromS: inSeconds(from + shift),
    toS: inSeconds(to + shift),
  }));
  const old = kept.map(({ oldFromS, oldToS }) => ({ fromS: oldFromS, toS: oldToS }));
  return {
    kept,
    cut: between(old, inSeconds(rmsDbfs.length)),
    added: between(fresh, inSeconds(newLevels.rmsDbfs.length)),
  };
}

/** What lies before, between and after ranges, where it is long enough to be told. */
function between(ranges: readonly TimeRange[], endS: number): TimeRange[] {
  const starts = [0, ...ranges.map(({ toS }) => toS)];
  const ends = [...ranges.map(({ fromS }) => fromS), endS];
  return starts
    .map((fromS, index) => ({ fromS, toS: ends[index] ?? endS }))
    .filter((range) => lengthS(range) >= SHORTEST_DIFFERENCE_S);
}
