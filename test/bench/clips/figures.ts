import type { ScoredWindow } from '../../../main/engine/clips/find.ts';
import { areaUnderCurve, hits, type BenchmarkEpisode } from './benchmark.ts';

/** How well an episode's windows were ranked. */
export interface Figures {
  readonly recallAtTen: number;
  /** Undefined where every window or none hits a moment. */
  readonly auc: number | undefined;
  /** The same among windows of about the same length: longer windows hit more, whatever they hold. */
  readonly aucOfLike: number | undefined;
  /** Mean length of the ten best, in seconds. */
  readonly lengthS: number;
}

const BEST = 10;
const LENGTH_EDGES_S = [0, 20, 30, 40, 50, Infinity];

interface Judged {
  readonly inS: number;
  readonly outS: number;
  readonly score: number;
  readonly isHit: boolean;
}

/** The best ten that do not overlap, as the benchmark counts them. */
function bestTen(windows: readonly Judged[]): Judged[] {
  const kept: Judged[] = [];
  for (const one of [...windows].sort((a, b) => b.score - a.score)) {
    if (kept.length === BEST) break;
    if (kept.every((other) => one.outS <= other.inS || one.inS >= other.outS)) kept.push(one);
  }
  return kept;
}

const areaOf = (windows: readonly Judged[]): number | undefined =>
  areaUnderCurve(
    windows.map(({ score }) => score),
    windows.map(({ isHit }) => isHit),
  );

/** The area within each band of length, weighted by the windows that hit. */
function areaAmongLike(windows: readonly Judged[]): number | undefined {
  let sum = 0;
  let weights = 0;
  LENGTH_EDGES_S.slice(1).forEach((edgeS, n) => {
    const like = windows.filter(
      ({ inS, outS }) => outS - inS >= (LENGTH_EDGES_S[n] ?? 0) && outS - inS < edgeS,
    );
    const area = areaOf(like);
    if (area === undefined) return;
    const weight = like.filter(({ isHit }) => isHit).length;
    sum += area * weight;
    weights += weight;
  });
  return weights === 0 ? undefined : sum / weights;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Measures one episode's ranking against its moments. */
export function figuresOf({ truth }: BenchmarkEpisode, windows: readonly ScoredWindow[]): Figures {
  const judged = windows.map(({ fromS, toS, score }): Judged => {
    const range = { inS: fromS, outS: toS };
    return { ...range, score, isHit: truth.some((moment) => hits(range, moment)) };
  });
  const best = bestTen(judged);
  const weightOf = (moments: BenchmarkEpisode['truth']): number =>
    moments.reduce((sum, { weight }) => sum + weight, 0);
  const caught = truth.filter((moment) => best.some((clip) => hits(clip, moment)));
  return {
    recallAtTen: weightOf(caught) / weightOf(truth),
    auc: areaOf(judged),
    aucOfLike: areaAmongLike(judged),
    lengthS: mean(best.map(({ inS, outS }) => outS - inS)),
  };
}

const DRAWS = 2000;

/** A repeatable stream of numbers from 0 to 1 (mulberry32). */
function drawsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The mean with its 95 % interval by drawing the episodes again 2000 times. */
function withInterval(values: readonly number[]): string {
  const draw = drawsFrom(7);
  const means = Array.from({ length: DRAWS }, () =>
    mean(values.map(() => values[Math.floor(draw() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  const at = (share: number): string => (means[Math.floor(share * DRAWS)] ?? 0).toFixed(3);
  return `${mean(values).toFixed(3)} [${at(0.025)}, ${at(0.975)}]`;
}

const known = (values: readonly (number | undefined)[]): number[] =>
  values.filter((value) => value !== undefined);

/** A line of figures as it is printed. */
export function describeFigures(label: string, rows: readonly Figures[]): string {
  return (
    `${label} (${rows.length} episodes)\n` +
    `  recall@10               ${withInterval(rows.map(({ recallAtTen }) => recallAtTen))}\n` +
    `  AUC, all windows        ${withInterval(known(rows.map(({ auc }) => auc)))}\n` +
    `  AUC, of like length     ${withInterval(known(rows.map(({ aucOfLike }) => aucOfLike)))}\n` +
    `  length of the ten best  ${mean(rows.map(({ lengthS }) => lengthS)).toFixed(1)} s\n`
  );
}
