import { expect, test } from 'vitest';
import { parsePodcastJson } from '../../../main/engine/transcripts/formats/podcastJson.ts';
import { parseWhisperJson } from '../../../main/engine/transcripts/formats/whisperJson.ts';

test('Podcasting 2.0 JSON gives a cue for each entry, with its speaker', () => {
  const text = JSON.stringify({
    version: '1.0.0',
    segments: [
      { speaker: 'Anna', startTime: 0.5, endTime: 2, body: 'Hello and welcome.' },
      { speaker: '', startTime: '2', endTime: '3.5', body: ' Thank you. ' },
      { startTime: 3.5, body: 'An end may be missing.' },
    ],
  });
  expect(parsePodcastJson(text)).toEqual({
    format: 'podcast-json',
    cues: [
      { speaker: 'Anna', fromS: 0.5, toS: 2, text: 'Hello and welcome.' },
      { fromS: 2, toS: 3.5, text: 'Thank you.' },
      { fromS: 3.5, toS: 3.5, text: 'An end may be missing.' },
    ],
    notes: [],
  });
});

test('Podcasting 2.0 JSON with one word an entry gives word times', () => {
  const segments = ['So', 'here', 'we', 'go.'].map((body, at) => ({
    startTime: at,
    endTime: at + 0.8,
    body,
  }));
  expect(parsePodcastJson(JSON.stringify({ segments })).cues[3]).toEqual({
    fromS: 3,
    toS: 3.8,
    text: 'go.',
    words: [{ text: 'go.', fromS: 3, toS: 3.8, confidence: null }],
  });
});

test('a damaged entry costs itself and is told', () => {
  const segments = [
    { startTime: 0, endTime: 1, body: 'One thing.' },
    { startTime: 'soon', endTime: 2, body: 'Two things.' },
    { startTime: 2, endTime: 3, body: 'Three things.' },
  ];
  const { cues, notes } = parsePodcastJson(JSON.stringify({ segments }));
  expect(cues.map((cue) => cue.text)).toEqual(['One thing.', 'Three things.']);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.text).toMatch(/^1 damaged entry was left out \(segments\[1\]\.startTime: /);
});

test('a key named __proto__ changes nothing', () => {
  const text =
    '{"__proto__": {"polluted": true}, "segments": [{"__proto__": {"polluted": true}, "startTime": 0, "endTime": 1, "body": "Hi there."}]}';
  expect(parsePodcastJson(text).cues).toEqual([{ fromS: 0, toS: 1, text: 'Hi there.' }]);
  expect('polluted' in {}).toBe(false);
});

test('openai whisper: words joined as the text has them, with the lowest confidence of their parts', () => {
  const text = JSON.stringify({
    text: ' Hello state-of-the-art.',
    language: 'en',
    segments: [
      {
        id: 0,
        start: 0,
        end: 2,
        text: ' Hello state-of-the-art.',
        words: [
          { word: ' Hello', start: 0.1, end: 0.5, probability: 0.9 },
          { word: ' state', start: 0.5, end: 0.8, probability: 0.8 },
          { word: '-of-the', start: 0.8, end: 1, probability: 0.6 },
          { word: '-art.', start: 1, end: 1.5, probability: 0.7 },
        ],
      },
      { id: 1, start: 2, end: 3, text: ' No words here.' },
    ],
  });
  expect(parseWhisperJson(text)).toEqual({
    format: 'whisper-json',
    language: 'en',
    cues: [
      {
        fromS: 0.1,
        toS: 1.5,
        text: 'Hello state-of-the-art.',
        words: [
          { text: 'Hello', fromS: 0.1, toS: 0.5, confidence: 0.9 },
          { text: 'state-of-the-art.', fromS: 0.5, toS: 1.5, confidence: 0.6 },
        ],
      },
      { fromS: 2, toS: 3, text: 'No words here.' },
    ],
    notes: [],
  });
});

test('words listed apart and without punctuation get the punctuation of the text', () => {
  const text = JSON.stringify({
    language: 'english',
    segments: [
      { start: 0, end: 1, text: ' Well, yes.' },
      { start: 1, end: 2, text: ' Good.' },
    ],
    words: [
      { word: 'Well', start: 0, end: 0.4 },
      { word: 'yes', start: 0.5, end: 0.9 },
      { word: 'Good', start: 1.1, end: 1.6 },
    ],
  });
  const { language, cues } = parseWhisperJson(text);
  expect(language).toBe('en');
  expect(cues.flatMap((cue) => cue.words ?? []).map((word) => [word.text, word.fromS, word.toS])).toEqual([
    ['Well,', 0, 0.4],
    ['yes.', 0.5, 0.9],
    ['Good.', 1.1, 1.6],
  ]);
});

test('a word that the aligner left without times is not sold as timed', () => {
  const words = [
    { word: 'It', start: 0, end: 0.3, score: 0.9 },
    { word: 'cost', start: 0.3, end: 0.6, score: 0.9 },
    { word: '$5.' },
    { word: 'Ha.', start: 1.4, end: 1.8, score: 0.9 },
  ];
  const text = JSON.stringify({
    segments: [{ start: 0, end: 2, text: 'It cost $5. Ha.', speaker: 'SPEAKER_00', words }],
  });
  expect(
    parseWhisperJson(text).cues.map(({ fromS, toS, text: said, words: timed }) => [
      fromS,
      toS,
      said,
      timed?.length,
    ]),
  ).toEqual([
    [0, 0.6, 'It cost', 2],
    [0.6, 1.4, '$5.', undefined],
    [1.4, 1.8, 'Ha.', 1],
  ]);
});

test('words that do not spell the text leave the cue without word times', () => {
  const text = JSON.stringify({
    segments: [{ start: 0, end: 2, text: 'Two three four.', words: [{ word: 'One', start: 0, end: 1 }] }],
  });
  expect(parseWhisperJson(text).cues).toEqual([{ fromS: 0, toS: 2, text: 'Two three four.' }]);
});

const cppToken = (text: string, from: number, to: number, p = 0.9): object => ({
  text,
  offsets: { from, to },
  p,
  id: 1,
});

test('whisper.cpp: tokens become words, special tokens vanish', () => {
  const text = JSON.stringify({
    result: { language: 'de' },
    transcription: [
      {
        timestamps: { from: '00:00:00,000', to: '00:00:02,000' },
        offsets: { from: 0, to: 2000 },
        text: ' Grüße, Sound.',
        tokens: [
          cppToken('[_BEG_]', 0, 0),
          cppToken(' Gr', 0, 300),
          cppToken('üße', 300, 600, 0.5),
          cppToken(',', 600, 700),
          cppToken(' Sound', 800, 1500),
          cppToken('.', 1500, 1600),
          cppToken('[_TT_100]', 2000, 2000),
        ],
      },
      { timestamps: { from: '00:00:02,000', to: '00:00:03,500' }, text: ' Nur Zeiten.' },
      { offsets: { from: 3500, to: 9000 }, text: ' [BLANK_AUDIO]' },
    ],
  });
  expect(parseWhisperJson(text)).toEqual({
    format: 'whisper-json',
    language: 'de',
    cues: [
      {
        fromS: 0,
        toS: 1.5,
        text: 'Grüße, Sound.',
        words: [
          { text: 'Grüße,', fromS: 0, toS: 0.6, confidence: 0.5 },
          { text: 'Sound.', fromS: 0.8, toS: 1.5, confidence: 0.9 },
        ],
      },
      { fromS: 2, toS: 3.5, text: 'Nur Zeiten.' },
    ],
    notes: [],
  });
});

test('whisper.cpp with one token an entry: pieces of a word are joined where no blank parts them', () => {
  const entry = (text: string, from: number): object => ({ text, offsets: { from, to: from + 200 } });
  const transcription = [
    entry(' Sound', 0),
    entry('bite', 200),
    entry(' finds', 400),
    entry(' it', 600),
    entry('.', 800),
  ];
  const { cues } = parseWhisperJson(JSON.stringify({ transcription }));
  expect(cues.map((cue) => [cue.text, cue.fromS, cue.toS, cue.words?.length])).toEqual([
    ['Soundbite', 0, 0.4, 1],
    ['finds', 0.4, 0.6, 1],
    ['it.', 0.6, 1, 1],
  ]);
});

test('whisper.cpp: a turn of speakers is kept', () => {
  const transcription = [
    { text: ' Ready?', offsets: { from: 0, to: 900 }, speaker_turn_next: true },
    { text: ' Yes I am.', offsets: { from: 900, to: 2000 } },
  ];
  expect(parseWhisperJson(JSON.stringify({ transcription })).cues[1]?.startsTurn).toBe(true);
});
