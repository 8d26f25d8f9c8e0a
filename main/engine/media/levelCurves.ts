import { DIGITAL_SILENCE_DBFS } from '../../domain/levels.ts';

/** What lies so far below the loud parts of a recording is silence, whatever an encoder made of it. */
const FLOOR_DB = -35;
const LOWEST_DB = -60;
const LOUD_SHARE = 0.95;
/** Blocks that one step of the coarse curve covers: 50 ms. */
export const COARSE = 5;

/** Levels relative to the loud parts of their own recording, so that another gain looks the same. */
export interface LevelCurve {
  /** Levels in blocks of 10 ms. */
  readonly quiet: Float32Array;
  /** The same with silence levelled out, and that in steps of 50 ms. */
  readonly fine: Float32Array;
  readonly coarse: Float32Array;
}

/** The curves of levels measured in blocks of 10 ms. */
export function levelCurve(rmsDbfs: Float32Array): LevelCurve {
  const sorted = Float32Array.from(rmsDbfs.filter((level) => level > DIGITAL_SILENCE_DBFS)).sort();
  const loud = sorted[Math.floor(sorted.length * LOUD_SHARE)] ?? DIGITAL_SILENCE_DBFS;
  const quiet = rmsDbfs.map((level) => Math.max(LOWEST_DB, level - loud));
  const fine = quiet.map((level) => Math.max(FLOOR_DB, level));
  const coarse = new Float32Array(Math.floor(fine.length / COARSE));
  for (let step = 0; step < coarse.length; step++) {
    let sum = 0;
    for (let block = 0; block < COARSE; block++) sum += fine[step * COARSE + block] ?? FLOOR_DB;
    coarse[step] = sum / COARSE;
  }
  return { quiet, fine, coarse };
}

export const isSilent = (level: number): boolean => level <= FLOOR_DB;

/** A stretch of one curve, in its steps; the end is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A place in a curve at which a piece of another looks alike, by Pearson's correlation. */
export interface Likeness {
  readonly at: number;
  readonly correlation: number;
}

/** So flat a piece looks like any other. */
const FLAT_DB = 1.5;

/** The best few places of a span, not neighbours of each other, at which a curve looks like a piece; none for a flat piece. */
export function likestPlaces(
  piece: Float32Array,
  curve: Float32Array,
  within: Span,
  order: { readonly count: number; readonly apart: number },
): Likeness[] {
  const correlations = correlate(piece, curve, within);
  const best: Likeness[] = [];
  while (best.length < order.count) {
    let top: Likeness | undefined;
    for (const [index, correlation] of correlations.entries()) {
      if (correlation <= (top?.correlation ?? 0)) continue;
      const at = within.from + index;
      if (best.every((known) => Math.abs(known.at - at) >= order.apart)) top = { at, correlation };
    }
    if (top === undefined) break;
    best.push(top);
  }
  return best;
}

/** The correlation of a piece with a curve at every place of a span; 0 where either is flat. */
function correlate(piece: Float32Array, curve: Float32Array, { from, to }: Span): Float32Array {
  const { length } = piece;
  const correlations = new Float32Array(Math.max(0, to - from - length + 1));
  const mean = piece.reduce((sum, level) => sum + level, 0) / length;
  const centred = piece.map((level) => level - mean);
  const power = centred.reduce((sum, level) => sum + level * level, 0);
  if (!(power / length >= FLAT_DB ** 2)) return correlations;
  let sum = 0;
  let squares = 0;
  for (let index = from; index < to; index++) {
    const entering = curve[index] ?? 0;
    sum += entering;
    squares += entering * entering;
    const at = index - length + 1;
    if (at < from) continue;
    const spread = squares - (sum * sum) / length;
    if (spread / length >= FLAT_DB ** 2)
      correlations[at - from] = dot(centred, curve, at) / Math.sqrt(power * spread);
    const leaving = curve[at] ?? 0;
    sum -= leaving;
    squares -= leaving * leaving;
  }
  return correlations;
}

function dot(pattern: Float32Array, curve: Float32Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < pattern.length; i++) sum += (pattern[i] ?? 0) * (curve[at + i] ?? 0);
  return sum;
}
