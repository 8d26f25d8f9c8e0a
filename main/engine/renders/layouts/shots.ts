import type { PictureBox } from '../../../domain/framing.ts';
import type { TimeRange } from '../../../domain/time.ts';

/** What a camera showed in each frame, and how many frames there are in a second. */
export interface Looks {
  readonly perS: number;
  readonly pictures: readonly Uint8Array[];
}

/** A stretch of a clip without a cut, on the clip's clock, and what the camera shows in it. */
export interface Shot extends TimeRange {
  readonly look: Uint8Array;
}

/** Mean difference of neighbouring pictures, in gray levels of 255, from which on they are of different shots. */
const CUT = 10;
/** How far people may move and lights may change while a shot is still the one that a box was placed on. */
const SAME_CAMERA = 14;

/** Divides a clip into its shots: where all of the picture changes from one frame to the next. */
export function shotsIn({ pictures, perS }: Looks, lengthS: number): Shot[] {
  const starts = pictures.flatMap((picture, at) => {
    const before = pictures[at - 1];
    return before === undefined || difference(before, picture) >= CUT ? [at] : [];
  });
  return starts.flatMap((start, index) => {
    const end = starts[index + 1] ?? pictures.length;
    const look = pictures[Math.floor((start + end) / 2)];
    if (look === undefined) return [];
    const toS = starts[index + 1] === undefined ? lengthS : end / perS;
    return [{ fromS: start / perS, toS, look }];
  });
}

/** The boxes that were placed on this shot, or on no shot in particular. */
export const boxesIn = (shot: Shot, boxes: readonly PictureBox[]): PictureBox[] =>
  boxes.filter(
    ({ look }) => look === undefined || difference(Buffer.from(look, 'base64'), shot.look) < SAME_CAMERA,
  );

export const isSameCamera = (one: string, other: string): boolean =>
  difference(Buffer.from(one, 'base64'), Buffer.from(other, 'base64')) < SAME_CAMERA;

function difference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0));
  return sum / Math.max(1, one.length);
}
