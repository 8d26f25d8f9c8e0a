import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../main/domain/transcript.ts';
import { listDoubts } from '../../../main/engine/clips/doubt.ts';
import { findClips, prepare } from '../../../main/engine/clips/find.ts';
import { findLines } from '../../../main/engine/clips/findLines.ts';
import { scoreRange } from '../../../main/engine/clips/givenRange.ts';
import { readSentences } from '../../../main/engine/clips/sentences.ts';
import { conversation, spoken } from './episodes.ts';

const lines = conversation(200);
const strong = [
  'Ada: The biggest mistake people make with a bakery is fear.',
  'Ada: Nobody will ever tell you that you can lose everything in 3 days.',
  'Ada: That is why the bakery never sleeps.',
];
const clear = spoken([...lines.slice(0, 90), ...strong, ...lines.slice(90)]);
const title = 'Inside a bakery';
const isStrong = ({ text }: Segment): boolean => strong.some((line) => line.endsWith(text));

/** The same episode, where the recogniser was as sure as told of each word of the strong lines. */
const heardWith = (confidenceOf: (index: number, text: string) => number | null): Segment[] =>
  clear.segments.map((segment) =>
    isStrong(segment)
      ? {
          ...segment,
          words: segment.words.map((word, index) => ({
            ...word,
            confidence: confidenceOf(index, word.text),
          })),
        }
      : segment,
  );
const find = (segments: readonly Segment[]) => findClips({ ...clear, segments, title });
const range = {
  fromS: clear.segments[90]?.fromS ?? 0,
  toS: clear.segments[92]?.toS ?? 0,
};
const rate = (segments: readonly Segment[]) =>
  scoreRange({ ...clear, segments, title }, range, { snap: true });
const STRONG_WORDS = /biggest mistake|nobody will ever|lose everything/iu;

describe('words that the recogniser only guessed', () => {
  test('earn nothing, give no title and no quotation, and the clip says that it is not to be trusted', () => {
    const sure = rate(clear.segments);
    const guessed = rate(heardWith(() => 0.2));
    const earned = (clip: typeof sure) =>
      clip.parts
        .filter(({ name }) => ['hook', 'theme', 'insight', 'stakes', 'story', 'quotability'].includes(name))
        .flatMap(({ because }) => because.filter(({ points }) => points > 0));
    expect(earned(sure).length).toBeGreaterThan(3);
    expect(earned(guessed)).toEqual([]);
    expect(guessed.score).toBeLessThan(sure.score - 10);
    expect(sure.reason).toMatch(STRONG_WORDS);
    expect(guessed.reason).not.toMatch(STRONG_WORDS);
    expect(guessed.reason).toContain('30 of its 30 words may not be what was said');
    expect(guessed.confidence).toBe('low');
    const best = find(heardWith(() => 0.2)).clips;
    expect(find(clear.segments).clips[0]?.title).toMatch(STRONG_WORDS);
    expect(best.map((clip) => clip.title).join()).not.toMatch(STRONG_WORDS);
  });

  test('take only what they are in: a guessed name leaves the rest of the line its points', () => {
    const isBakery = (text: string): boolean => text.startsWith('bakery');
    const clip = rate(heardWith((_, text) => (isBakery(text) ? 0.1 : 0.95)));
    const evidence = clip.parts.flatMap(({ name, because }) => because.map((one) => ({ name, ...one })));
    expect(
      evidence
        .filter(({ name }) => name === 'hook')
        .map(({ text }) => text)
        .join(),
    ).toContain('biggest');
    expect(evidence.filter(({ name, text }) => name === 'theme' && /bakery/u.test(text))).toEqual([]);
    expect(clip.reason).toContain('2 of its 30 words may not be what was said');
    expect(clip.confidence).not.toBe('high');
  });

  test('that are sure change nothing: the same score as where nobody says how sure', () => {
    expect(rate(heardWith(() => 0.9))).toEqual(rate(clear.segments));
    expect(find(heardWith(() => 0.41)).clips).toEqual(find(clear.segments).clips);
  });

  test('are in no line that is quoted', () => {
    const quoted = (segments: readonly Segment[]) =>
      findLines(prepare({ ...clear, segments, title }), 200).map(({ text }) => text);
    const line = strong[1]?.slice('Ada: '.length);
    expect(quoted(clear.segments)).toContain(line);
    expect(quoted(heardWith(() => 0.2))).not.toContain(line);
  });
});

describe('a line that comes again word for word', () => {
  const looped = spoken([
    ...lines.slice(0, 90),
    ...Array<string>(8).fill(strong[1] ?? ''),
    ...lines.slice(90),
  ]);

  test('counts once, and a clip of it says that most of it may not have been said', () => {
    const clip = scoreRange(
      { ...looped, title },
      { fromS: looped.segments[90]?.fromS ?? 0, toS: looped.segments[97]?.toS ?? 0 },
      { snap: true },
    );
    const [first] = looped.segments.slice(90);
    const hooks = clip.parts
      .filter(({ name }) => name === 'stakes' || name === 'hook')
      .flatMap(({ because }) => because);
    expect(hooks.filter(({ fromS, points }) => points > 0 && fromS > (first?.toS ?? 0))).toEqual([]);
    expect(clip.confidence).toBe('low');
    expect(clip.reason).toMatch(/\d+ of its 104 words may not be what was said/u);
  });

  test('is listed with its time, as guessed words are', () => {
    const doubts = listDoubts(readSentences(looped.segments, looped.durationS, 60));
    expect(doubts.map(({ why }) => why)).toEqual(Array(7).fill('repeated'));
    expect(doubts[0]).toMatchObject({
      text: strong[1]?.slice('Ada: '.length),
      fromS: looped.segments[91]?.fromS,
    });
    const guessed = heardWith((index) => (index === 1 || index === 2 || index === 5 ? 0.3 : 0.8));
    expect(
      listDoubts(readSentences(guessed, clear.durationS, 60))
        .slice(0, 3)
        .map(({ text, why }) => [text, why]),
    ).toEqual([
      ['biggest mistake', 'unsure'],
      ['with', 'unsure'],
      ['will ever', 'unsure'],
    ]);
  });
});
