import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { conversation, shifted, spoken, unrepeated } from './episodes.ts';

const lines = conversation(120);

describe('what a finder is given in real life', () => {
  test('equal candidates stay in order of time', () => {
    const { clips } = findClips({
      ...spoken(Array.from({ length: 200 }, () => 'The same is said again.')),
      all: true,
    });
    const pairs = clips.slice(1).map((clip, i) => [clips[i], clip] as const);
    expect(clips.length).toBeGreaterThan(100);
    for (const [a, b] of pairs)
      if (a?.score === b.score) expect(a.inS < b.inS || (a.inS === b.inS && a.outS < b.outS)).toBe(true);
  });

  test('the same words said twice are proposed once', () => {
    const once = spoken(lines.slice(0, 40)).segments;
    const twice = [...once, ...shifted(once, 400)];
    const { clips } = findClips({ segments: twice, durationS: 800 });
    const texts = clips.map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(1);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('an episode of eight hours gives many different clips, and 24 at most', () => {
    const hours = spoken(conversation(6600));
    expect(hours.durationS).toBeGreaterThan(8 * 3600);
    const { clips } = findClips(hours);
    expect(clips.length).toBeGreaterThanOrEqual(12);
    expect(clips.length).toBeLessThanOrEqual(24);
    expect(new Set(clips.map(({ text }) => text)).size).toBe(clips.length);
  }, 30_000);

  test('captions in capitals and without a full stop still give clips', () => {
    const { segments, durationS } = spoken(
      lines.map((line) =>
        line
          .replace('.', '')
          .toUpperCase()
          .replace(/^\w+: /u, ''),
      ),
    );
    const { clips } = findClips({ segments, durationS });
    expect(clips.length).toBeGreaterThan(0);
    for (const { durationS: lengthS } of clips) expect(lengthS).toBeLessThanOrEqual(60);
  });

  test('segments that are empty, tiny, out of order, overlapping or past the end never break the finder', () => {
    const segment = fc.record({
      fromS: fc.double({ min: 0, max: 300, noNaN: true }),
      lengthS: fc.double({ min: 0, max: 90, noNaN: true }),
      text: fc.oneof(fc.constant(''), fc.constant('...'), fc.constant('[music]'), fc.constantFrom(...lines)),
    });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 40 }), (given) => {
        const segments = given.map(({ fromS, lengthS, text }) => ({
          fromS,
          toS: fromS + lengthS,
          text,
          words: [],
          timing: 'cue' as const,
        }));
        const hasWords = segments.some(
          ({ text, fromS }) => /\p{L}/u.test(text) && text !== '[music]' && fromS < 300,
        );
        try {
          const { clips } = findClips({ segments, durationS: 300 });
          expect(clips.length).toBeGreaterThan(0);
          for (const { inS, outS, score } of clips) {
            expect(outS).toBeGreaterThanOrEqual(inS);
            expect(outS).toBeLessThanOrEqual(300);
            expect(Number.isFinite(score)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          expect(hasWords).toBe(false);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  }, 30_000);

  test('a platform with a taste for longer clips gets no shorter ones, a profile for jokes may have shorter ones', () => {
    const said = spoken(conversation(240));
    const meanS = (clips: readonly { durationS: number }[]): number =>
      clips.reduce((sum, { durationS }) => sum + durationS, 0) / clips.length;
    const onX = findClips({ ...said, platform: 'x' }).clips;
    const onLinkedIn = findClips({ ...said, platform: 'linkedin' }).clips;
    expect(meanS(onLinkedIn)).toBeGreaterThan(meanS(onX));
    const lengths = findClips({ ...said, profile: 'humour', all: true }).clips.map(
      ({ durationS }) => durationS,
    );
    expect(Math.min(...lengths)).toBeLessThan(12);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(6);
  });
});

test('where the marks of a punctuated talk are lost for a while, no clip begins or ends in the middle of a sentence', () => {
  const isLost = (at: number): boolean => at >= 60 && at < 90;
  const lines = unrepeated(160).map((line, at) => (isLost(at) ? line.slice(0, -1) : line));
  const { clips } = findClips({ ...spoken(lines), all: true });
  // Each sentence of the talk names a year of its own, and another voice goes on after every sixth.
  const years = clips.map(({ text }) =>
    [...text.matchAll(/year (\d+)/gu)].map(([, year]) => Number(year) - 1000),
  );
  const edges = years.map((said) => [said[0] ?? NaN, said.at(-1) ?? NaN] as const);
  expect(edges.some(([first, last]) => first > 60 && last < 90)).toBe(true);
  const isInside = ([first, last]: readonly [number, number]): boolean =>
    (isLost(first - 1) && first % 6 !== 0) || (isLost(last) && last % 6 !== 5);
  expect(edges.filter(isInside)).toEqual([]);
});
