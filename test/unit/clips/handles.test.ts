import { describe, expect, test } from 'vitest';
import type { Levels } from '../../../main/domain/levels.ts';
import type { TimeRange } from '../../../main/domain/time.ts';
import { placeHandles, type EdgeWords } from '../../../main/engine/clips/handles.ts';

const BLOCK_S = 0.01;
const SPEECH_DBFS = -20;
const AIR_DBFS = -65;

interface Sound extends TimeRange {
  readonly dbfs: number;
}

/** Levels in which only these sounds are heard. */
function levelsOf(durationS: number, sounds: readonly Sound[], airDbfs = AIR_DBFS): Levels {
  const rmsDbfs = new Float32Array(Math.round(durationS / BLOCK_S)).fill(airDbfs);
  for (const { fromS, toS, dbfs } of sounds)
    rmsDbfs.fill(dbfs, Math.round(fromS / BLOCK_S), Math.round(toS / BLOCK_S));
  return { blockS: BLOCK_S, rmsDbfs };
}

const said = (fromS: number, toS: number): Sound => ({ fromS, toS, dbfs: SPEECH_DBFS });
const previous = { fromS: 3, toS: 4 };
const clip = { fromS: 5, toS: 12 };
const next = { fromS: 13, toS: 14 };
const speech = [said(0.5, 4), said(5, 12), said(13, 20)];
const words: EdgeWords = {
  previous,
  first: { fromS: 5, toS: 5.4 },
  last: { fromS: 11.6, toS: 12 },
  next,
  timing: 'word',
};
const limits = { endS: 20, longestS: 60 };

describe('the cuts around a clip', () => {
  test('leave a quarter of a second before the first word and six tenths after the last', () => {
    const { fromS, toS } = placeHandles(words, levelsOf(20, speech), limits);
    expect(fromS).toBeCloseTo(4.765, 2);
    expect(toS).toBeCloseTo(12.585, 2);
  });

  test('follow the sound where the transcript is two tenths of a second wrong, early or late', () => {
    const levels = levelsOf(20, speech);
    for (const wrongS of [-0.2, 0.2]) {
      const told = {
        ...words,
        first: { fromS: 5 + wrongS, toS: 5.4 },
        last: { fromS: 11.6, toS: 12 + wrongS },
      };
      const { fromS, toS } = placeHandles(told, levels, limits);
      expect([fromS, toS]).toEqual([expect.closeTo(4.765, 2), expect.closeTo(12.585, 2)]);
    }
  });

  test('stay clear of neighbours that leave only a short pause', () => {
    const close = levelsOf(20, [said(0.5, 4.9), said(5, 12), said(12.15, 20)]);
    const told = { ...words, previous: { fromS: 4.5, toS: 4.9 }, next: { fromS: 12.15, toS: 12.5 } };
    const { fromS, toS } = placeHandles(told, close, limits);
    expect(fromS).toBeGreaterThan(4.9);
    expect(fromS).toBeLessThan(5);
    expect(toS).toBeGreaterThan(12);
    expect(toS).toBeLessThan(12.15);
  });

  test('take the quietest place between words that run into each other', () => {
    const joined = levelsOf(20, [said(0.5, 20), { fromS: 4.96, toS: 4.97, dbfs: -30 }]);
    const told = { ...words, previous: { fromS: 4.6, toS: 5 }, next: undefined };
    expect(placeHandles(told, joined, limits).fromS).toBeCloseTo(4.965, 3);
  });

  test('never look further into a word than its middle, whatever is quiet there', () => {
    const gap = levelsOf(20, [said(0.5, 20), { fromS: 5.28, toS: 5.31, dbfs: -60 }]);
    const told = { ...words, first: { fromS: 5.1, toS: 5.4 }, previous: { fromS: 4.6, toS: 5.1 } };
    expect(placeHandles(told, gap, limits).fromS).toBeLessThanOrEqual(5.25);
  });

  test('keep within the longest clip and within the recording', () => {
    const levels = levelsOf(12.2, [said(0, 12)]);
    const all = {
      previous: undefined,
      first: { fromS: 0, toS: 1 },
      last: { fromS: 11, toS: 12 },
      next: undefined,
    };
    const { fromS, toS } = placeHandles({ ...all, timing: 'word' }, levels, { endS: 12.2, longestS: 12.1 });
    expect(fromS).toBeGreaterThanOrEqual(0);
    expect(toS).toBeLessThanOrEqual(12.2);
    expect(toS - fromS).toBeLessThanOrEqual(12.1);
  });

  test('lie in a pause also where the room is only 15 dB quieter than the speech', () => {
    const noisy = levelsOf(20, speech, -35);
    const { fromS, toS } = placeHandles(words, noisy, limits);
    expect(fromS).toBeGreaterThan(previous.toS);
    expect(fromS).toBeLessThan(clip.fromS);
    expect(toS).toBeGreaterThan(clip.toS);
    expect(toS).toBeLessThan(next.fromS);
  });
});

describe('laughter and applause after the last word', () => {
  const late = { ...words, next: { fromS: 18, toS: 19 } };
  const outAfter = (sounds: readonly Sound[], airDbfs = AIR_DBFS): number =>
    placeHandles(late, levelsOf(20, [said(0.5, 4), said(5, 12), said(18, 20), ...sounds], airDbfs), limits)
      .toS;

  test('are kept until they have fallen', () => {
    const fallen = outAfter([{ fromS: 12.3, toS: 14.5, dbfs: -26 }]);
    expect(fallen).toBeGreaterThan(14.5);
    expect(fallen).toBeLessThan(15);
  });

  test('are kept through the gaps between bursts', () => {
    const bursts = Array.from({ length: 10 }, (_, n) => ({
      fromS: 12.2 + n * 0.22,
      toS: 12.32 + n * 0.22,
      dbfs: -24,
    }));
    expect(outAfter(bursts)).toBeGreaterThan(14.2);
  });

  test('are left after four seconds, however long they go on', () => {
    expect(outAfter([{ fromS: 12.2, toS: 17.9, dbfs: -24 }])).toBeCloseTo(16, 1);
  });

  test('are not heard in a talk that the end of the recording cuts off', () => {
    const lastWords = { ...words, next: undefined };
    const cutOff = levelsOf(14.5, [said(0.5, 4), said(5, 12), said(12.2, 14.5)]);
    expect(placeHandles(lastWords, cutOff, { ...limits, endS: 14.5 }).toS).toBeLessThan(12.61);
  });

  test('are not heard in a cough, in a sound that comes much later, or in the steady noise of a room', () => {
    expect(outAfter([{ fromS: 12.3, toS: 12.5, dbfs: -24 }])).toBeLessThan(12.61);
    expect(outAfter([{ fromS: 14, toS: 16, dbfs: -24 }])).toBeLessThan(12.61);
    expect(outAfter([], -32)).toBeLessThan(12.61);
  });

  test('are not waited for into the next word', () => {
    const soon = { ...words, next: { fromS: 13.5, toS: 14 } };
    const levels = levelsOf(20, [
      said(0.5, 4),
      said(5, 12),
      { fromS: 12.2, toS: 13.5, dbfs: -26 },
      said(13.5, 20),
    ]);
    expect(placeHandles(soon, levels, limits).toS).toBeLessThanOrEqual(13.5);
  });
});
