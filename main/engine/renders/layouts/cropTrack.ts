import type { PictureBox } from '../../../domain/framing.ts';
import { overlapS } from '../../../domain/time.ts';
import type { Segment } from '../../../domain/transcript.ts';
import { boxesIn, type Shot } from './shots.ts';

/** From a moment on, these parts of the picture are shown: one fills the frame, two share it. */
export interface CropStep {
  readonly fromS: number;
  readonly boxes: readonly PictureBox[];
}

/** What is shown of the picture, and when: the first step begins at 0, each lasts until the next. */
export type CropTrack = readonly CropStep[];

/** A camera that changes its mind faster than this is hard to watch. */
const LEAST_HOLD_S = 1.5;
/** Lengths of ranges add up with errors far smaller than this. */
const ROUNDING_S = 1e-6;

const MIDDLE: PictureBox = { speaker: null, x: 0, y: 0, width: 1, height: 1 };
const LEFT: PictureBox = { speaker: null, x: 0, y: 0, width: 0.5, height: 1 };
const RIGHT: PictureBox = { ...LEFT, x: 0.5 };
const HALVES: readonly PictureBox[] = [LEFT, RIGHT];

/** The track where no boxes are kept: the middle of the picture, or its two halves. */
export const restingTrack = (layout: 'crop' | 'stack'): CropTrack => [
  { fromS: 0, boxes: layout === 'crop' ? [MIDDLE] : HALVES },
];

/** True where what is shown depends on the shot or on who speaks, so that it is worth finding the shots. */
export const changesOverTime = (boxes: readonly PictureBox[]): boolean =>
  boxes.some((box) => box.look !== undefined) ||
  (boxes.length > 1 && boxes.some(({ speaker }) => speaker !== null));

/** Somebody speaking, on the clip's clock. */
export type Turn = Pick<Segment, 'speaker' | 'fromS' | 'toS'>;

/**
 * What is shown of each shot. A crop shows whoever speaks, held for at least 1.5 s, and both while two speak at once; a
 * stack shows both all the time. A box is used only in shots that look like the one it was placed on: in all others
 * the middle of the picture is shown, so that no box outlives its shot. All times are on the clip's clock, so that what
 * was tightened away in between neither cuts a shot nor lets the picture change too soon.
 */
export function cropTrack(
  layout: 'crop' | 'stack',
  boxes: readonly PictureBox[],
  spoken: readonly Turn[],
  shots: readonly Shot[],
): CropTrack {
  const steps = shots.flatMap((shot): CropStep[] => {
    const known = boxesIn(shot, boxes);
    if (layout === 'stack')
      return [{ fromS: shot.fromS, boxes: known.length === 0 ? [MIDDLE] : known.slice(0, 2) }];
    return held([{ fromS: shot.fromS, boxes: resting(known) }, ...turnsIn(shot, known, spoken)], shot);
  });
  return steps.length === 0 ? restingTrack(layout) : withoutRepeats(steps);
}

/** The part of a clip's track that belongs to each range, on that range's clock. */
export function divideTrack(track: CropTrack, lengthsS: readonly number[]): CropTrack[] {
  let startS = 0;
  return lengthsS.map((lengthOfRangeS) => {
    const endS = startS + lengthOfRangeS;
    const own = track.filter((step, index) => {
      const untilS = track[index + 1]?.fromS ?? Infinity;
      return step.fromS < endS - ROUNDING_S && untilS > startS + ROUNDING_S;
    });
    const shifted = own.map((step) => ({ ...step, fromS: Math.max(0, step.fromS - startS) }));
    startS = endS;
    return shifted;
  });
}

/** Whom a shot shows before anybody known has spoken in it. */
const resting = (known: readonly PictureBox[]): PictureBox[] => [
  known.find((box) => box.speaker === null) ?? known[0] ?? MIDDLE,
];

/** The moments of a shot at which other people begin to speak. */
function turnsIn(shot: Shot, known: readonly PictureBox[], spoken: readonly Turn[]): CropStep[] {
  const boxOf = (turn: Turn) => known.find((box) => box.speaker === turn.speaker);
  const turns = spoken.filter((turn) => overlapS(turn, shot) > 0 && boxOf(turn) !== undefined);
  return turns.map((turn) => {
    const other = turns.find((one) => one.speaker !== turn.speaker && overlapS(one, turn) >= LEAST_HOLD_S);
    const boxes = [turn, ...(other === undefined ? [] : [other])].flatMap((one) => boxOf(one) ?? []);
    // People keep their sides, whoever began.
    return { fromS: Math.max(shot.fromS, turn.fromS), boxes: boxes.sort((a, b) => a.x - b.x) };
  });
}

/** Leaves out what would not last: a change too soon after the shot began happens with the cut. */
function held(steps: readonly CropStep[], shot: Shot): CropStep[] {
  const changes = withoutRepeats(steps);
  const lasting = changes.filter(
    (step, index) => (changes[index + 1]?.fromS ?? shot.toS) - step.fromS >= LEAST_HOLD_S,
  );
  const kept = lasting.length === 0 ? changes.slice(-1) : withoutRepeats(lasting);
  return kept.map((step, index) => (index === 0 ? { ...step, fromS: shot.fromS } : step));
}

const withoutRepeats = (steps: readonly CropStep[]): CropStep[] =>
  steps.filter((step, index) => {
    const before = steps[index - 1];
    return before === undefined || !showsTheSame(before, step);
  });

const showsTheSame = (one: CropStep, other: CropStep): boolean =>
  one.boxes.length === other.boxes.length && one.boxes.every((box, index) => box === other.boxes[index]);
