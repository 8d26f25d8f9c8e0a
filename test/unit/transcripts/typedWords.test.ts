import { expect, test } from 'vitest';
import type { Segment } from '../../../main/domain/transcript.ts';
import type { TypedOperation } from '../../../main/domain/transcriptEdit.ts';
import { replayEdits } from '../../../main/engine/transcripts/edits/replay.ts';
import { spreadTyped } from '../../../main/engine/transcripts/edits/typedWords.ts';

const TEXT = 'Dear driver of the last bus. You do not know me, but you waited.';
/** Two stretches of speech with a pause of 2 s between them. */
const typed = (text: string = TEXT): TypedOperation => ({
  ...{ kind: 'typed', fromS: 100, toS: 110, text },
  speech: [
    { fromS: 100.5, toS: 103 },
    { fromS: 105, toS: 107.5 },
  ],
});

/** A sentence of recognised words, 0.3 s each from the given second on. */
function heard(text: string, fromS: number): Segment {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    fromS: fromS + index * 0.3,
    toS: fromS + index * 0.3 + 0.25,
    confidence: 0.8,
  }));
  return { fromS, toS: words.at(-1)?.toS ?? fromS, text, words, timing: 'word' };
}

const apply = (base: readonly Segment[], ...operations: TypedOperation[]): readonly Segment[] =>
  replayEdits(base, operations).segments;

test('typed words lie on the speech of their stretch and in no pause, sentence by sentence', () => {
  const segments = apply([], typed());
  expect(segments.map(({ text, timing }) => [text, timing])).toEqual([
    ['Dear driver of the last bus.', 'approximate'],
    ['You do not know me, but you waited.', 'approximate'],
  ]);
  const words = segments.flatMap((segment) => segment.words);
  for (const { fromS, toS, confidence } of words) {
    const isSpoken = typed().speech.some((range) => fromS >= range.fromS && toS <= range.toS);
    expect([fromS, toS, isSpoken, confidence]).toEqual([fromS, toS, true, null]);
  }
  expect(words[0]?.fromS).toBe(100.5);
  expect(words.at(-1)?.toS).toBe(107.5);
});

test('words for the beginning alone are not drawn out over the rest', () => {
  const [only] = spreadTyped(typed('Dear driver.'));
  expect(only?.fromS).toBe(100.5);
  expect(only?.toS).toBeLessThan(102.5);
});

test('where no speech is known the words are read at a usual pace from the beginning', () => {
  const segments = spreadTyped({ ...typed(), speech: [] });
  expect(segments[0]?.fromS).toBe(100);
  expect(segments.at(-1)?.toS).toBeLessThanOrEqual(110);
  expect(segments).toHaveLength(2);
});

test('a name before the words tells who speaks', () => {
  const segments = apply([], typed('Anna: Dear driver of the last bus.\nBen: You waited for me.'));
  expect(segments.map(({ speaker, text }) => [speaker, text])).toEqual([
    ['Anna', 'Dear driver of the last bus.'],
    ['Ben', 'You waited for me.'],
  ]);
});

test('words that are recognised later give way, and lend their times where they are the same words', () => {
  const before = heard('nobody said a word', 97);
  const inside = heard('dear driver of a last bus you do not know me but you waited', 101);
  const after = heard('and then it rained', 112);
  const segments = apply([before, inside, after], typed());
  expect(segments.map(({ text }) => text)).toEqual([
    'nobody said a word',
    'Dear driver of the last bus.',
    'You do not know me, but you waited.',
    'and then it rained',
  ]);
  const words = segments.slice(1, 3).flatMap((segment) => segment.words);
  expect(words.map(({ fromS }) => fromS)).toEqual(inside.words.map(({ fromS }) => fromS));
  expect([segments[0], segments[3]]).toEqual([before, after]);
});

test('what was recognised of other words says nothing about when the typed ones are spoken', () => {
  const segments = apply([heard('mumble grumble rumble', 101)], typed());
  expect(segments).toEqual(apply([], typed()));
});

test('a recognised sentence that goes on behind the stretch keeps what is said there', () => {
  const across = heard('one two three four five six', 108.9);
  const segments = apply([across], typed());
  expect(segments.at(-1)?.text).toBe('five six');
  expect(segments.at(-1)?.words.map(({ fromS }) => fromS)).toEqual(
    across.words.slice(4).map(({ fromS }) => fromS),
  );
});

test('typed again, the later words stand alone', () => {
  expect(apply([], typed('Something else entirely.'), typed())).toEqual(apply([], typed()));
});
