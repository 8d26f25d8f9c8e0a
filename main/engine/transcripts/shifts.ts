import type { TimeRange } from '../../domain/time.ts';
import type { Claim, SpeechEvidence } from './speechEvidence.ts';

/** By how much a stretch of a transcript, on its own clock, lies later in the recording. */
export interface Shift extends TimeRange {
  readonly shiftS: number;
  /** By how much more the shift is at the end of the stretch than at its beginning: two clocks that do not run alike. */
  readonly driftS: number;
}

export interface ShiftedStretch extends Shift {
  /** What speaks for it, and over how many blocks of 15 s. */
  readonly evidence: number;
  readonly blocks: number;
}

export interface Shifts {
  readonly stretches: readonly ShiftedStretch[];
  /** The evidence for them all together; see SpeechEvidence. */
  readonly evidence: number;
  /** How many blocks of the transcript there are, and how many agree with nothing in the recording. */
  readonly blocks: number;
  readonly absentBlocks: number;
}

const BLOCK_S = 15;
const STEP_S = 0.1;
const FURTHEST_S = 600;
/** A jump to any other shift has to be worth so much: one in a few hundred blocks, to one of some thousand places. */
const JUMP_COST = 24;
const DRIFT_COST = 4;
/** Some of the transcript may be nowhere in the recording, which then says nothing for or against it. */
const ABSENT_COST = 6;
/** Smaller differences are drift or noise, not something that was put in. */
const SMALLEST_JUMP_S = 0.45;
const SMALLEST_DRIFT_S = 0.3;

/**
 * Finds by how much a transcript has to be shifted to agree with a recording: the most likely path through the shifts of all
 * blocks of 15 s (Viterbi), in which staying costs nothing, drifting a little and jumping much. Blocks that agree nowhere
 * belong to no stretch.
 */
export function findShifts(claims: readonly Claim[], evidence: SpeechEvidence): Shifts {
  const blocks = blocksOf(claims);
  const count = Math.round((2 * FURTHEST_S) / STEP_S) + 1;
  const shiftOf = (index: number): number => (index - (count - 1) / 2) * STEP_S;
  const scores = blocks.map((block) =>
    Float64Array.from({ length: count }, (_unused, index) => evidence.of(block.claims, shiftOf(index))),
  );
  const { path, total } = bestPath(scores, count);
  const steps = path
    .map((index, block) => ({ index, block, shiftS: shiftOf(index) }))
    .filter(({ index }) => index < count);
  return {
    stretches: stretchesOf(steps, blocks, evidence),
    evidence: total,
    blocks: blocks.length,
    absentBlocks: path.length - steps.length,
  };
}

interface Block {
  readonly fromS: number;
  readonly toS: number;
  readonly claims: readonly Claim[];
}

function blocksOf(claims: readonly Claim[]): Block[] {
  const blocks = new Map<number, Claim[]>();
  for (const claim of claims) {
    const number = Math.floor(claim.fromS / BLOCK_S);
    const block = blocks.get(number);
    if (block === undefined) blocks.set(number, [claim]);
    else block.push(claim);
  }
  return [...blocks].map(([, within]) => ({
    fromS: within[0]?.fromS ?? 0,
    toS: within.at(-1)?.toS ?? 0,
    claims: within,
  }));
}

const STAY = 0;
const UP = 1;
const DOWN = 2;
const JUMP = 3;

/** The place after all shifts stands for blocks that are nowhere in the recording. */
function bestPath(scores: readonly Float64Array[], count: number): { path: number[]; total: number } {
  // A transcript is taken to fit as it stands unless much speaks for a shift.
  let best = new Float64Array(count + 1).fill(-JUMP_COST);
  best[(count - 1) / 2] = 0;
  best[count] = -ABSENT_COST;
  const moves: Uint8Array[] = [];
  const origins: number[] = [];
  for (const block of scores) {
    const origin = indexOfMax(best);
    const step = advance(best, block, best[origin] ?? 0);
    moves.push(step.moves);
    origins.push(origin);
    best = step.best;
  }
  let at = indexOfMax(best);
  const total = best[at] ?? 0;
  const path: number[] = [];
  for (let block = scores.length - 1; block >= 0; block--) {
    path.push(at);
    const how = moves[block]?.[at];
    if (how === JUMP) at = origins[block] ?? at;
    else if (how === UP) at -= 1;
    else if (how === DOWN) at += 1;
  }
  return { path: path.reverse(), total };
}

/** One block further: the best way to each shift, and by which move it comes there. */
function advance(
  best: Float64Array,
  block: Float64Array,
  highest: number,
): { best: Float64Array<ArrayBuffer>; moves: Uint8Array } {
  const count = block.length;
  const next = new Float64Array(count + 1);
  const moves = new Uint8Array(count + 1);
  for (let index = 0; index < count; index++) {
    let value = best[index] ?? 0;
    let how = STAY;
    const up = (index === 0 ? -Infinity : (best[index - 1] ?? 0)) - DRIFT_COST;
    const down = (index === count - 1 ? -Infinity : (best[index + 1] ?? 0)) - DRIFT_COST;
    if (up > value) [value, how] = [up, UP];
    if (down > value) [value, how] = [down, DOWN];
    if (highest - JUMP_COST > value) [value, how] = [highest - JUMP_COST, JUMP];
    next[index] = value + (block[index] ?? 0);
    moves[index] = how;
  }
  const stays = best[count] ?? 0;
  const leaves = highest - ABSENT_COST > stays;
  next[count] = leaves ? highest - ABSENT_COST : stays;
  moves[count] = leaves ? JUMP : STAY;
  return { best: next, moves };
}

function indexOfMax(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++)
    if ((values[index] ?? -Infinity) > (values[best] ?? -Infinity)) best = index;
  return best;
}

/** Times that are off by so much still agree with the recording as a whole. */
const SLOPPY_S = 0.8;
/** A shift that pushes more of the transcript out of the recording says nothing about chance. */
const LEAST_INSIDE = 0.7;

/**
 * How far the best single shift stands out from the others when times count only roughly, in standard deviations. Chance
 * reaches about 3.5 among the thousand shifts that differ.
 */
export function standingOut(claims: readonly Claim[], evidence: SpeechEvidence): number {
  const pauses = claims
    .filter((claim) => claim.isPause)
    .map((claim) => ({ ...claim, fromS: claim.fromS - SLOPPY_S, toS: claim.toS + SLOPPY_S }));
  const values: number[] = [];
  for (let shiftS = -FURTHEST_S; shiftS <= FURTHEST_S; shiftS += SLOPPY_S / 2) {
    const share = evidence.shareInside(claims, shiftS);
    if (share >= LEAST_INSIDE) values.push(evidence.of(pauses, shiftS) / share);
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  return variance === 0 ? 0 : (Math.max(...values) - mean) / Math.sqrt(variance);
}

function stretchesOf(
  steps: readonly { readonly block: number; readonly shiftS: number }[],
  blocks: readonly Block[],
  evidence: SpeechEvidence,
): ShiftedStretch[] {
  const runs: { readonly block: number; readonly shiftS: number }[][] = [];
  for (const step of steps) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && Math.abs(step.shiftS - last.shiftS) < SMALLEST_JUMP_S) runs.at(-1)?.push(step);
    else runs.push([step]);
  }
  return runs.map((run) => {
    const within = run.map(({ block }) => blocks[block]).filter((block) => block !== undefined);
    const range = { fromS: within[0]?.fromS ?? 0, toS: within.at(-1)?.toS ?? 0 };
    const [first, last] = [run[0]?.shiftS ?? 0, run.at(-1)?.shiftS ?? 0];
    const isDrift = Math.abs(last - first) >= SMALLEST_DRIFT_S;
    const middleS = run[Math.floor(run.length / 2)]?.shiftS ?? first;
    const rough = isDrift
      ? { ...range, shiftS: first, driftS: last - first }
      : { ...range, shiftS: middleS, driftS: 0 };
    return refined(rough, within, evidence);
  });
}

/** The shift of a moment of a stretch. */
export const shiftAt = ({ fromS, toS, shiftS, driftS }: Shift, atS: number): number =>
  driftS === 0 || toS <= fromS ? shiftS : shiftS + (driftS * (atS - fromS)) / (toS - fromS);

/** Offsets that are tried around what whole blocks have shown, to the hundredth of a second. */
const CONSTANT_OFFSETS = Array.from({ length: 41 }, (_unused, index) => (index - 20) / 100);
const DRIFT_OFFSETS = Array.from({ length: 21 }, (_unused, index) => (index - 10) / 25);

/** The shift and drift nearby that agree best; of those that are equally good the middle one. */
function refined(rough: Shift, blocks: readonly Block[], evidence: SpeechEvidence): ShiftedStretch {
  const tried = CONSTANT_OFFSETS.flatMap((offset) =>
    (rough.driftS === 0 ? [0] : DRIFT_OFFSETS).map((drift) => ({
      ...rough,
      shiftS: rough.shiftS + offset,
      driftS: rough.driftS + drift,
    })),
  );
  const values = tried.map((shift) =>
    blocks.reduce(
      (sum, block) => sum + evidence.of(block.claims, shiftAt(shift, (block.fromS + block.toS) / 2)),
      0,
    ),
  );
  const best = Math.max(...values);
  const equal = tried.filter((_, index) => (values[index] ?? 0) >= best - 1e-9);
  const chosen = equal[Math.floor(equal.length / 2)] ?? rough;
  const hundredths = (timeS: number): number => Math.round(timeS * 100) / 100;
  return {
    ...chosen,
    shiftS: hundredths(chosen.shiftS),
    driftS: hundredths(chosen.driftS),
    evidence: best,
    blocks: blocks.length,
  };
}
