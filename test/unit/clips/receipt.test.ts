import { describe, expect, test } from 'vitest';
import { clamp } from '../../../main/domain/time.ts';
import { Candidate } from '../../../main/domain/clip.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { foldWord } from '../../../main/engine/clips/sentences.ts';
import { DEFAULT_WEIGHTS, Weights } from '../../../main/engine/clips/weights.ts';
import { conversation, spoken } from './episodes.ts';

const lines = conversation(200);
const strong = [
  'Ada: The biggest mistake people make with a bakery is fear.',
  'Ada: Nobody will ever tell you that you can lose everything in 3 days.',
  'Ada: That is why the bakery never sleeps.',
];
const episode = spoken([...lines.slice(0, 90), ...strong, ...lines.slice(90)]);
const title = 'Inside a bakery';
const { clips } = findClips({ ...episode, title });
const tenths = (points: number): number => Math.round(points * 10);

describe('a receipt', () => {
  test('the printed points add up to the printed score', () => {
    const every = [...clips, ...findClips({ ...episode, title, all: true }).clips];
    for (const { score, parts } of every) {
      const sum = parts.reduce((total, { points }) => total + tenths(points), 0);
      expect(tenths(score)).toBe(clamp(sum, 0, 1000));
    }
  });

  test('the evidence of a part adds up to its points, and no part gives more than its most', () => {
    for (const { name, points, max, because } of clips.flatMap(({ parts }) => parts)) {
      expect(points).toBeLessThanOrEqual(max);
      if (name === 'scaling') continue;
      expect(because.reduce((total, evidence) => total + tenths(evidence.points), 0)).toBe(tenths(points));
    }
  });

  test('every piece of evidence is said in the clip at the very time it names', () => {
    const words = episode.segments.flatMap((segment) => segment.words);
    const evidence = clips.flatMap((clip) =>
      clip.parts.flatMap(({ because }) => because.map((one) => ({ clip, one }))),
    );
    expect(evidence.length).toBeGreaterThan(50);
    for (const { clip, one } of evidence) {
      const said = words.filter(({ fromS, toS }) => fromS >= one.fromS - 0.001 && toS <= one.toS + 0.001);
      expect(said.map(({ text }) => foldWord(text)).join(' ')).toBe(
        one.text.split(' ').map(foldWord).join(' '),
      );
      expect(one.fromS).toBeGreaterThanOrEqual(clip.inS);
      expect(one.toS).toBeLessThanOrEqual(clip.outS);
    }
  });

  test('a clip is what the domain calls a candidate', () => {
    for (const clip of clips) expect(Candidate.parse(clip)).toEqual(clip);
  });

  test('the strong moment wins, with its own words as the reason and the title', () => {
    expect(clips[0]?.text).toContain('biggest mistake');
    expect(clips[0]?.reason).toMatch(/“.*(?:bakery|biggest|never|nobody|everything).*”/iu);
    expect(clips[0]?.title).toBe('The biggest mistake people make with a bakery is fear');
    expect(clips[0]?.scorerVersion).toBe(`words-${DEFAULT_WEIGHTS.version}`);
  });

  test('titles are clauses of 4 to 12 words and 60 characters at most, each used once', () => {
    const titles = clips.map((clip) => clip.title);
    for (const one of titles) {
      expect(one.length).toBeLessThanOrEqual(60);
      expect(one.split(' ').length).toBeGreaterThanOrEqual(4);
      expect(one.split(' ').length).toBeLessThanOrEqual(12);
    }
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('one changed word', () => {
  const scoreOf = (line: string): Map<string, number> => {
    const text = spoken([...lines.slice(0, 60), `Ada: ${line}`, ...lines.slice(60, 120)]);
    const at = text.segments[60];
    const all = findClips({ ...text, title, all: true }).clips;
    const clip = all.find(
      ({ inS, durationS }) => inS === Math.round((at?.fromS ?? 0) * 1000) / 1000 && durationS > 20,
    );
    return new Map(clip?.parts.map(({ name, points }) => [name, points]));
  };

  test.each([
    [
      'a link at the start costs points',
      'standsAlone',
      'And this street has a small shop.',
      'Each street has a small shop.',
    ],
    [
      'a greeting at the start costs points',
      'hook',
      'Hello each street has a small shop.',
      'Each street has a small shop.',
    ],
    [
      'a superlative earns points',
      'insight',
      'Each street has a small shop.',
      'Each street has the best shop.',
    ],
    ['danger earns points', 'stakes', 'Each street has a small shop.', 'Each street has a dying shop.'],
    [
      'a word of the title earns points',
      'theme',
      'Each street has a small shop.',
      'Each street has a small bakery.',
    ],
    [
      'fillers cost points',
      'pace',
      'Each um street uh has a um shop.',
      'Each old street now has a new shop.',
    ],
  ])('%s', (_, part, worse, better) => {
    expect(scoreOf(better).get(part)).toBeGreaterThan(scoreOf(worse).get(part) ?? Infinity);
  });
});

test('the built-in weights have the form that a weights file must have', () => {
  expect(Weights.parse(DEFAULT_WEIGHTS)).toEqual(DEFAULT_WEIGHTS);
  const rest = Object.fromEntries(
    Object.entries(DEFAULT_WEIGHTS.features).filter(([name]) => name !== 'titleWords'),
  );
  expect(Weights.safeParse({ version: 'x', features: rest }).success).toBe(false);
});
