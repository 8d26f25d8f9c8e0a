import { expect, test } from 'vitest';
import type { Cue } from '../../../main/domain/transcript.ts';
import { toSegments } from '../../../main/engine/transcripts/sentences.ts';

const cue = (fromS: number, toS: number, text: string, speaker?: string): Cue =>
  speaker === undefined ? { fromS, toS, text } : { fromS, toS, text, speaker };
/** The sentences of a text that stands in one cue, ten letters a second. */
const sentences = (text: string): string[] =>
  toSegments([cue(0, text.length / 10, text)]).map((segment) => segment.text);

test('sentences reach over cues and begin inside them', () => {
  const segments = toSegments([cue(0, 2, 'This is'), cue(2, 4, 'one. And this'), cue(4, 6, 'another one.')]);
  expect(segments.map(({ fromS, toS, text, timing }) => [fromS, toS, text, timing])).toEqual([
    [0, 2.706, 'This is one.', 'cue'],
    [2.706, 6, 'And this another one.', 'cue'],
  ]);
});

test('a word takes time by its length, and a short word more than its letters', () => {
  const [segment] = toSegments([cue(10, 11, 'a extraordinary')]);
  expect(segment?.words).toEqual([
    { text: 'a', fromS: 10, toS: 10.167, confidence: null },
    { text: 'extraordinary', fromS: 10.167, toS: 11, confidence: null },
  ]);
});

test('words with times of their own keep them', () => {
  const words = [
    { text: 'So', fromS: 1, toS: 1.2, confidence: 0.9 },
    { text: 'true.', fromS: 1.15, toS: 1.6, confidence: 0.8 },
  ];
  expect(toSegments([{ fromS: 1, toS: 2, text: 'So true.', words }])).toEqual([
    {
      fromS: 1,
      toS: 1.6,
      text: 'So true.',
      words: [
        { text: 'So', fromS: 1, toS: 1.2, confidence: 0.9 },
        { text: 'true.', fromS: 1.2, toS: 1.6, confidence: 0.8 },
      ],
      timing: 'word',
    },
  ]);
});

test('a sentence with one interpolated word is not word-timed', () => {
  const words = [{ text: 'So', fromS: 1, toS: 1.2, confidence: null }];
  expect(toSegments([{ fromS: 1, toS: 1.2, text: 'So', words }, cue(1.2, 2, 'true.')])[0]?.timing).toBe(
    'cue',
  );
});

test.each([
  ['titles', 'Mr. Smith met Dr. Jones. They left.', ['Mr. Smith met Dr. Jones.', 'They left.']],
  [
    'initials',
    'J. R. R. Tolkien and George W. Bush. It was odd.',
    ['J. R. R. Tolkien and George W. Bush.', 'It was odd.'],
  ],
  ['the pronoun I', 'So did I. We all did.', ['So did I.', 'We all did.']],
  ['plan B', 'That was plan B. It failed.', ['That was plan B.', 'It failed.']],
  [
    'countries',
    'In the U.S. Senate. I live in the U.S. It is big.',
    ['In the U.S. Senate.', 'I live in the U.S.', 'It is big.'],
  ],
  [
    'e.g. and i.e.',
    'Use tools, e.g. Figma, i.e. Anything. Good.',
    ['Use tools, e.g. Figma, i.e. Anything.', 'Good.'],
  ],
  ['decimals', 'It grew 3.5 percent. In 1999. Then 2.', ['It grew 3.5 percent.', 'In 1999.', 'Then 2.']],
  ['numbers of things', 'We were No. 5. No. That was a joke.', ['We were No. 5.', 'No.', 'That was a joke.']],
  ['points of a list', '1. First we eat. 2. Then we sleep.', ['1. First we eat.', '2. Then we sleep.']],
  [
    'times of day',
    'At 9 a.m. Eastern. Up at 5 a.m. The end.',
    ['At 9 a.m. Eastern.', 'Up at 5 a.m.', 'The end.'],
  ],
  [
    'companies',
    'Apple Inc. Then came Co. Limited. Right.',
    ['Apple Inc.', 'Then came Co. Limited.', 'Right.'],
  ],
  ['domains', 'We use Node.js on example.com. Nice.', ['We use Node.js on example.com.', 'Nice.']],
  [
    'quotes',
    'He said, "Go." She left. "Why?" he asked.',
    ['He said, "Go."', 'She left.', '"Why?" he asked.'],
  ],
  [
    'brackets',
    'It works. (Really!) Yes. [Laughs.] Ok.',
    ['It works.', '(Really!)', 'Yes.', '[Laughs.]', 'Ok.'],
  ],
  [
    'ellipses',
    'I was... not sure. Then… We left... Bye.',
    ['I was... not sure.', 'Then…', 'We left...', 'Bye.'],
  ],
  ['several marks', 'What?! No!!! Yes.', ['What?!', 'No!!!', 'Yes.']],
  [
    'small letters after an unknown abbreviation',
    'About 5 ft. tall. So small. And yes. Ok.',
    ['About 5 ft. tall.', 'So small.', 'And yes.', 'Ok.'],
  ],
  [
    'names with a small letter',
    'I love it. iPhone is old. Yes. Ok.',
    ['I love it.', 'iPhone is old.', 'Yes.', 'Ok.'],
  ],
  [
    'text without capitals',
    'hello there. how are you? fine. ok.',
    ['hello there.', 'how are you?', 'fine.', 'ok.'],
  ],
  ['all capitals', 'HELLO MR. SMITH. HOW ARE YOU? FINE.', ['HELLO MR. SMITH.', 'HOW ARE YOU?', 'FINE.']],
  ['French spacing', 'Comment ça va ? « Oui ! » Bien.', ['Comment ça va ?', '« Oui ! »', 'Bien.']],
  ['Chinese', '大家好。今天很好吗？「对！」', ['大家好。', '今天很好吗？', '「对！」']],
  ['Hindi', 'यह अच्छा है। वह गया।', ['यह अच्छा है।', 'वह गया।']],
  ['Arabic', 'كيف حالك؟ أنا بخير.', ['كيف حالك؟', 'أنا بخير.']],
])('sentence ends: %s', (_, text, expected) => {
  expect(sentences(text)).toEqual(expected);
});

test('another speaker ends a sentence whatever the marks say', () => {
  const segments = toSegments([
    cue(0, 1, 'I was going', 'Anna'),
    cue(1, 2, 'to say', 'Ben'),
    { ...cue(2, 3, 'what'), startsTurn: true },
  ]);
  expect(segments.map(({ speaker, text }) => [speaker, text])).toEqual([
    ['Anna', 'I was going'],
    ['Ben', 'to say'],
    [undefined, 'what'],
  ]);
});

test('a pause ends a sentence only where nothing is punctuated', () => {
  const cues = (last: string): Cue[] => [cue(0, 2, 'i was thinking about'), cue(4, 6, `something ${last}`)];
  expect(toSegments(cues('else')).map((segment) => segment.text)).toEqual([
    'i was thinking about',
    'something else',
  ]);
  expect(toSegments(cues('else.')).map((segment) => segment.text)).toEqual([
    'i was thinking about something else.',
  ]);
});

test('no sentence reaches over a hole in the transcript', () => {
  expect(toSegments([cue(0, 2, 'And then we'), cue(60, 62, 'came back.')])).toHaveLength(2);
});

test('a transcript without marks is cut at its largest pauses, at 30 words at most', () => {
  const words = Array.from({ length: 100 }, (_, at) => {
    const fromS = at * 0.3 + Math.floor(at / 20) * 0.6;
    return { text: `word${at}`, fromS, toS: fromS + 0.3, confidence: null };
  });
  const segments = toSegments([{ fromS: 0, toS: 40, text: words.map((word) => word.text).join(' '), words }]);
  expect(segments.map((segment) => segment.words.length)).toEqual([20, 20, 20, 20, 20]);
});

test('a transcript without marks or pauses still has no endless sentence', () => {
  const text = Array.from({ length: 200 }, (_, at) => `word${at}`).join(' ');
  const segments = toSegments([cue(0, 80, text)]);
  expect(Math.max(...segments.map((segment) => segment.words.length))).toBeLessThanOrEqual(30);
  expect(segments.map((segment) => segment.text).join(' ')).toBe(text);
});

test('a sentence of more than 40 seconds is cut at a clause', () => {
  const clause = 'and so it went on and on for a very long while,';
  const text = `Well, ${Array.from({ length: 10 }, () => clause).join(' ')} until it stopped.`;
  const segments = toSegments([cue(0, 60, text), cue(60, 61, 'The end. Really. Yes.')]);
  expect(segments.slice(0, 2).every((segment) => segment.toS - segment.fromS <= 40)).toBe(true);
  expect(segments[0]?.text.endsWith(',')).toBe(true);
});

test('marks that were timed as words go with the word before', () => {
  const word = (text: string, fromS: number): Cue => ({
    ...cue(fromS, fromS + 1, text),
    words: [{ text, fromS, toS: fromS + 1, confidence: null }],
  });
  const segments = toSegments([word('Hi', 0), word(',', 1), word('you', 2), word('.', 3), word('Bye', 4)]);
  expect(segments.map(({ text, toS }) => [text, toS])).toEqual([
    ['Hi, you.', 3],
    ['Bye', 5],
  ]);
});
