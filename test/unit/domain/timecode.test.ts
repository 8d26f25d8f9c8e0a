import { expect, test } from 'vitest';
import { frameOf, frameRateOf, isDropRate, timecodeOf } from '../../../main/domain/timecode.ts';

const NTSC = { numerator: 30_000, denominator: 1001 };

test('a measured rate is the known one that it means', () => {
  const told = [29.97, 29.970_03, 23.976, 59.94, 25, 30, 24.000_1, 29.4, 17.3].map(frameRateOf);
  expect(told.map(({ numerator, denominator }) => `${numerator}/${denominator}`)).toEqual([
    ...['30000/1001', '30000/1001', '24000/1001', '60000/1001', '25/1', '30/1', '24/1', '30/1', '24/1'],
  ]);
});

test('drop-frame timecode leaves out two numbers a minute, but none every tenth', () => {
  const codes = [0, 1799, 1800, 17_981, 17_982, 107_892].map((frame) => timecodeOf(frame, NTSC));
  expect(codes).toEqual([
    ...['00:00:00;00', '00:00:59;29', '00:01:00;02', '00:09:59;29', '00:10:00;00', '01:00:00;00'],
  ]);
  expect(timecodeOf(3596, { numerator: 60_000, denominator: 1001 })).toBe('00:00:59;56');
  expect(timecodeOf(3600, { numerator: 60_000, denominator: 1001 })).toBe('00:01:00;04');
});

test('other rates count every number, and the film rate of NTSC drops none', () => {
  expect(timecodeOf(90_000, { numerator: 25, denominator: 1 })).toBe('01:00:00:00');
  const film = { numerator: 24_000, denominator: 1001 };
  expect([isDropRate(film), timecodeOf(86_400, film)]).toEqual([false, '01:00:00:00']);
});

test.each([NTSC, { numerator: 60_000, denominator: 1001 }, { numerator: 24, denominator: 1 }])(
  'every frame of two hours at $numerator/$denominator is read back from its timecode, each code once',
  (rate) => {
    const codes = new Set<string>();
    const step = 7;
    const frames = Math.floor((7200 * rate.numerator) / rate.denominator / step);
    for (let index = 0; index < frames; index += 1) {
      const code = timecodeOf(index * step, rate);
      codes.add(code);
      if (frameOf(code, rate, isDropRate(rate)) !== index * step)
        throw new Error(`${code} is read otherwise`);
    }
    expect(codes.size).toBe(frames);
  },
);

test('what is no timecode is none', () => {
  const rate = { numerator: 25, denominator: 1 };
  expect(['00:00:00:25', '00:61:00:00', '1:2:3:4', 'soon'].map((text) => frameOf(text, rate, false))).toEqual(
    [...[undefined, undefined, undefined, undefined]],
  );
});
