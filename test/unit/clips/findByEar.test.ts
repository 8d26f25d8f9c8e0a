import { describe, expect, test } from 'vitest';
import { findByEar } from '../../../main/engine/clips/findByEar.ts';
import { heard } from './episodes.ts';

/** Twenty minutes: five seconds of speech, one of pause; the tenth minute is said much louder. */
const stretches = Array.from({ length: 200 }, (_, i) => ({
  fromS: i * 6,
  toS: i * 6 + 5,
  dbfs: i >= 90 && i < 100 ? -10 : -24,
}));
const episode = { ...heard(1200, stretches), durationS: 1200 };
const found = findByEar(episode);

describe('found by ear', () => {
  test('the loud minute comes first', () => {
    expect(found.clips[0]?.inS).toBeGreaterThan(500);
    expect(found.clips[0]?.inS).toBeLessThan(600);
    expect(found.clips.length).toBeGreaterThanOrEqual(5);
  });

  test('it is marked as heard and not read, and its score knows its limits', () => {
    for (const clip of found.clips) {
      expect(clip).toMatchObject({ foundBy: 'ear', confidence: 'low', text: '', speakers: [] });
      expect(clip.reason).toContain('No words were heard');
      expect(clip.title).toMatch(/^Found by ear at \d+:\d\d/u);
      expect(clip.score).toBeLessThanOrEqual(40);
    }
  });

  test('its points and their evidence add up', () => {
    for (const { score, parts } of found.clips) {
      const tenths = parts.reduce((sum, { points }) => sum + Math.round(points * 10), 0);
      expect(tenths).toBe(Math.round(score * 10));
      for (const { points, because } of parts)
        expect(because.reduce((sum, one) => sum + one.points, 0)).toBeCloseTo(points, 5);
    }
  });

  test('every clip begins and ends in a pause and lasts 12 to 60 seconds', () => {
    for (const { inS, outS, durationS } of found.clips) {
      const cut = stretches.filter(
        ({ fromS, toS }) => (fromS < inS && inS < toS) || (fromS < outS && outS < toS),
      );
      expect(cut).toEqual([]);
      expect(durationS).toBeGreaterThanOrEqual(12);
      expect(durationS).toBeLessThanOrEqual(60);
    }
  });

  test('the same sound gives the same answer', () => {
    expect(findByEar(episode)).toEqual(found);
  });

  test('talk without a pause is still parted', () => {
    const { clips } = findByEar({ ...heard(300, [{ fromS: 1, toS: 299, dbfs: -20 }]), durationS: 300 });
    expect(clips.length).toBeGreaterThan(0);
    expect(clips.every(({ durationS }) => durationS <= 60)).toBe(true);
  });

  test('a recording of eight seconds gives itself', () => {
    const { clips } = findByEar({ ...heard(8, [{ fromS: 1, toS: 7, dbfs: -20 }]), durationS: 8 });
    expect(clips).toHaveLength(1);
    expect(clips[0]?.inS).toBeLessThanOrEqual(1);
    expect(clips[0]?.outS).toBeGreaterThanOrEqual(7);
  });

  test('where nobody is heard there is nothing to find', () => {
    expect(() => findByEar({ ...heard(60, []), durationS: 60 })).toThrow(/nobody is heard/);
  });
});
