import { expect, test } from 'vitest';
import { spreadText } from '../../../main/engine/transcripts/spreadText.ts';
import type { TimeRange } from '../../../main/domain/time.ts';

const lines = (text: string, speech?: readonly TimeRange[], durationS?: number): unknown[] =>
  spreadText(text, speech, durationS).map(({ speaker, fromS, toS, text: said }) => [
    speaker,
    fromS,
    toS,
    said,
  ]);

test('sentences share out the recording by their length, and say that they are approximate', () => {
  const segments = spreadText('Ten letter. Ten letter.', undefined, 60);
  expect(segments.map(({ fromS, toS, timing }) => [fromS, toS, timing])).toEqual([
    [0, 30, 'approximate'],
    [30, 60, 'approximate'],
  ]);
});

test('text is spread over the speech only', () => {
  const speech = [
    { fromS: 10, toS: 20 },
    { fromS: 50, toS: 60 },
  ];
  expect(lines('Ten letter. Ten letter.', speech, 100)).toEqual([
    [undefined, 10, 20, 'Ten letter.'],
    [undefined, 50, 60, 'Ten letter.'],
  ]);
});

test('no word lies in a silence', () => {
  const speech = [
    { fromS: 3, toS: 7 },
    { fromS: 20, toS: 23 },
    { fromS: 40, toS: 55 },
  ];
  const words = spreadText(
    'One two three four. Five six seven, eight nine ten. Eleven twelve.',
    speech,
    60,
  ).flatMap((s) => s.words);
  expect(words).toHaveLength(12);
  for (const word of words) {
    expect(
      speech.some(({ fromS, toS }) => word.fromS >= fromS && word.toS <= toS),
      word.text,
    ).toBe(true);
  }
});

test('without a duration text is read at a usual pace', () => {
  const text = Array.from({ length: 150 }, () => 'word').join(' ');
  const lastS = spreadText(text, undefined, undefined).at(-1)?.toS ?? 0;
  expect(lastS).toBeGreaterThan(40);
  expect(lastS).toBeLessThan(75);
});

test('names and paragraphs make turns, and a heading is no part of the next sentence', () => {
  const text = 'Our first show\n\nAnna: Hello there.\nHow are\nyou?\nBen: Fine.\n\nThe thing is: it works.';
  expect(spreadText(text, undefined, 60).map(({ speaker, text: said }) => [speaker, said])).toEqual([
    [undefined, 'Our first show'],
    ['Anna', 'Hello there.'],
    ['Anna', 'How are you?'],
    ['Ben', 'Fine.'],
    ['Ben', 'The thing is: it works.'],
  ]);
});

test.each([
  ['brackets before the name', '[00:00:10] Anna: Hello there.\n[00:00:20] Ben: Hi.'],
  ['brackets after the name', 'Anna (00:10): Hello there.\n\nBen (00:20): Hi.'],
  ['a head line with name and time', 'Anna  0:10\nHello there.\n\nBen  0:20\nHi.'],
  ['a head line with time and name', '00:10 Anna\nHello there.\n\n00:20 Ben\nHi.'],
  ['Markdown', '# The show\n\n**Anna** (00:00:10):\nHello there.\n\n**Ben** (00:00:20):\nHi.'],
  ['Windows line ends', '[0:10] Anna: Hello there.\r\n[0:20] Ben: Hi.\r\n'],
])('time stamps anchor what follows them: %s', (_, text) => {
  const segments = spreadText(text, undefined, 60);
  expect(segments.map(({ speaker, fromS, text: said }) => [speaker, fromS, said])).toEqual([
    ['Anna', 10, 'Hello there.'],
    ['Ben', 20, 'Hi.'],
  ]);
});

test('time stamps on lines of their own and inside a line are anchors too', () => {
  expect(
    lines('0:00\nhello everyone\n0:30\nwelcome back', undefined, 60).map((line) => (line as unknown[])[1]),
  ).toEqual([0, 30]);
  expect(lines('[0:05] Hello. [0:40] Bye [inaudible 0:50].', undefined, 60)).toEqual([
    [undefined, 5, 5.704, 'Hello.'],
    [undefined, 40, 42.2, 'Bye [inaudible 0:50].'],
  ]);
});

test('text before the first time stamp is spoken before it', () => {
  const [first, second] = spreadText('Welcome to the show.\n\n[1:00] Now.\n\n[2:00] Then.', undefined, 180);
  expect(first?.toS).toBeLessThanOrEqual(60);
  expect(second?.fromS).toBe(60);
});

test('a number that only looks like a time stamp stays text', () => {
  const text = '10:30 was when I woke up.\n\n9:15 the day before.\n\n7:00 the next.';
  expect(spreadText(text, undefined, 60).map((segment) => segment.text)[0]).toContain('was when I woke up.');
  expect(spreadText(text, undefined, 60)[0]?.fromS).toBe(0);
});

test('a time stamp that runs backwards does not drag the rest with it', () => {
  const text = '[0:10] One.\n[0:20] Two.\n[9:59] Three.\n[0:40] Four.\n[0:50] Five.';
  const starts = spreadText(text, undefined, 60).map((segment) => segment.fromS);
  expect(starts[3]).toBe(40);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
});
