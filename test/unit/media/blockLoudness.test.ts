import { expect, test } from 'vitest';
import { histogramOf, integratedLufs } from '../../../main/engine/media/blockLoudness.ts';

/** What ffmpeg 5 and the build of 2018 print for one block. */
const newer = (atS: number, lufs: number): string =>
  `[Parsed_ebur128_0 @ 0x5] t: ${atS}    TARGET:-23 LUFS    M: ${lufs} S:-120.7     I: -21.9 LUFS       LRA:   0.0 LU`;
const older = (atS: number, lufs: number): string =>
  `[Parsed_ebur128_0 @ 0x5] t: ${atS}        M: ${lufs} S:-120.7     I: -21.9 LUFS     LRA:   0.0 LU`;

test.each([newer, older])(
  'reads the blocks of either build and leaves out those that are not whole',
  (line) => {
    const log = [
      line(0.0999792, -120.7),
      line(0.2, -30.1),
      line(0.3, -26.2),
      line(0.4, -22.5),
      line(0.5, -22.5),
    ];
    expect(histogramOf(log.join('\n'), 0.4)).toEqual({ '-22.5': 2 });
  },
);

test('steady sound is as loud as each of its blocks, and silence counts for nothing', () => {
  expect(integratedLufs([{ '-20.0': 50 }, { '-20.0': 7 }])).toBeCloseTo(-20, 6);
  expect(integratedLufs([{}, {}])).toBeNull();
});

test('what is more than 10 LU below the rest is gated out', () => {
  expect(integratedLufs([{ '-20.0': 100, '-50.0': 1000 }])).toBeCloseTo(-20, 6);
  // 6 LU below is part of the programme: the mean of the energies is the answer.
  const both = 10 * Math.log10((10 ** -2 + 10 ** -2.6) / 2);
  expect(integratedLufs([{ '-20.0': 10, '-26.0': 10 }])).toBeCloseTo(both, 6);
});
