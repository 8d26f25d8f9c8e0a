import { cheapestRunMs } from '../../support/cost.ts';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { transcriptFromBytes } from '../../../main/engine/transcripts/load.ts';

const load = (name: string, content: string | Buffer) =>
  transcriptFromBytes(typeof content === 'string' ? Buffer.from(content) : content, name, {});

function refusal(name: string, content: string | Buffer): string {
  try {
    load(name, content);
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'it was read';
}

describe('what cannot be read is refused with a sentence', () => {
  test.each([
    ['blank lines', 'a.srt', ' \n\n ', 'TRANSCRIPT_EMPTY: The file holds nothing but blank lines.'],
    [
      'only times',
      'a.srt',
      '1\n00:00:01,000 --> 00:00:02,000\n\n',
      'TRANSCRIPT_EMPTY: The transcript has no words in it, only times or marks.',
    ],
    [
      'only music',
      'a.vtt',
      'WEBVTT\n\n00:01.000 --> 00:02.000\n♪ ♪',
      'TRANSCRIPT_EMPTY: The transcript has no words in it, only times or marks.',
    ],
    [
      'a header alone',
      'a.vtt',
      'WEBVTT\n',
      'TRANSCRIPT_UNREADABLE: There is not a line with times such as "00:00:01,000 --> 00:00:04,000"; line 1 reads "WEBVTT".',
    ],
    [
      'prose named SRT',
      'a.srt',
      '\nOnce upon a time.',
      'TRANSCRIPT_UNREADABLE: There is not a line with times such as "00:00:01,000 --> 00:00:04,000"; line 2 reads "Once upon a time.".',
    ],
    [
      'all times damaged',
      'a.srt',
      '1\n00:00:xx --> 00:00:yy\nHi.',
      'TRANSCRIPT_UNREADABLE: There is not a line with times such as "00:00:01,000 --> 00:00:04,000"; line 2 reads "00:00:xx --> 00:00:yy".',
    ],
    [
      'a Word document',
      'a.txt',
      Buffer.from('PK\u0003\u0004rest'),
      'TRANSCRIPT_UNREADABLE: The file is a Word document or a zip archive; save it as plain text first.',
    ],
    [
      'a PDF',
      'a.txt',
      '%PDF-1.7',
      'TRANSCRIPT_UNREADABLE: The file is a PDF; save its text as plain text first.',
    ],
    [
      'rich text',
      'a.txt',
      '{\\rtf1 Hi}',
      'TRANSCRIPT_UNREADABLE: The file is a rich text document; save it as plain text first.',
    ],
    [
      'a recording',
      'a.srt',
      Buffer.from('ID3\u0003\0\0\0'),
      'TRANSCRIPT_UNREADABLE: The file is an MP3 recording, not a transcript.',
    ],
    [
      'binary data',
      'a.txt',
      Buffer.from([1, 2, 3, 0, 5, 6, 7, 8, 9, 10, 0, 200]),
      'TRANSCRIPT_UNREADABLE: The file is not text: it contains binary data.',
    ],
    [
      'a web page',
      'a.vtt',
      '<!DOCTYPE html><html>',
      'TRANSCRIPT_UNREADABLE: Line 1 begins a web page, not a transcript.',
    ],
    [
      'TTML',
      'a.txt',
      '<?xml version="1.0"?><tt>',
      'TRANSCRIPT_UNREADABLE: Line 1 begins an XML document; convert it to SRT or WebVTT.',
    ],
    [
      'SubStation',
      'a.txt',
      '[Script Info]\nTitle: x',
      'TRANSCRIPT_UNREADABLE: Line 1 begins SubStation subtitles; convert them to SRT or WebVTT.',
    ],
    ['an empty list', 'a.json', '{"segments": []}', 'TRANSCRIPT_EMPTY: The list of segments is empty.'],
    [
      'JSON of something else',
      'a.json',
      '{"chapters": [], "version": 1}',
      'TRANSCRIPT_UNREADABLE: The JSON is no transcript we know; it has the fields chapters, version.',
    ],
    [
      'JSON null',
      'a.json',
      'null',
      'TRANSCRIPT_UNREADABLE: The JSON is no transcript we know; it is a single value.',
    ],
    [
      'a million times',
      'a.json',
      '{"segments": [{"startTime": 1e9, "endTime": 1e10, "body": "Hi."}]}',
      'TRANSCRIPT_UNREADABLE: 1 of 1 segments are damaged: segments[0].startTime: Too big: expected number to be <=3600000.',
    ],
  ])('%s', (_, name, content, sentence) => {
    expect(refusal(name, content)).toBe(sentence);
  });

  test('JSON that breaks off says where', () => {
    expect(refusal('a.json', '{"segments": [\n{"startTime": 0,')).toMatch(
      /^TRANSCRIPT_UNREADABLE: The file is not valid JSON \(.+\); it has 2 lines\.$/,
    );
  });

  test('a file of more than 64 MB', () => {
    expect(refusal('a.txt', Buffer.alloc(65 * 1024 * 1024, 'a '))).toBe(
      'TRANSCRIPT_UNREADABLE: The file has 65 MB; transcripts of up to 64 MB are read.',
    );
  });

  test('more words than anyone says', () => {
    expect(refusal('a.txt', 'so '.repeat(1_000_001))).toBe(
      'TRANSCRIPT_UNREADABLE: The file has 1000001 words; transcripts of up to a million words are read.',
    );
  });

  test('JSON a million levels deep', () => {
    expect(refusal('a.json', '['.repeat(1_000_000) + ']'.repeat(1_000_000))).toMatch(
      /^TRANSCRIPT_UNREADABLE: /,
    );
  });
});

describe('what is merely damaged is repaired', () => {
  const read = (name: string, content: string | Buffer): unknown[] => {
    const { segments, notes } = load(name, content);
    return [segments.map(({ fromS, toS, text }) => [fromS, toS, text]), notes.map((note) => note.text)];
  };

  test.each([
    [
      'a file that ends in the middle of a cue',
      'a.srt',
      '1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:03,000 -->',
      [
        [[1, 2, 'One.']],
        ['The times of 1 cue could not be read (line 6); they were taken from the cues around.'],
      ],
    ],
    [
      'reversed times',
      'a.srt',
      '00:00:04,000 --> 00:00:02,000\nOne.',
      [[[2, 4, 'One.']], ['1 cue ended before it began; its times were swapped.']],
    ],
    [
      'cues in reverse order',
      'a.srt',
      '00:00:04,000 --> 00:00:05,000\nTwo.\n\n00:00:01,000 --> 00:00:02,000\nOne.',
      [
        [
          [1, 2, 'One.'],
          [4, 5, 'Two.'],
        ],
        ['1 cue was out of order and was put in its place.'],
      ],
    ],
    [
      'a whole file twice',
      'a.srt',
      '00:00:01,000 --> 00:00:02,000\nOne.\n\n00:00:01,000 --> 00:00:02,000\nOne.',
      [[[1, 2, 'One.']], ['1 cue was there twice and was left out once.']],
    ],
    [
      'unclosed tags',
      'a.vtt',
      'WEBVTT\n\n00:01.000 --> 00:02.000\n<i>One <b and two.',
      [[[1, 2, 'One <b and two.']], []],
    ],
    [
      'an arrow in what is said',
      'a.srt',
      '00:00:01,000 --> 00:00:02,000\nFrom A --> B.',
      [[[1, 2, 'From A --> B.']], []],
    ],
    [
      'an unfinished comment',
      'a.vtt',
      'WEBVTT\n\nNOTE forgot the end\n00:01.000 --> 00:02.000\nOne.',
      [[[1, 2, 'One.']], []],
    ],
  ])('%s', (_, name, content, expected) => {
    expect(read(name, content)).toEqual(expected);
  });

  test('one broken byte in a UTF-8 file', () => {
    const text = Buffer.from('00:00:01,000 --> 00:00:02,000\nÄöüßéèêàâç x.');
    text[text.length - 2] = 0xff;
    expect(load('a.srt', text).notes).toEqual([{ kind: 'repaired', text: '1 character could not be read.' }]);
  });

  test.each([
    ['brackets', '<', 150_000],
    ['dots', '.', 150_000],
    ['one endless word', 'a', 150_000],
    ['ampersands', '&#', 75_000],
    ['chevrons', '>> ', 50_000],
    ['bracketed times', '[0:01] ', 20_000],
    ['numbers and colons', '1:', 75_000],
  ])(
    'a line that could stall a parser costs in proportion to its length: %s',
    (_, piece, count) => {
      const costMs = (line: string): number =>
        cheapestRunMs(() => {
          load('a.srt', `00:00:01,000 --> 20:00:00,000\n${line}\nHi.`);
          load('a.txt', `${line}\nHi there.\n`);
        });
      // Four times the length may cost twelve times as much; work that grows with the square would cost sixteen times.
      expect(costMs(piece.repeat(4 * count)) / costMs(piece.repeat(count))).toBeLessThan(12);
    },
    30_000,
  );
});
