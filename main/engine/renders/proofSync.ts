import { MUSIC_RATE_HZ } from './music.ts';

/** Sound of both files is compared at this rate: a step is a twelfth of a millisecond. */
const RATE_HZ = MUSIC_RATE_HZ;
const WINDOW_S = 0.6;
/** Further off than this the file is broken beyond being out of step. */
const FURTHEST_S = 0.08;
/** Below this likeness the two are not the same sound, or there is none. */
const LEAST_LIKENESS = 0.5;
/** Tones are as much alike a period later; of what is as much alike the nearest counts. */
const AS_ALIKE = 0.995;

/**
 * How much later the made sound is than the prepared one, in seconds, where they differ most of the places that are
 * looked at: the loudest moments of the beginning and of the end. Null where nothing can be compared. Both are mono.
 */
export function delayS(prepared: Float32Array, made: Float32Array): number | null {
  const third = Math.floor(prepared.length / 3);
  const places = [
    [0, third],
    [prepared.length - third, prepared.length],
  ] as const;
  const delays = places
    .map(([from, to]) => delayAt(prepared, made, loudestFrom(prepared, from, to)))
    .filter((delay) => delay !== null);
  return delays.length === 0
    ? null
    : delays.reduce((worst, one) => (Math.abs(one) > Math.abs(worst) ? one : worst));
}

/** Where the loudest window between two samples begins. */
function loudestFrom(samples: Float32Array, from: number, to: number): number {
  const length = Math.min(to - from, WINDOW_S * RATE_HZ);
  const step = RATE_HZ / 10;
  let [best, most] = [from, -1];
  for (let at = from; at + length <= to; at += step) {
    const energy = samples.subarray(at, at + length).reduce((sum, sample) => sum + sample * sample, 0);
    if (energy > most) [best, most] = [at, energy];
  }
  return best;
}

function delayAt(prepared: Float32Array, made: Float32Array, from: number): number | null {
  const window = prepared.subarray(from, from + WINDOW_S * RATE_HZ);
  const furthest = Math.round(FURTHEST_S * RATE_HZ);
  const likeness: number[] = [];
  for (let lag = -furthest; lag <= furthest; lag += 1) likeness.push(likenessOf(window, made, from + lag));
  const most = Math.max(...likeness);
  if (most < LEAST_LIKENESS) return null;
  const lags = likeness.flatMap((like, index) => (like >= most * AS_ALIKE ? [index - furthest] : []));
  return lags.reduce((best, lag) => (Math.abs(lag) < Math.abs(best) ? lag : best)) / RATE_HZ;
}

/** Normalised correlation, so that gain does not count. */
function likenessOf(window: Float32Array, made: Float32Array, from: number): number {
  let [product, ours, theirs] = [0, 1e-12, 1e-12];
  for (let at = 0; at < window.length; at += 1) {
    const [a, b] = [window[at] ?? 0, made[from + at] ?? 0];
    product += a * b;
    ours += a * a;
    theirs += b * b;
  }
  return product / Math.sqrt(ours * theirs);
}
