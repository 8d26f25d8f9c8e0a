import { describe, expect, test } from 'vitest';
import { findLines } from '../../../main/engine/clips/findLines.ts';
import { prepare } from '../../../main/engine/clips/find.ts';
import { conversation, spoken } from './episodes.ts';

const STRONG = 'Ben: Nobody ever regrets the repair that saved their grandmother’s clock.';
const WEAK = [
  'Ben: And nobody ever regrets the repair that saved the old kitchen clock.',
  'Ben: He never regrets the repair that saved the old kitchen clock.',
  'Ada: Does anybody ever regret the repair that saved the kitchen clock?',
  'Ben: Nobody regrets repairs.',
  'Ada: This episode is brought to you by Clocks and Sons, use code CLOCK at checkout.',
  `Ben: Nobody regrets ${'the long careful repair that saved the clock and '.repeat(5)}everything else.`,
];
const linesOf = (said: readonly string[]) => findLines(prepare(spoken(said)), 1000);
const texts = (said: readonly string[]): string[] => linesOf(said).map(({ text }) => text);

describe('lines for cold opens and quote cards', () => {
  const said = [...conversation(30), ...WEAK, STRONG, ...conversation(30)];

  test('are whole sentences that need nothing before them, said in 3 to 12 seconds and not off limits', () => {
    const found = linesOf(said);
    expect(found.map(({ text }) => text)).toContain(STRONG.slice(5));
    expect(found.filter(({ text }) => WEAK.some((line) => line.endsWith(text)))).toEqual([]);
    expect(found.filter(({ durationS }) => durationS < 3 || durationS > 12)).toEqual([]);
  });

  test('come best first, each with the words that earned its points, and the parts add up', () => {
    const found = linesOf(said);
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const { score, parts, inS, outS } of found) {
      expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 5);
      expect(
        parts.flatMap(({ because }) => because).filter(({ fromS, toS }) => fromS < inS || toS > outS),
      ).toEqual([]);
    }
  });

  test('are given once however often they are said, and the same in every run', () => {
    const twice = [STRONG, ...said, STRONG];
    expect(texts(twice).filter((text) => text === STRONG.slice(5))).toHaveLength(1);
    expect(JSON.stringify(linesOf(twice))).toBe(JSON.stringify(linesOf(twice)));
  });

  test('are none where no punctuation tells where a sentence ends', () => {
    const bare = conversation(30).map((line) =>
      line
        .replace(/\.$/u, '')
        .toUpperCase()
        .replace(/^(?:ADA|BEN): /u, ''),
    );
    expect(texts(bare)).toEqual([]);
  });
});
