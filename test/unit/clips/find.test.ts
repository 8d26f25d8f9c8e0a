import { cheapestRunMs } from '../../support/cost.ts';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { overlapS } from '../../../main/domain/time.ts';
import type { Candidate } from '../../../main/domain/clip.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { conversation, heard, shifted, spoken } from './episodes.ts';

const episode = spoken(conversation(240));
const title = 'Why the bakery never sleeps';
const found = findClips({ ...episode, title });
const range = ({ inS, outS }: Candidate): { fromS: number; toS: number } => ({ fromS: inS, toS: outS });

describe('what is found', () => {
  test('the same input gives the same answer, to the last digit', () => {
    expect(JSON.stringify(findClips({ ...episode, title }))).toBe(JSON.stringify(found));
  });

  test('every clip begins with a sentence and ends with one', () => {
    const starts = new Set(episode.segments.map(({ fromS }) => fromS.toFixed(3)));
    const ends = new Set(episode.segments.map(({ toS }) => toS.toFixed(3)));
    expect(found.clips.length).toBeGreaterThan(5);
    for (const { inS, outS } of found.clips)
      expect([starts.has(inS.toFixed(3)), ends.has(outS.toFixed(3))]).toEqual([true, true]);
  });

  test('clips last 12 to 60 seconds, or what was asked for', () => {
    const lengths = found.clips.map(({ durationS }) => durationS);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(12);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
    const short = findClips({ ...episode, title, shortestS: 5, longestS: 20 }).clips;
    expect(Math.max(...short.map(({ durationS }) => durationS))).toBeLessThanOrEqual(20);
  });

  test('no two clips are the same moment', () => {
    const pairs = found.clips.flatMap((a, i) => found.clips.slice(i + 1).map((b) => [a, b] as const));
    const shared = pairs.map(([a, b]) => overlapS(range(a), range(b)) / Math.min(a.durationS, b.durationS));
    expect(Math.max(...shared)).toBeLessThanOrEqual(0.4);
  });

  test('the best comes first, and a limit keeps the best', () => {
    const scores = found.clips.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(findClips({ ...episode, title, limit: 1 }).clips[0]?.score).toBe(scores[0]);
  });

  test('all lists every window, overlaps and all, with the same scores', () => {
    const all = findClips({ ...episode, title, all: true });
    expect(all.clips).toHaveLength(all.windows);
    const best = found.clips[0];
    const same = all.clips.find(({ inS, outS }) => inS === best?.inS && outS === best.outS);
    expect(same?.score).toBe(best?.score);
  });

  test('an episode of ten minutes gives at least six clips, a very long one at most 24', () => {
    expect(
      findClips({ segments: spoken(conversation(140)).segments, durationS: 600 }).clips.length,
    ).toBeGreaterThanOrEqual(6);
    expect(findClips(spoken(conversation(2200))).clips.length).toBeLessThanOrEqual(24);
  });

  test('shifting every time by two minutes changes the times and nothing else', () => {
    const by = 120;
    const later = findClips({
      segments: shifted(episode.segments, by),
      durationS: episode.durationS + by,
      title,
    });
    expect(later.clips.map(({ score, text, title }) => ({ score, text, title }))).toEqual(
      found.clips.map(({ score, text, title }) => ({ score, text, title })),
    );
    expect(later.clips[0]?.inS).toBeCloseTo((found.clips[0]?.inS ?? 0) + by, 3);
  });

  test('other names for the speakers change nothing but the names', () => {
    const renamed = episode.segments.map((segment) => ({
      ...segment,
      speaker: `${segment.speaker ?? ''} the Second`,
    }));
    const others = findClips({ ...episode, segments: renamed, title }).clips;
    const nameless = (clips: readonly Candidate[]): Candidate[] =>
      clips.map((clip) => ({ ...clip, speakers: [] }));
    expect(nameless(others)).toEqual(nameless(found.clips));
    expect(others[0]?.speakers[0]).toContain('the Second');
  });
});

describe('awkward episodes', () => {
  test('an episode of one word gives itself', () => {
    const { clips } = findClips(spoken(['Hello.']));
    expect(clips).toMatchObject([{ inS: 0, outS: 0.3, text: 'Hello.', title: 'Hello' }]);
    expect(clips[0]?.reason).toContain('too short');
  });

  test('an episode of ten seconds gives itself whole', () => {
    const { clips } = findClips(
      spoken(['One sentence is said here today.', 'Another follows it a little later.']),
    );
    expect(clips).toMatchObject([
      { inS: 0, text: 'One sentence is said here today. Another follows it a little later.' },
    ]);
  });

  test('without a word there is nothing to find, and it says so', () => {
    const attempts = [[], spoken(['[music]']).segments];
    for (const segments of attempts) {
      expect(() => findClips({ segments, durationS: 60 })).toThrow(AppError);
      expect(() => findClips({ segments, durationS: 60 })).toThrow(/no spoken words/);
    }
  });

  test('sentences far apart still give a clip', () => {
    const lonely = spoken(['The first thing is said.']).segments;
    const { clips } = findClips({ segments: [...lonely, ...shifted(lonely, 600)], durationS: 620 });
    expect(clips.map(({ inS }) => inS)).toEqual([0]);
  });

  test('five minutes without a full stop give clips cut between words', () => {
    const flat = conversation(60).map((line) =>
      line
        .replace(/^\w+: /u, '')
        .replace('.', '')
        .toLowerCase(),
    );
    const endless = spoken([flat.join(' ')]);
    const edges = new Set(
      endless.segments[0]?.words.flatMap(({ fromS, toS }) => [fromS.toFixed(3), toS.toFixed(3)]),
    );
    const { clips } = findClips(endless);
    expect(clips.length).toBeGreaterThan(1);
    for (const { inS, outS, durationS } of clips) {
      expect([edges.has(inS.toFixed(3)), edges.has(outS.toFixed(3))]).toEqual([true, true]);
      expect(durationS).toBeLessThanOrEqual(60);
    }
  });

  test('capitals count for no more than small letters', () => {
    const loud = episode.segments.map((segment) => ({
      ...segment,
      text: segment.text.toUpperCase(),
      words: segment.words.map((word) => ({ ...word, text: word.text.toUpperCase() })),
    }));
    const shouted = findClips({ ...episode, segments: loud, title }).clips;
    expect(shouted.map(({ inS, outS, score }) => ({ inS, outS, score }))).toEqual(
      found.clips.map(({ inS, outS, score }) => ({ inS, outS, score })),
    );
  });

  test('in another language the word lists are silent and the scaling part says so', () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => `Der Bäcker Nummer ${i} erzählt heute wieder von seinem alten Ofen, und alle hören zu.`,
    );
    const { clips } = findClips({ ...spoken(lines), language: 'de' });
    const parts = clips[0]?.parts ?? [];
    expect(parts.find(({ name }) => name === 'insight')).toMatchObject({ points: 0, because: [] });
    expect(parts.find(({ name }) => name === 'scaling')?.points).toBeGreaterThan(0);
    expect(clips[0]?.confidence).toBe('low');
  });

  test('when two people talk at once no clip cuts into either', () => {
    const one = spoken(conversation(60)).segments;
    const other = shifted(one, 2).filter((_, i) => i % 3 === 0);
    const both = [...one, ...other];
    const isInside = ({ fromS, toS }: { fromS: number; toS: number }, atS: number): boolean =>
      fromS + 0.06 < atS && atS < toS - 0.06;
    const { clips } = findClips({ segments: both, durationS: 400 });
    expect(clips.length).toBeGreaterThan(1);
    expect(
      both.filter((said) => clips.some(({ inS, outS }) => isInside(said, inS) || isInside(said, outS))),
    ).toEqual([]);
  });

  test('three hours of thirty thousand words cost little more a word than half an hour does', () => {
    const costMs = (turns: number): number => {
      const heard = spoken(conversation(turns));
      return cheapestRunMs(() => findClips({ ...heard, limit: 20, title }));
    };
    expect(spoken(conversation(2500)).segments.flatMap(({ words }) => words).length).toBeGreaterThan(30_000);
    costMs(400);
    expect(costMs(2500) / costMs(400)).toBeLessThan(2 * (2500 / 400));
  }, 30_000);
});

describe('handles', () => {
  const stretches = episode.segments.map(({ fromS, toS }) => ({ fromS, toS, dbfs: -20 }));
  const sound = heard(episode.durationS, stretches);

  test('with the sound known, a clip takes a little of the pause around its words and no neighbour', () => {
    const { clips } = findClips({ ...episode, ...sound, title });
    for (const { inS, outS, text } of clips) {
      const inside = episode.segments.filter(({ fromS, toS }) => fromS < outS && toS > inS);
      const first = inside[0]?.fromS ?? 0;
      const last = inside.at(-1)?.toS ?? 0;
      expect(inside.map(({ text: said }) => said).join(' ')).toBe(text);
      expect(first - inS).toBeGreaterThanOrEqual(0);
      expect(first - inS).toBeLessThanOrEqual(0.25);
      expect(outS - last).toBeGreaterThan(0);
      expect(outS - last).toBeLessThan(0.5);
    }
  });

  test('delivery speaks only where the sound is known', () => {
    const withSound = findClips({ ...episode, ...sound, title }).clips[0]?.parts.map(({ name }) => name);
    expect(withSound).not.toContain('scaling');
    expect(found.clips[0]?.parts.map(({ name }) => name)).toContain('scaling');
  });
});
