import { describe, expect, test } from 'vitest';
import type { Levels } from '../../../main/domain/levels.ts';
import type { TimeRange } from '../../../main/domain/time.ts';
import type { Segment, Timing } from '../../../main/domain/transcript.ts';
import { planTightening } from '../../../main/engine/renders/tighten.ts';

/** Words of 0.3 s from a second on; a number between them is a pause of so many seconds. */
function said(script: string, fromS = 10, timing: Timing = 'word'): Segment {
  let atS = fromS;
  const words: Segment['words'] = [];
  for (const token of script.split(' ')) {
    if (/^\d/u.test(token)) {
      atS += Number(token);
      continue;
    }
    words.push({ text: token, fromS: atS, toS: atS + 0.3, confidence: null });
    atS += 0.3;
  }
  return { fromS, toS: atS, text: words.map(({ text }) => text).join(' '), words, timing };
}

/** Speech at -20 dBFS while words last, a room at -60 between them, and something louder where it is wanted. */
function levelsOf(segments: readonly Segment[], loud: readonly TimeRange[] = []): Levels {
  const spoken = segments.flatMap(({ words }) => words);
  const isAt = (atS: number, ranges: readonly TimeRange[]) =>
    ranges.some(({ fromS, toS }) => atS >= fromS && atS < toS);
  const rmsDbfs = Float32Array.from({ length: 6000 }, (_, block) =>
    isAt(block / 100, spoken) ? -20 : isAt(block / 100, loud) ? -24 : -60,
  );
  return { blockS: 0.01, rmsDbfs };
}

const plan = (segments: readonly Segment[], loud: readonly TimeRange[] = []) => {
  const range = { fromS: 10, toS: Math.max(...segments.map(({ toS }) => toS)) + 0.2 };
  return { range, ...planTightening(segments, range, levelsOf(segments, loud)) };
};
const near = (seconds: number) => expect.closeTo(seconds, 3) as number;

describe('a tightened clip', () => {
  test('has its long pauses at 0.35 s and leaves short ones alone', () => {
    const { ranges, removedS, refused, range } = plan([said('I climbed 1.35 up there 0.6 alone.')]);
    expect(refused).toEqual([]);
    expect(removedS).toBeCloseTo(1, 3);
    expect(ranges).toEqual([
      { fromS: 10, toS: near(10.8) },
      { fromS: near(11.8), toS: range.toS },
    ]);
  });

  test.each([
    ['So um I climbed up.', 0.3, 10.3],
    ['So uh, 0.1 I climbed up.', 0.3, 10.3],
    ['It was, you know, dark up there.', 0.6, 10.6],
    ['And er uh then it rang.', 0.6, 10.3],
  ])('loses the filler of “%s” from word edge to word edge', (script, removed, atS) => {
    const { ranges, removedS, refused } = plan([said(script)]);
    expect(refused).toEqual([]);
    expect(removedS).toBeCloseTo(removed, 3);
    expect(ranges[0]?.toS).toBeCloseTo(atS, 3);
  });

  test('takes a filler and the silence around it together', () => {
    const { ranges, removedS } = plan([said('So 0.6 um 0.5 I climbed.')]);
    expect(ranges).toHaveLength(2);
    expect(removedS).toBeCloseTo(0.6 + 0.3 + 0.5 - 0.35, 3);
  });

  test.each([
    ['Do you know the way? Yes.'],
    ['As you know, it rang.'],
    ['You know what happened next.'],
    ['We went umpteen times to the erratic clock.'],
  ])('keeps words that only look like fillers: “%s”', (script) => {
    expect(plan([said(script)])).toMatchObject({ removedS: 0, refused: [] });
  });

  test.each([
    ['negation', 'I did um not take it.'],
    ['negation', "It uh isn't mine."],
    ['hedge', 'It was er maybe ten.'],
    ['question', 'It rang, you know?'],
    ['question', 'Did you take it? Um.'],
  ] as const)('refuses a cut for a %s: “%s”', (why, script) => {
    const { removedS, refused } = plan([said(script)]);
    expect(removedS).toBe(0);
    expect(refused).toMatchObject([{ why }]);
  });

  test('cuts beside a negation where a breath lies between', () => {
    expect(plan([said('I did um 0.1 not take it.')])).toMatchObject({ refused: [], removedS: near(0.3) });
  });

  test('lets a short answer take its time', () => {
    const { removedS, refused } = plan([said('Did you take it? 1.5 Yes.')]);
    expect(removedS).toBe(0);
    expect(refused).toEqual([{ atS: near(11.2), why: 'question' }]);
  });

  test('keeps a pause in which a room laughs', () => {
    const { removedS, refused } = plan([said('It fell over. 2.5 So I left.')], [{ fromS: 11.3, toS: 12.6 }]);
    expect(removedS).toBe(0);
    expect(refused).toEqual([{ atS: near(10.9), why: 'laughter' }]);
  });

  test('keeps the pause before a punchline: the laughter behind it is what the pause was for', () => {
    const script = 'And the clock 1.2 was mine. 2.5 So I left 1 at once then for home that day.';
    const { ranges, refused } = plan([said(script)], [{ fromS: 12.9, toS: 14.6 }]);
    expect(refused.map(({ why }) => why)).toEqual(['laughter', 'laughter']);
    // Only the pause well after the laughter is shorter: it begins at 16.1 s.
    expect(ranges.map(({ fromS }) => fromS)).toEqual([10, near(16.95)]);
  });

  test('does not take the speech after the clip for laughter', () => {
    const inside = said('I climbed 1.35 up there alone.');
    const range = { fromS: 10, toS: inside.toS + 0.2 };
    const levels = levelsOf([inside, said('Then it rang and rang again.', range.toS)]);
    expect(planTightening([inside], range, levels)).toMatchObject({ removedS: near(1), refused: [] });
  });

  test('keeps a pause before laughter that the transcript writes down', () => {
    expect(plan([said('It fell over. 1.2 [laughter] So I left.')]).refused).toMatchObject([
      { why: 'laughter' },
    ]);
  });

  test.each<[Timing, number]>([
    ['word', 2],
    ['cue', 1],
    ['approximate', 0],
  ])('cuts only what a source with times by %s can place', (timing, cuts) => {
    const segments = [said('So um I climbed up there.', 10, timing), said('Then it rang.', 13.4, timing)];
    expect(plan(segments).ranges).toHaveLength(cuts + 1);
  });
});
