import { expect, test } from 'vitest';
import { parseSrt } from '../../../main/engine/transcripts/formats/srt.ts';

const spoken = (text: string): unknown[] =>
  parseSrt(text).cues.map(({ fromS, toS, text: said, speaker }) =>
    speaker === undefined ? [fromS, toS, said] : [fromS, toS, said, speaker],
  );

test('a plain SRT gives its cues with times', () => {
  expect(
    spoken('1\n00:00:01,000 --> 00:00:02,500\nHello\nthere.\n\n2\n00:01:00,000 --> 00:01:01,000\nBye.\n'),
  ).toEqual([
    [1, 2.5, 'Hello there.'],
    [60, 61, 'Bye.'],
  ]);
});

test('byte order mark, Windows line ends, dots, missing hours and stray blanks do not matter', () => {
  const text =
    '\ufeff1\r\n00:01.5 --> 00:02.25\r\nOne.\r\n\r\n2\r\n 0:00:03 , 000-->00:00:04,000 X1:40\r\nTwo.\r\n';
  expect(spoken(text)).toEqual([
    [1.5, 2.25, 'One.'],
    [3, 4, 'Two.'],
  ]);
});

test('old Macintosh line ends are line ends', () => {
  expect(
    spoken('1\r00:00:01,000 --> 00:00:02,000\rOne.\r\r2\r00:00:02,000 --> 00:00:03,000\rTwo.\r'),
  ).toHaveLength(2);
});

test('a blank line inside a cue loses nothing', () => {
  expect(
    spoken(
      '1\n00:00:01,000 --> 00:00:04,000\nFirst line\n\nsecond line.\n\n2\n00:00:05,000 --> 00:00:06,000\nBye.',
    ),
  ).toEqual([
    [1, 4, 'First line second line.'],
    [5, 6, 'Bye.'],
  ]);
});

test('without cue numbers a number above the times is what was said', () => {
  expect(spoken('00:00:01,000 --> 00:00:02,000\nIt was\n1984\n00:00:02,000 --> 00:00:03,000\nthen.')).toEqual(
    [
      [1, 2, 'It was 1984'],
      [2, 3, 'then.'],
    ],
  );
});

test('tags, font colours, positions and entities are not spoken', () => {
  const text =
    '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#fff"><i>Salt</i> &amp; pep</font>per, x < y <3 &#8217; &nope;';
  expect(spoken(text)).toEqual([[1, 2, 'Salt & pepper, x < y <3 ’ &nope;']]);
});

test('names before a colon are speakers, hold until the next one, and may change inside a cue', () => {
  const text = [
    '00:00:00,000 --> 00:00:02,000\nANNA: Hello.',
    '00:00:02,000 --> 00:00:03,000\nHow are you?',
    '00:00:03,000 --> 00:00:05,000\nBEN: Well.\nANNA: Good.',
  ].join('\n\n');
  expect(spoken(text)).toEqual([
    [0, 2, 'Hello.', 'ANNA'],
    [2, 3, 'How are you?', 'ANNA'],
    [3, 4, 'Well.', 'BEN'],
    [4, 5, 'Good.', 'ANNA'],
  ]);
});

test('a colon in a sentence makes no speaker', () => {
  const text = [
    '00:00:00,000 --> 00:00:02,000\nHere is the thing: nobody knows.',
    '00:00:02,000 --> 00:00:03,000\nRemember: be kind. At 10:30 we met.',
    '00:00:03,000 --> 00:00:05,000\nRule: one at a time.',
    '00:00:05,000 --> 00:00:06,000\nAnd that was it.',
  ].join('\n\n');
  expect(parseSrt(text).cues.map((cue) => cue.speaker)).toEqual([undefined, undefined, undefined, undefined]);
});

test('speakers in brackets are told from sounds', () => {
  const text = [
    '00:00:00,000 --> 00:00:01,000\n[Speaker 1] Hello.',
    '00:00:01,000 --> 00:00:02,000\n[SPEAKER_02]: Hi.',
    '00:00:02,000 --> 00:00:03,000\n[Laughter] [Music] So.',
    '00:00:03,000 --> 00:00:04,000\n[Laughter] Right.',
  ].join('\n\n');
  expect(spoken(text)).toEqual([
    [0, 1, 'Hello.', 'Speaker 1'],
    [1, 2, 'Hi.', 'SPEAKER_02'],
    [2, 3, '[Laughter] [Music] So.', 'SPEAKER_02'],
    [3, 4, '[Laughter] Right.', 'SPEAKER_02'],
  ]);
});

test('a label that is written on to the text costs no word', () => {
  const text =
    '00:00:00,000 --> 00:00:01,000\n主持人：大家好。\n\n00:00:01,000 --> 00:00:02,000\n主持人：再见。';
  expect(parseSrt(text).cues.map((cue) => cue.text)).toEqual(['主持人：大家好。', '主持人：再见。']);
});

test('chevrons and dashes start turns, named or not', () => {
  const text = [
    '00:00:00,000 --> 00:00:02,000\n>> ANNA: Hello. >> Hi.',
    '00:00:02,000 --> 00:00:04,000\n- Who is it?\n- Me.',
    '00:00:04,000 --> 00:00:05,000\n&gt;&gt;Really?',
  ].join('\n\n');
  expect(parseSrt(text).cues).toEqual([
    { fromS: 0, toS: 1.231, text: 'Hello.', speaker: 'ANNA' },
    { fromS: 1.231, toS: 2, text: 'Hi.', startsTurn: true },
    { fromS: 2, toS: 3.474, text: 'Who is it?', startsTurn: true },
    { fromS: 3.474, toS: 4, text: 'Me.', startsTurn: true },
    { fromS: 4, toS: 5, text: 'Really?', startsTurn: true },
  ]);
});

test('rolling captions are said once', () => {
  const text = [
    '1\n00:00:00,000 --> 00:00:02,000\nhello everyone',
    '2\n00:00:02,000 --> 00:00:02,010\nhello everyone',
    '3\n00:00:02,010 --> 00:00:04,000\nhello everyone\nwelcome back',
    '4\n00:00:04,000 --> 00:00:06,000\nwelcome back\nto the show',
  ].join('\n\n');
  const { cues, notes } = parseSrt(text);
  expect(cues.map((cue) => cue.text)).toEqual(['hello everyone', 'welcome back', 'to the show']);
  expect(notes).toEqual([
    { kind: 'repaired', text: '3 cues repeated the line before; the repeats were left out.' },
  ]);
});

test('what is really said twice stays', () => {
  const text = ['No.', 'No.', 'Not now.', 'Not ever.', 'I mean it.']
    .map((line, at) => `00:00:0${at},000 --> 00:00:0${at + 1},000\n${line}`)
    .join('\n\n');
  expect(parseSrt(text).cues.map((cue) => cue.text)).toEqual([
    'No.',
    'No.',
    'Not now.',
    'Not ever.',
    'I mean it.',
  ]);
});

test('one word a cue means word times', () => {
  const text = ['So', 'this', 'is', 'it.']
    .map((word, at) => `${at + 1}\n00:00:0${at},000 --> 00:00:0${at},800\n${word}`)
    .join('\n\n');
  expect(parseSrt(text).cues[1]?.words).toEqual([{ text: 'this', fromS: 1, toS: 1.8, confidence: null }]);
  expect(parseSrt('00:01 --> 00:02\nYes.\n\n00:02 --> 00:03\nNo.').cues[0]?.words).toBeUndefined();
});

test('a damaged time is taken from the cues around and told with its line', () => {
  const { cues, notes } = parseSrt(
    '1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:0x,000 --> 00:00:0y,000\nTwo.\n\n3\n00:00:04,000 --> 00:00:05,000\nThree.',
  );
  expect(cues.map(({ fromS, toS }) => [fromS, toS])).toEqual([
    [1, 2],
    [2, 4],
    [4, 5],
  ]);
  expect(notes).toEqual([
    {
      kind: 'repaired',
      text: 'The times of 1 cue could not be read (line 6); they were taken from the cues around.',
    },
  ]);
});
