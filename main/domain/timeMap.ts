import { z } from 'zod';
import { clamp, TimeRange, toMilliseconds } from './time.ts';

/** A stretch of a recording that its new version has as well, and where the new version has it. */
export const KeptStretch = z.object({ oldFromS: z.number(), oldToS: z.number(), newFromS: z.number() });
export type KeptStretch = z.infer<typeof KeptStretch>;

/** How the clock of a recording becomes that of its new version: stretches in order on both clocks, and what lies between. */
export const TimeMap = z.object({
  kept: z.array(KeptStretch),
  /** What the new version no longer has, on the old clock. */
  cut: z.array(TimeRange),
  /** What only the new version has, on the new clock. */
  added: z.array(TimeRange),
});
export type TimeMap = z.infer<typeof TimeMap>;

/** A pause is cut somewhere in its middle: what begins or ends this near to a border belongs to what was kept. */
const BORDER_S = 0.25;

const shiftOf = ({ oldFromS, newFromS }: KeptStretch): number => newFromS - oldFromS;

/** The stretch that a second of the old clock lies in, or so near beside; the nearest one. */
export function stretchAt({ kept }: TimeMap, timeS: number, besideS = BORDER_S): KeptStretch | undefined {
  const distanceS = ({ oldFromS, oldToS }: KeptStretch): number =>
    Math.max(0, oldFromS - timeS, timeS - oldToS);
  const near = kept.filter((stretch) => distanceS(stretch) <= besideS);
  return near.reduce<KeptStretch | undefined>(
    (best, stretch) => (best === undefined || distanceS(stretch) < distanceS(best) ? stretch : best),
    undefined,
  );
}

/** A second of the old clock by the shift of one stretch; never outside of it, so that nothing overlaps its neighbour. */
export const moveWithin = (stretch: KeptStretch, timeS: number): number =>
  toMilliseconds(clamp(timeS, stretch.oldFromS, stretch.oldToS) + shiftOf(stretch));

/** A moment on the new clock; undefined where it was cut. */
export function moveTime(map: TimeMap, timeS: number): number | undefined {
  const stretch = stretchAt(map, timeS);
  return stretch && moveWithin(stretch, timeS);
}

export interface MovedRange extends TimeRange {
  /** How much of it was cut out of its inside, and how much was put in, in seconds. */
  readonly cutS: number;
  readonly addedS: number;
}

/** What is left of a range, from its first kept moment to its last one; undefined where all of it was cut. */
export function moveRange(map: TimeMap, { fromS, toS }: TimeRange): MovedRange | undefined {
  const within = map.kept.filter(({ oldFromS, oldToS }) => oldToS > fromS && oldFromS < toS);
  const [first, last] = [within[0], within.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const moved = { fromS: moveWithin(first, fromS), toS: moveWithin(last, toS) };
  const keptS = within.reduce(
    (sum, { oldFromS, oldToS }) => sum + Math.min(oldToS, toS) - Math.max(oldFromS, fromS),
    0,
  );
  // What is left of a range that was cut out between two pauses is only their silence.
  if (keptS < Math.min(2 * BORDER_S, (toS - fromS) / 2)) return undefined;
  const cutS = toMilliseconds(toS - fromS - keptS);
  const addedS = toMilliseconds(Math.max(0, moved.toS - moved.fromS - keptS));
  return moved.toS > moved.fromS ? { ...moved, cutS, addedS } : undefined;
}
