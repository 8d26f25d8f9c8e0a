import { describe, expect, test } from 'vitest';
import { overlapS } from '../../../main/domain/time.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { presetsFor } from '../../../main/engine/clips/ladder.ts';
import { conversation, spoken } from './episodes.ts';

const episode = spoken(conversation(240));
const { clips } = findClips(episode);

describe('a ladder of lengths', () => {
  test('offers an end for each length that platforms take, every one the end of a sentence', () => {
    const ends = new Set(episode.segments.map(({ toS }) => toS.toFixed(3)));
    const early = clips.filter(({ inS }) => inS < episode.durationS - 200);
    expect(early.length).toBeGreaterThan(2);
    for (const { inS, ladder = [] } of early) {
      expect(
        ladder.map(({ durationS }) => [30, 60, 90, 140, 180].findIndex((most) => durationS <= most)),
      ).toEqual([0, 1, 2, 3, 4]);
      for (const { outS, durationS } of ladder) {
        expect(ends.has(outS.toFixed(3))).toBe(true);
        expect(durationS).toBeCloseTo(outS - inS, 3);
      }
    }
  });

  test('names the presets whose platform takes the length', () => {
    expect(presetsFor(140)).toContain('x');
    expect(presetsFor(140.5)).not.toContain('x');
    expect(presetsFor(180)).toEqual(
      expect.arrayContaining(['reels', 'shorts', 'tiktok', 'linkedin', 'audio']),
    );
    expect(presetsFor(181)).toEqual(['tiktok', 'linkedin', 'audio', 'audio-mp3']);
    for (const { durationS, presets } of clips.flatMap(({ ladder = [] }) => ladder))
      expect(presets).toEqual(presetsFor(durationS));
  });

  test('a rung of the length of the clip has the score of the clip', () => {
    const same = clips.flatMap(({ outS, score, ladder = [] }) =>
      ladder.filter((rung) => rung.outS === outS).map((rung) => [rung.score, score]),
    );
    expect(same.length).toBeGreaterThan(0);
    for (const [rung, score] of same) expect(rung).toBe(score);
  });

  test('no rung runs into an advert', () => {
    const lines = conversation(60);
    const withAdvert = spoken([
      ...lines.slice(0, 20),
      'Ada: This episode is brought to you by Crumb, the bread of champions.',
      ...lines.slice(20),
    ]);
    const advert = { fromS: withAdvert.segments[20]?.fromS ?? 0, toS: withAdvert.segments[20]?.toS ?? 0 };
    const rungs = findClips(withAdvert).clips.flatMap(({ inS, ladder = [] }) =>
      ladder.map(({ outS }) => overlapS({ fromS: inS, toS: outS }, advert)),
    );
    expect(rungs.length).toBeGreaterThan(5);
    expect(Math.max(...rungs)).toBe(0);
  });
});
