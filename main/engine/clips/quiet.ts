import { DIGITAL_SILENCE_DBFS, type Levels } from '../../domain/levels.ts';
import type { TimeRange } from '../../domain/time.ts';

/** How loud it is around one place of a recording. */
export interface RoomSound {
  /** Mean power of the loud blocks: what somebody who speaks there sounds like. */
  readonly speechDbfs: number;
  /** What is left when nobody speaks. */
  readonly floorDbfs: number;
  /** At or below this level nobody is speaking. */
  readonly quietDbfs: number;
  /** At or below this level a cut is not heard beside the speech. */
  readonly silentDbfs: number;
}

/** The speech of the clip that is heard beside its edge, and the air around it on both sides. */
export const SPEECH_S = 15;
const FLOOR_REACH_S = 3;
const FLOOR_SHARE = 0.1;
/** The level of noise is told by no less than this much of it. */
export const FLICKER_S = 0.05;
const LOUD_WITHIN_DB = 10;
/** A pause is this far under the speech where the room is quiet enough for it. */
const PAUSE_BELOW_SPEECH_DB = 21;
/** In a loud room a pause is what lies this close to the floor, and still clearly under the speech. */
const NEAR_FLOOR_DB = 5;
const LEAST_BELOW_SPEECH_DB = 8;

/** The levels of the blocks that lie in a range. */
export function levelsIn({ blockS, rmsDbfs }: Levels, { fromS, toS }: TimeRange): Float32Array {
  return rmsDbfs.subarray(Math.max(0, Math.floor(fromS / blockS)), Math.max(0, Math.ceil(toS / blockS)));
}

/** The level of the mean power of blocks, in dBFS. */
export function meanPowerDbfs(levels: Float32Array, aboveDbfs = -Infinity): number {
  let power = 0;
  let blocks = 0;
  for (const level of levels) {
    if (level < aboveDbfs) continue;
    power += 10 ** (level / 10);
    blocks += 1;
  }
  return blocks === 0 ? DIGITAL_SILENCE_DBFS : 10 * Math.log10(power / blocks);
}

/** The level around each block of a range, as the mean power of `smoothS` seconds: noise flickers, pauses do not. */
export function smoothed(levels: Levels, range: TimeRange, smoothS: number): Float32Array {
  const half = Math.floor(smoothS / 2 / levels.blockS);
  const first = Math.max(0, Math.floor(range.fromS / levels.blockS));
  return Float32Array.from(levelsIn(levels, range), (_, i) =>
    meanPowerDbfs(levels.rmsDbfs.subarray(Math.max(0, first + i - half), first + i + half + 1)),
  );
}

/** The level that one in ten moments of a range stays under. */
export function floorOf(levels: Levels, range: TimeRange): number {
  const calm = smoothed(levels, range, FLICKER_S).sort();
  return calm[Math.floor(calm.length * FLOOR_SHARE)] ?? DIGITAL_SILENCE_DBFS;
}

/**
 * Listens around an edge of a clip: to the clip's own speech on its inner side (side is -1 for the in point, which has its
 * words after it, and 1 for the out point), and to the quiet of both sides.
 */
export function listenAround(levels: Levels, atS: number, side: -1 | 1): RoomSound {
  const inside = side < 0 ? { fromS: atS, toS: atS + SPEECH_S } : { fromS: atS - SPEECH_S, toS: atS };
  const speech = levelsIn(levels, inside);
  const speechDbfs = meanPowerDbfs(speech, meanPowerDbfs(speech) - LOUD_WITHIN_DB);
  const floorDbfs = floorOf(levels, { fromS: atS - FLOOR_REACH_S, toS: atS + FLOOR_REACH_S });
  const nearFloor = Math.min(floorDbfs + NEAR_FLOOR_DB, speechDbfs - LEAST_BELOW_SPEECH_DB);
  const silentDbfs = speechDbfs - PAUSE_BELOW_SPEECH_DB;
  return { speechDbfs, floorDbfs, silentDbfs, quietDbfs: Math.max(silentDbfs, nearFloor) };
}
