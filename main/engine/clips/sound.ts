import { clamp } from '../../domain/time.ts';
import type { Levels } from '../../domain/levels.ts';

/** How a stretch sounds against the rest of the same episode; each value is 0 to 1. */
export interface ClipSound {
  /** Share of the episode's speech that is quieter. */
  readonly loudness: (fromS: number, toS: number) => number;
  /** How much louder its second half is, 6 dB being the most that counts. */
  readonly rise: (fromS: number, toS: number) => number;
  /** How much its level moves, against how much it moves elsewhere. */
  readonly dynamics: (fromS: number, toS: number) => number;
}

/** Quieter than this far below the episode's loud speech is a pause. */
const PAUSE_BELOW_DB = 25;
const LOUD_PERCENTILE = 0.9;

export function percentileOf(sorted: Float32Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.floor(sorted.length * share)))] ?? -100;
}

/** Share of the sorted values that are smaller. */
function rankIn(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted.length === 0 ? 0 : low / sorted.length;
}

/** Prepares the levels of an episode, so that any stretch of it is a subtraction. */
export function clipSound({ blockS, rmsDbfs }: Levels): ClipSound {
  const sorted = Float32Array.from(rmsDbfs).sort();
  const pauseDbfs = percentileOf(sorted, LOUD_PERCENTILE) - PAUSE_BELOW_DB;
  const count = new Float64Array(rmsDbfs.length + 1);
  const sum = new Float64Array(rmsDbfs.length + 1);
  const squares = new Float64Array(rmsDbfs.length + 1);
  rmsDbfs.forEach((level, i) => {
    const heard = level > pauseDbfs ? 1 : 0;
    count[i + 1] = (count[i] ?? 0) + heard;
    sum[i + 1] = (sum[i] ?? 0) + heard * level;
    squares[i + 1] = (squares[i] ?? 0) + heard * level * level;
  });
  const block = (atS: number): number => clamp(Math.round(atS / blockS), 0, rmsDbfs.length);
  const between = (totals: Float64Array, fromS: number, toS: number): number =>
    (totals[block(toS)] ?? 0) - (totals[block(fromS)] ?? 0);
  const mean = (fromS: number, toS: number): number =>
    between(sum, fromS, toS) / Math.max(1, between(count, fromS, toS));
  const deviation = (fromS: number, toS: number): number => {
    const blocks = Math.max(1, between(count, fromS, toS));
    return Math.sqrt(Math.max(0, between(squares, fromS, toS) / blocks - mean(fromS, toS) ** 2));
  };
  const usual = usualValues(rmsDbfs.length * blockS, mean, deviation);
  return {
    loudness: (fromS, toS) => rankIn(usual.means, mean(fromS, toS)),
    rise: (fromS, toS) => {
      const middleS = (fromS + toS) / 2;
      return clamp((mean(middleS, toS) - mean(fromS, middleS)) / 6, 0, 1);
    },
    dynamics: (fromS, toS) => rankIn(usual.deviations, deviation(fromS, toS)),
  };
}

const USUAL_S = 30;
const USUAL_STEP_S = 10;

function usualValues(
  durationS: number,
  mean: (fromS: number, toS: number) => number,
  deviation: (fromS: number, toS: number) => number,
): { means: Float32Array; deviations: Float32Array } {
  const means: number[] = [];
  const deviations: number[] = [];
  for (let atS = 0; atS + USUAL_STEP_S <= durationS; atS += USUAL_STEP_S) {
    means.push(mean(atS, atS + USUAL_S));
    deviations.push(deviation(atS, atS + USUAL_S));
  }
  return { means: Float32Array.from(means).sort(), deviations: Float32Array.from(deviations).sort() };
}
