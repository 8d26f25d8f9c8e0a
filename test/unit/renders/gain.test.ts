import { expect, test } from 'vitest';
import {
  firstGainDb,
  type GainPass,
  HIGHEST_GAIN_DB,
  nearestPass,
  nextGainDb,
} from '../../../main/engine/renders/gain.ts';

/** A limiter that gives back only part of each decibel above a knee. */
const limiter = (kneeDb: number, slope: number) => (gainDb: number) =>
  -30 + Math.min(gainDb, kneeDb) + Math.max(0, gainDb - kneeDb) * slope;

function search(loudnessAt: (gainDb: number) => number, targetLufs: number): GainPass[] {
  const passes: GainPass[] = [];
  let gainDb: number | undefined = firstGainDb(loudnessAt(0), targetLufs);
  while (gainDb !== undefined) {
    passes.push({ gainDb, integratedLufs: loudnessAt(gainDb) });
    gainDb = nextGainDb(passes, targetLufs);
  }
  return passes;
}

test('sound that needs no limiting is right at the first pass', () => {
  expect(search(limiter(100, 1), -14)).toEqual([{ gainDb: 16, integratedLufs: -14 }]);
});

test.each([
  [10, 0.7],
  [6, 0.5],
  [12, 0.3],
])(
  'a limiter with its knee at %d dB and a slope of %d is seen through within six passes',
  (kneeDb, slope) => {
    const passes = search(limiter(kneeDb, slope), -14);
    expect(passes.length).toBeLessThanOrEqual(6);
    expect(Math.abs((passes.at(-1)?.integratedLufs ?? 0) + 14)).toBeLessThanOrEqual(0.2);
  },
);

test('a limiter that gives nothing back ends the search with the nearest pass', () => {
  const passes = search(limiter(5, 0), -14);
  expect(passes.length).toBeLessThanOrEqual(6);
  expect(nearestPass(passes, -14)?.integratedLufs).toBe(-25);
});

test('one step is never longer than 6 dB', () => {
  expect(nextGainDb([{ gainDb: 16, integratedLufs: -30 }], -14)).toBe(22);
});

test('gain is capped, and the search ends at the cap', () => {
  expect(firstGainDb(-65, -14)).toBe(HIGHEST_GAIN_DB);
  expect(nextGainDb([{ gainDb: HIGHEST_GAIN_DB, integratedLufs: -25 }], -14)).toBeUndefined();
});
