import { describe, expect, test } from 'vitest';
import type { Feedback, FeedbackKind } from '../../../main/domain/feedback.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { hitRateOf } from '../../../main/engine/clips/hitRate.ts';
import {
  agreementOf,
  countSignals,
  fitMultipliers,
  learnedVersion,
  MOST_SHIFT,
  multipliersOf,
  opinionsOf,
  unlearnedPoints,
  type Multipliers,
  type Opinion,
} from '../../../main/engine/clips/learning.ts';
import { conversation, spoken } from './episodes.ts';

/** Random numbers from 0 to 1 that are the same in every run (mulberry32, public domain). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const gaussian = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

type Points = Readonly<Record<string, number>>;

/** The receipts of windows all over an episode, as the scorer gives them. */
const lines = conversation(260).map((line, i) =>
  i % 9 === 4
    ? `${line.slice(0, 5)}Why is it that nobody ever told me I was afraid of $300 and 40 winters?`
    : line,
);
const windows = findClips({ ...spoken(lines), title: 'Why the bakery never sleeps', all: true }).clips;
const points: readonly Points[] = windows.map(({ parts }) => unlearnedPoints(parts));
const names = Object.keys(points[0] ?? {}).filter((name) => name !== 'penalties' && name !== 'scaling');

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const usual: Points = Object.fromEntries(names.map((name) => [name, mean(points.map((p) => p[name] ?? 0))]));
const spread: Points = Object.fromEntries(
  names.map((name) => [
    name,
    Math.sqrt(mean(points.map((p) => ((p[name] ?? 0) - (usual[name] ?? 0)) ** 2))) || 1,
  ]),
);

const drawn = (random: () => number, count: number): Points[] =>
  Array.from({ length: count }, () => points[Math.floor(random() * points.length)] ?? {});
const scored = (parts: Points, by: Multipliers): number =>
  Object.entries(parts).reduce((sum, [name, value]) => sum + value * (by[name] ?? 1), 0);

/** Somebody who likes clips along one direction over the parts, and errs in one answer of ten. */
function tasteOf(random: () => number): (parts: Points) => number {
  const direction: Points = Object.fromEntries(names.map((name) => [name, gaussian(random)]));
  return (parts) =>
    names.reduce(
      (sum, name) =>
        sum + ((direction[name] ?? 0) * ((parts[name] ?? 0) - (usual[name] ?? 0))) / (spread[name] ?? 1),
      0,
    );
}

const opinion = (clipId: string, liking: number, parts: Points): Opinion => ({
  clipId,
  liking,
  signals: 1,
  parts,
});

/** Share of pairs of a liked and a disliked clip that the scores put the right way round. */
function agreement(held: readonly Points[], taste: (parts: Points) => number, by: Multipliers): number {
  const liked = held.filter((parts) => taste(parts) > 0);
  const others = held.filter((parts) => taste(parts) <= 0);
  const right = liked.flatMap((a) => others.map((b) => (1 + Math.sign(scored(a, by) - scored(b, by))) / 2));
  return mean(right);
}

/** Chance of at least so many successes in so many throws of a coin. */
function coinTail(successes: number, throws: number): number {
  let tail = 0;
  for (let k = successes; k <= throws; k += 1) {
    let ways = 1;
    for (let i = 0; i < k; i += 1) ways = (ways * (throws - i)) / (i + 1);
    tail += ways / 2 ** throws;
  }
  return tail;
}

const USERS = 40;
const JUDGED = 40;

describe('what a show teaches the scorer', () => {
  test('over forty people, each with a taste of their own, agreement on clips they have not judged yet rises', () => {
    let better = 0;
    let worse = 0;
    for (let user = 0; user < USERS; user += 1) {
      const random = seeded(1000 + user);
      const taste = tasteOf(random);
      const answers = drawn(random, JUDGED).map((parts, i) => {
        const liking = taste(parts) > 0 ? 1 : -1;
        return opinion(`clip-${i}`, random() < 0.1 ? -liking : liking, parts);
      });
      const held = drawn(random, 80);
      const gain =
        agreement(held, taste, multipliersOf(fitMultipliers(answers))) - agreement(held, taste, {});
      if (gain > 0) better += 1;
      if (gain < 0) worse += 1;
    }
    expect(coinTail(better, better + worse)).toBeLessThan(0.01);
  });

  test('somebody who answers at random moves no clip further than the limit', () => {
    for (let user = 0; user < USERS; user += 1) {
      const random = seeded(5000 + user);
      const answers = drawn(random, JUDGED).map((parts, i) =>
        opinion(`clip-${i}`, random() < 0.5 ? 1 : -1, parts),
      );
      const by = multipliersOf(fitMultipliers(answers));
      expect(Math.max(...Object.values(by).map((value) => Math.abs(value - 1)))).toBeLessThanOrEqual(
        MOST_SHIFT,
      );
      for (const parts of drawn(random, 40)) {
        const most = MOST_SHIFT * Object.values(parts).reduce((sum, value) => sum + Math.abs(value), 0);
        expect(Math.abs(scored(parts, by) - scored(parts, {}))).toBeLessThanOrEqual(most + 1e-9);
      }
    }
  });

  test('the scores themselves move by no more than a fifth of what their parts gave, and say what moved them', () => {
    const random = seeded(9);
    const multipliers = Object.fromEntries(names.map((name) => [name, random() < 0.5 ? 0.8 : 1.2]));
    const input = { ...spoken(lines), title: 'Why the bakery never sleeps', all: true };
    const keyOf = ({ inS, outS }: { inS: number; outS: number }): string => `${inS} ${outS}`;
    const before = new Map(windows.map((clip) => [keyOf(clip), clip]));
    const after = findClips({ ...input, multipliers }).clips;
    const rounding = 0.1 * names.length;
    for (const clip of after) {
      const plain = before.get(keyOf(clip));
      const given = (plain?.parts ?? []).reduce((sum, part) => sum + Math.abs(part.points), 0);
      expect(Math.abs(clip.score - (plain?.score ?? 0))).toBeLessThanOrEqual(MOST_SHIFT * given + rounding);
    }
    expect(after[0]?.parts.find(({ name }) => name === 'story')?.learned).toBe(multipliers['story']);
    expect(after[0]?.parts.find(({ name }) => name === 'penalties')).not.toHaveProperty('learned');
    expect(after[0]?.scorerVersion).toContain('+show(');
  });

  const said = (clipId: string, kind: FeedbackKind, rating: number | null = null, hook = 1): Feedback => ({
    id: 1,
    clipId,
    episodeId: 'ep-1',
    kind,
    rating,
    comment: null,
    judged: { inS: 0, outS: 20, rank: 1, score: 50, parts: { hook, pace: 1 }, stateBefore: 'candidate' },
    givenAtMs: 0,
    undoneAtMs: null,
  });
  const judged = (count: number): Feedback[] =>
    Array.from({ length: count }, (_, i) =>
      said(`clip-${i}`, i % 2 === 0 ? 'keep' : 'reject', null, i % 2 === 0 ? 6 : 1),
    );

  test('seven signals move nothing, the eighth does, and it is said why', () => {
    expect(fitMultipliers(opinionsOf(judged(7)))).toEqual([]);
    expect(fitMultipliers(opinionsOf(judged(8)))).toEqual([
      {
        part: 'hook',
        multiplier: 1.2,
        because: 'In 8 judged clips, those you liked had 5.0 points more here (correlation 1.00): +20 %.',
      },
    ]);
  });

  test('changing your mind back and forth is one signal, and comments are none', () => {
    const entries = [
      said('a', 'keep'),
      said('a', 'reject'),
      said('a', 'keep'),
      said('a', 'comment'),
      said('a', 'rating', 3),
    ];
    const opinions = opinionsOf(entries);
    expect(opinions).toEqual([{ clipId: 'a', liking: 0.5, signals: 2, parts: { hook: 1, pace: 1 } }]);
    expect(countSignals(opinions)).toBe(2);
  });

  test('the same feedback always gives the same weights, and nothing but liking teaches nothing', () => {
    expect(fitMultipliers(opinionsOf(judged(30)))).toEqual(fitMultipliers(opinionsOf(judged(30))));
    const allKept = Array.from({ length: 12 }, (_, i) => said(`clip-${i}`, 'keep', null, i));
    expect(fitMultipliers(opinionsOf(allKept))).toEqual([]);
    expect(agreementOf(opinionsOf(allKept))).toBeNull();
    expect(learnedVersion('words-2', {})).toBe('words-2');
  });

  test('agreement is measured on clips that were held out', () => {
    const random = seeded(3);
    const loud: Opinion[] = drawn(random, 60).map((parts, i) =>
      opinion(`clip-${i}`, (parts['story'] ?? 0) < (usual['story'] ?? 0) ? -1 : 1, parts),
    );
    const measured = agreementOf(loud);
    expect(measured?.clips).toBe(60);
    expect(measured?.learned).toBeGreaterThan(measured?.unlearned ?? 1);
  });

  describe('the hit rate', () => {
    const decided = (count: number, isKept: (i: number) => boolean): Feedback[] =>
      Array.from({ length: count }, (_, i) => {
        const entry = said(`clip-${i}`, isKept(i) ? 'keep' : 'reject');
        return { ...entry, judged: { ...entry.judged, score: 100 - i } as Feedback['judged'] };
      });

    test('is told from twenty decisions on, in the words of a podcaster', () => {
      expect(hitRateOf(decided(19, () => true))).toBeNull();
      expect(hitRateOf(decided(24, (i) => i < 7 || i === 20))).toEqual({
        decisions: 24,
        top: { kept: 7, of: 10 },
        bottom: { kept: 1, of: 10 },
        agreement: 115 / 128,
        isBetterThanChance: true,
        sentence: 'You kept 7 of its top 10 and 1 of its bottom 10.',
      });
    });

    test('says so when it is no better than chance', () => {
      const told = hitRateOf(decided(20, (i) => i >= 12));
      expect(told?.isBetterThanChance).toBe(false);
      expect(told?.sentence).toBe(
        'You kept 0 of its top 10 and 8 of its bottom 10. That is no better than chance, so the list is in order of time.',
      );
    });
  });
});
