import { clamp } from '../../domain/time.ts';
import type { Cue } from '../../domain/transcript.ts';
import { shiftAt, type Shift } from './shifts.ts';
import type { Claim, SpeechEvidence } from './speechEvidence.ts';

/** Cues from first (inclusive) to end (exclusive) that are shifted alike; cues between two stretches are not in the recording. */
export interface PlacedStretch {
  readonly first: number;
  readonly end: number;
  readonly shift: Shift;
}

/** How far from the border of two blocks the step itself may be. */
const AROUND_STEP_S = 25;

/** Finds the cue before which each step lies: the one that gives both sides the most evidence. */
export function placeSteps(
  cues: readonly Cue[],
  claims: readonly Claim[],
  stretches: readonly Shift[],
  evidence: SpeechEvidence,
): PlacedStretch[] {
  const placed: PlacedStretch[] = [];
  let first = 0;
  stretches.forEach((shift, index) => {
    const next = stretches[index + 1];
    if (next === undefined) {
      placed.push({ first, end: cues.length, shift });
      return;
    }
    const step = bestStep(cues, claims, [shift, next], first, evidence);
    placed.push({ first, end: step.end, shift });
    first = step.resume;
  });
  return placed.filter(({ first: from, end }) => end > from);
}

interface Step {
  /** The first cue that is no longer part of the stretch before, and the first of the stretch after. */
  readonly end: number;
  readonly resume: number;
}

/** A cue is not left out for a little that speaks against it. */
const LEAVING_OUT_COST = 2;
const OVERLAP_S = 0.1;
/** A step lies in the middle of a pause, which is on both sides of it then. */
const SHORTEST_HALF_PAUSE_S = 0.1;
const LONGEST_HALF_PAUSE_S = 1;
/** A longer hole is what was put in. */
const LONGEST_HOLE_S = 5;

/**
 * The cue at which one stretch ends and the one at which the next begins: those that give both sides the most evidence. What
 * lies between is left out, because the recording does not have it.
 */
function bestStep(
  cues: readonly Cue[],
  claims: readonly Claim[],
  [before, after]: readonly [Shift, Shift],
  least: number,
  evidence: SpeechEvidence,
): Step {
  const reach = { fromS: before.toS - AROUND_STEP_S, toS: after.fromS + AROUND_STEP_S };
  const near = claims.filter(({ fromS, toS }) => toS >= reach.fromS && fromS <= reach.toS);
  const places = cues.flatMap((cue, index) =>
    index >= least && cue.fromS >= reach.fromS && cue.fromS <= reach.toS ? [index] : [],
  );
  const silence = (fromS: number, toS: number): number =>
    evidence.of([{ fromS, toS, isPause: true, weight: 1 }], 0);
  const ends = places.map((end) => {
    const endS = cues[end - 1]?.toS ?? 0;
    const heardS = endS + shiftAt(before, endS);
    const kept = near.filter(({ toS }) => toS <= endS + 0.01);
    const worth = evidence.of(kept, shiftAt(before, endS)) + silence(heardS, heardS + halfPauseS(cues, end));
    return { end, heardS, worth };
  });
  const resumes = places.map((resume) => {
    const resumeS = cues[resume]?.fromS ?? 0;
    const heardS = resumeS + shiftAt(after, resumeS);
    const kept = near.filter(({ fromS }) => fromS >= resumeS - 0.01);
    const worth =
      evidence.of(kept, shiftAt(after, resumeS)) + silence(heardS - halfPauseS(cues, resume), heardS);
    return { resume, heardS, worth };
  });
  let best: (Step & { worth: number }) | undefined;
  for (const { end, ...old } of ends) {
    for (const { resume, ...next } of resumes) {
      const holeS = next.heardS - old.heardS;
      if (resume < end || holeS < -OVERLAP_S) continue;
      // Where the recording goes on at once, nothing may be said in it that the transcript does not have.
      const hole = holeS > 0 && holeS < LONGEST_HOLE_S ? silence(old.heardS, next.heardS) : 0;
      const worth = old.worth + next.worth + hole - (resume - end) * LEAVING_OUT_COST;
      if (worth > (best?.worth ?? -Infinity)) best = { end, resume, worth };
    }
  }
  return best ?? { end: least, resume: least };
}

const halfPauseS = (cues: readonly Cue[], index: number): number =>
  clamp(
    ((cues[index]?.fromS ?? 0) - (cues[index - 1]?.toS ?? 0)) / 2,
    SHORTEST_HALF_PAUSE_S,
    LONGEST_HALF_PAUSE_S,
  );
