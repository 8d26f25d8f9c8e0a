import { describe, expect, test } from 'vitest';
import { toMilliseconds } from '../../../main/domain/time.ts';
import { findFixes } from '../../../main/engine/clips/fixes.ts';
import { scoreRange } from '../../../main/engine/clips/givenRange.ts';
import { conversation, spoken, type Spoken } from './episodes.ts';

const EXCHANGE = [
  'Ada: What did the flood take from the bakery that winter?',
  'Ben: It took the ovens, the flour, and every recipe that my grandmother had written down.',
  'Ben: We had eleven days to rebuild before the rent was due, and nobody would lend us a coin.',
  'Ben: So we baked in the school kitchen at four in the morning, with a borrowed mixer.',
  'Ben: Do you know what the children did?',
  'Ben: They wrote the recipes down again, because they had watched her hands for years.',
  'Ben: Nothing is ever lost while somebody has watched closely.',
];
const episode: Spoken = spoken([...conversation(20), ...EXCHANGE, ...conversation(20)]);
const at = (text: string): number => episode.segments.findIndex((segment) => segment.text.startsWith(text));
const startS = (text: string): number => toMilliseconds(episode.segments[at(text)]?.fromS ?? 0);
const endS = (text: string): number => toMilliseconds(episode.segments[at(text)]?.toS ?? 0);
const clipFrom = (first: string, last: string) =>
  scoreRange(episode, { fromS: startS(first), toS: endS(last) }, { snap: true });

describe('offers of a better cut', () => {
  test('a clip that opens on an answer is offered the question, at what scoring it again gives', () => {
    const clip = clipFrom('It took the ovens', 'So we baked');
    const fix = findFixes(episode, clip).find(({ kind }) => kind === 'startAtQuestion');
    expect(fix).toMatchObject({ inS: startS('What did the flood'), outS: clip.outS });
    expect(fix?.why).toMatch(/^Start 3\.5 s earlier, at the question “What did the flood take from the…”/u);
    const better = scoreRange(episode, { fromS: fix?.inS ?? 0, toS: fix?.outS ?? 0 }, { snap: true });
    expect(fix?.worth).toBeCloseTo(better.score - clip.score, 5);
  });

  test('a clip that ends on a set-up is offered the next sentence that lands', () => {
    const clip = clipFrom('What did the flood', 'Do you know');
    const fix = findFixes(episode, clip).find(({ kind }) => kind === 'endAtLanding');
    expect(fix).toMatchObject({ inS: clip.inS, outS: endS('They wrote the recipes') });
    expect(fix?.why).toMatch(/^End 4\.7 s later, where it lands: “They wrote/u);
    expect(fix?.worth).toBeGreaterThan(0);
  });

  test('nothing is offered that would touch an advert', () => {
    const withAdvert = spoken([
      ...conversation(20),
      'This episode is brought to you by Lamp and Sons, use code LAMP at checkout.',
      ...EXCHANGE.slice(1),
      ...conversation(20),
    ]);
    const first = withAdvert.segments.find(({ text }) => text.startsWith('It took'))?.fromS ?? 0;
    const clip = scoreRange(withAdvert, { fromS: first, toS: first + 20 }, { snap: true });
    expect(findFixes(withAdvert, clip).filter(({ inS }) => inS < first - 0.01)).toEqual([]);
  });

  test('the same clip is given the same offers, at most three, and never the cut that it has', () => {
    const clip = clipFrom('We had eleven days', 'Do you know');
    const fixes = findFixes(episode, clip);
    expect(findFixes(episode, clip)).toEqual(fixes);
    expect(fixes.length).toBeGreaterThan(0);
    expect(fixes.length).toBeLessThanOrEqual(3);
    expect(fixes.filter(({ inS, outS }) => inS === clip.inS && outS === clip.outS)).toEqual([]);
  });
});

describe('a range that a person gives', () => {
  test('is snapped to the whole sentences nearest to it', () => {
    const fromS = startS('It took the ovens');
    const toS = endS('So we baked');
    expect(scoreRange(episode, { fromS: fromS + 1.1, toS: toS - 1.2 }, { snap: true })).toMatchObject({
      inS: fromS,
      outS: toS,
    });
  });

  test('cuts into sentences only when asked, between two words, and says what that costs', () => {
    const fromS = startS('It took the ovens') + 0.7;
    const toS = endS('So we baked') - 1;
    const clip = scoreRange(episode, { fromS, toS }, { snap: false });
    expect(clip.text).toMatch(/^the ovens, .* in the morning, with$/u);
    expect(Math.abs(clip.inS - fromS)).toBeLessThan(0.31);
    expect(Math.abs(clip.outS - toS)).toBeLessThan(0.31);
    const whole = clipFrom('It took the ovens', 'So we baked');
    expect(clip.score).toBeLessThan(whole.score);
  });

  test('is refused where nothing is said', () => {
    const range = { fromS: episode.durationS + 5, toS: episode.durationS + 20 };
    expect(() => scoreRange(episode, range, { snap: true })).toThrow(/nothing is said between/u);
  });
});
