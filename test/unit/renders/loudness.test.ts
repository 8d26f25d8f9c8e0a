import { expect, test } from 'vitest';
import type { Loudness } from '../../../main/domain/preset.ts';
import { corrected, loudnessFilter, readMeasurement } from '../../../main/engine/renders/loudness.ts';

const SUMMARY = `[Parsed_ebur128_0 @ 0x1] Summary:

  Integrated loudness:
    I:         -16.4 LUFS
    Threshold: -26.9 LUFS

  Loudness range:
    LRA:         3.1 LU
    LRA low:   -18.6 LUFS

  Sample peak:
    Peak:       -2.0 dBFS

  True peak:
    Peak:       -1.4 dBFS
`;
const target: Loudness = { integratedLufs: -14, truePeakDbtp: -2, truePeakLimitDbtp: -1 };
const plan = { gainDb: 6, limiterDbfs: -2, limitingDb: 3, isOutOfReach: false };

test('the summary is read, whatever was logged before it', () => {
  expect(readMeasurement(`t: 1 M:-99 I: -70.0 LUFS\n${SUMMARY}`)).toEqual({
    integratedLufs: -16.4,
    samplePeakDbfs: -2,
    truePeakDbtp: -1.4,
  });
});

test('digital silence and a sound too short to be measured are as quiet as the gate', () => {
  const silent = SUMMARY.replace('-16.4', '-70.0').replaceAll(/Peak: +\S+/g, 'Peak:       -inf');
  expect(readMeasurement(silent)).toEqual({ integratedLufs: -70, samplePeakDbfs: -120, truePeakDbtp: -120 });
  expect(readMeasurement(SUMMARY.replace('-16.4', 'nan')).integratedLufs).toBe(-70);
});

test('the limiter is asked for the peak as a share of full scale', () => {
  expect(loudnessFilter(plan)).toContain('alimiter=limit=0.7943:level=0:attack=5:release=50');
});

test('a file that came out right is not encoded again', () => {
  const encoded = { integratedLufs: -14.3, samplePeakDbfs: -1.9, truePeakDbtp: -1.06 };
  expect(corrected(plan, encoded, target)).toBeUndefined();
});

test('a peak that is too high lowers the limiter by the excess and a little more', () => {
  const encoded = { integratedLufs: -14, samplePeakDbfs: -1, truePeakDbtp: -0.6 };
  const better = corrected(plan, encoded, target);
  expect(better?.gainDb).toBe(6);
  expect(better?.limiterDbfs).toBeCloseTo(-2.6, 6);
  expect(better?.limitingDb).toBeCloseTo(3.6, 6);
});

test('loudness that the encoder took is given back', () => {
  const encoded = { integratedLufs: -14.5, samplePeakDbfs: -2, truePeakDbtp: -1.5 };
  expect(corrected(plan, encoded, target)?.gainDb).toBe(6.5);
  expect(corrected({ ...plan, isOutOfReach: true }, encoded, target)).toBeUndefined();
});
