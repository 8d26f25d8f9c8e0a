import { expect, test } from 'vitest';
import { parseWebVtt } from '../../../main/engine/transcripts/formats/webVtt.ts';

test('comments, styles, regions, settings and identifiers are not spoken', () => {
  const text = [
    'WEBVTT - Our show\nKind: captions\nLanguage: en-us',
    'NOTE\nThis is a comment\nof two lines',
    'STYLE\n::cue { color: red }',
    'REGION\nid:fred',
    'intro\n00:01.000 --> 00:02.000 align:start position:0%\nHello.',
    '2\n00:00:02.000 --> 00:00:03.000\nBye.',
  ].join('\n\n');
  expect(parseWebVtt(text)).toEqual({
    format: 'webvtt',
    language: 'en-US',
    cues: [
      { fromS: 1, toS: 2, text: 'Hello.' },
      { fromS: 2, toS: 3, text: 'Bye.' },
    ],
    notes: [],
  });
});

test('voices name speakers, with classes, entities and two voices in one cue', () => {
  const text =
    'WEBVTT\n\n00:00.000 --> 00:02.000\n<v.loud Anna &amp; Co>Hello.</v> <v Ben>Hi.\n\n00:02.000 --> 00:03.000\nNobody: says this.';
  expect(parseWebVtt(text).cues).toEqual([
    { speaker: 'Anna & Co', fromS: 0, toS: 1.231, text: 'Hello.' },
    { speaker: 'Ben', fromS: 1.231, toS: 2, text: 'Hi.' },
    { fromS: 2, toS: 3, text: 'Nobody: says this.' },
  ]);
});

test('time tags give every word its own time, and no word lasts through a pause', () => {
  const text =
    'WEBVTT\n\n00:01.000 --> 00:09.000\nSo<00:01.400><c> here</c><00:01.800><c.yellow> we</c> <00:08.000>go.';
  expect(parseWebVtt(text).cues).toEqual([
    {
      fromS: 1,
      toS: 8.9,
      text: 'So here we go.',
      words: [
        { text: 'So', fromS: 1, toS: 1.4, confidence: null },
        { text: 'here', fromS: 1.4, toS: 1.8, confidence: null },
        { text: 'we', fromS: 1.8, toS: 2.6, confidence: null },
        { text: 'go.', fromS: 8, toS: 8.9, confidence: null },
      ],
    },
  ]);
});

test('phrases between time tags are not sold as timed words', () => {
  const { cues } = parseWebVtt('WEBVTT\n\n00:00.000 --> 00:04.000\nHello my friend <00:02.000>goodbye');
  expect(cues).toEqual([
    { fromS: 0, toS: 2, text: 'Hello my friend' },
    {
      fromS: 2,
      toS: 3.3,
      text: 'goodbye',
      words: [{ text: 'goodbye', fromS: 2, toS: 3.3, confidence: null }],
    },
  ]);
});

test('time tags that run backwards are ignored', () => {
  const { cues } = parseWebVtt('WEBVTT\n\n00:05.000 --> 00:07.000\nHello<00:01.000> there');
  expect(cues).toEqual([{ fromS: 5, toS: 7, text: 'Hello there' }]);
});

test('the rolling captions of a video site become words said once, with their times', () => {
  const text = [
    'WEBVTT\nKind: captions\nLanguage: en',
    '00:00:00.160 --> 00:00:02.350 align:start position:0%\n \nhello<00:00:00.480><c> everyone</c>',
    '00:00:02.350 --> 00:00:02.360 align:start position:0%\nhello everyone\n ',
    '00:00:02.360 --> 00:00:04.000 align:start position:0%\nhello everyone\nwelcome<00:00:02.600><c> back</c>',
    '00:00:04.000 --> 00:00:04.010 align:start position:0%\nwelcome back\n ',
    '00:00:04.010 --> 00:00:06.000 align:start position:0%\nwelcome back\n&gt;&gt; thank<00:00:04.600><c> you</c>',
  ].join('\n\n');
  const words = parseWebVtt(text).cues.flatMap((cue) => cue.words ?? []);
  expect(words.map((word) => `${word.text}@${word.fromS}`)).toEqual([
    'hello@0.16',
    'everyone@0.48',
    'welcome@2.36',
    'back@2.6',
    'thank@4.01',
    'you@4.6',
  ]);
  expect(parseWebVtt(text).cues.at(-1)?.startsTurn).toBe(true);
});

test('a missing header and missing blank lines cost no cue', () => {
  const { cues, notes } = parseWebVtt(
    '00:01.000 --> 00:02.000\nOne.\n00:02.000 --> 00:03.000\nTwo.\n\nstill two.',
  );
  expect(cues.map((cue) => cue.text)).toEqual(['One.', 'Two. still two.']);
  expect(notes[0]?.text).toBe('The first line should read WEBVTT; the file was read all the same.');
});
