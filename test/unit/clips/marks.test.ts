import { describe, expect, test } from 'vitest';
import { readMarks } from '../../../main/engine/clips/marks/readMarks.ts';

const clock = { durationS: 5400, framesPerS: 25 };
const LAWSUIT = { atS: 2052, toS: null, note: 'the lawsuit' };
const LAUGH = { atS: 2461.5, toS: 2490, note: 'everybody laughs' };

const readable: readonly (readonly [string, string])[] = [
  ['typed lines', '34:12 the lawsuit\n\n[41:01.5] - 41:30 everybody laughs\n'],
  ['typed lines of a list of chapters', '• 0:34:12 – the lawsuit\r\n• 0:41:01.5-0:41:30 everybody laughs'],
  ['a table of one’s own', 'Time,Note,End\n34:12,the lawsuit,\n41:01.5,"everybody laughs",41:30'],
  ['a table with semicolons', '\uFEFFstart;end;name\n2052;;the lawsuit\n2461,5;2490;everybody laughs'],
  [
    'SRT',
    '1\n00:41:01,500 --> 00:41:30,000\neverybody\nlaughs\n\n2\n00:34:12,000 --> 00:34:12,000\nthe lawsuit\n',
  ],
  ['a CSV of LosslessCut', '2052,,the lawsuit\n2461.5,2490,everybody laughs\n'],
  [
    'a LosslessCut project',
    "{ version: 1, mediaFileName: 'ep.mp4', cutSegments: [ { start: 2052, name: 'the lawsuit', }, { start: 2461.5, end: 2490, name: 'everybody laughs' }, ], }",
  ],
  [
    'markers of Audition',
    'Name\tStart\tDuration\tTime Format\tType\tDescription\nthe lawsuit\t34:12.000\t0:00.000\tdecimal\tCue\t\neverybody laughs\t41:01.500\t0:28.500\tdecimal\tCue\t\n',
  ],
  [
    'markers of Reaper',
    '#,Name,Start,End,Length\nM1,the lawsuit,34:12.000,,\nR1,everybody laughs,41:01.500,41:30.000,0:28.500\n',
  ],
  [
    'a Reaper project',
    '<REAPER_PROJECT 0.1 "7.0"\n  MARKER 1 2052 "the lawsuit" 0 0 1 B\n  MARKER 2 2461.5 "everybody laughs" 1 0 1 R\n  MARKER 2 2490 "" 1\n>\n',
  ],
  [
    'an EDL whose timeline begins at one hour',
    'TITLE: marks\nFCM: NON-DROP FRAME\n\n001  001      V     C        01:34:12:00 01:34:12:01 01:34:12:00 01:34:12:01\n |C:ResolveColorBlue |M:the lawsuit |D:1\n002  AX       V     C        01:41:01:12 01:41:30:00 01:41:01:12 01:41:30:00\n* FROM CLIP NAME: everybody laughs\n',
  ],
];

describe('marks are read from', () => {
  test.each(readable)('%s', (_, text) => {
    const [first, second, ...more] = readMarks(text, clock);
    expect(first).toEqual(LAWSUIT);
    expect(second).toEqual({ ...LAUGH, atS: expect.closeTo(LAUGH.atS, 1) as number });
    expect(more).toEqual([]);
  });

  test('drop-frame timecode, which keeps to the clock', () => {
    const text =
      'FCM: DROP FRAME\n001 AX V C 01:00:00;00 01:00:10;00 01:00:00;00 01:00:10;00\n* FROM CLIP NAME: an hour in\n';
    expect(readMarks(text, { durationS: 5400, framesPerS: 30_000 / 1001 })[0]?.atS).toBeCloseTo(3600, 1);
  });

  test('a line whose note begins with a number', () => {
    expect(readMarks('12:30 3 reasons to stay', clock)).toEqual([
      { atS: 750, toS: null, note: '3 reasons to stay' },
    ]);
  });
});

const malformed: readonly (readonly [string, string, RegExp])[] = [
  [
    'a line without a time',
    '34:12 the lawsuit\nthe other thing\n',
    /^Line 2: “the other thing” does not begin with a time/u,
  ],
  ['seconds past sixty', '34:72 the lawsuit', /^Line 1: /u],
  ['nothing', ' \n\n', /^There are no marks in it/u],
  ['a file that is no text', 'RIFF\0\0\0\0WAVE', /^This is not a text file/u],
  ['a table whose time is missing', 'Time,Note\n,the lawsuit', /^Line 2: The time is missing/u],
  [
    'a table in bars and beats',
    '#,Name,Start,End,Length\nM1,intro,12.3.00,,',
    /^Line 2: “12\.3\.00” is no time/u,
  ],
  ['subtitles with a broken time', '1\n00:00:0x,000 --> 00:00:05,000\nhello\n\n00:01 --> x\n', /^Line 2: /u],
  [
    'a LosslessCut project that is broken off',
    '{ version: 1, cutSegments: [ { start: 12,',
    /^Line 1: The project is broken off/u,
  ],
  ['JSON of something else', '{ "chapters": [] }', /^This is no LosslessCut project/u],
  ['JSON that nests without end', `{ a: ${'['.repeat(5000)}`, /^Line 1: The project/u],
  [
    'a Reaper region without an end',
    '<REAPER_PROJECT 0.1\nMARKER 1 12 "open" 1 0',
    /^The region “open” has no end/u,
  ],
  ['a Reaper marker without a time', '<REAPER_PROJECT 0.1\nMARKER 1 soon "open"', /^Line 2: /u],
  [
    'an EDL whose timecode is none',
    'TITLE: x\n001 AX V C 00:99:12:00 00:34:13:00 00:34:12:00 00:34:13:00',
    /^Line 2: 00:99:12:00 is no timecode/u,
  ],
  [
    'an EDL with half an event',
    'TITLE: x\n001 AX V C 00:10:12:00 00:34:13:00',
    /^Line 2: This event does not hold four/u,
  ],
  ['more marks than anybody sets', '1:00 a\n'.repeat(2001), /^It holds 2001 marks/u],
  ['two million empty lines', '\n'.repeat(1_900_000), /^There are no marks in it/u],
  ['one endless line', `001 ${'a '.repeat(500_000)}`, /^Line 1: It is longer than 5000 characters/u],
  ['a project of nothing but space', `{${' '.repeat(1_900_000)}`, /^Line 1: The project/u],
  ['a file that is far too large', 'x'.repeat(2_000_001), /^It is larger than 2 MB/u],
];

describe('marks are refused with a sentence where there is', () => {
  test.each(malformed)('%s', (_, text, reason) => {
    expect(() => readMarks(text, clock)).toThrow(
      expect.objectContaining({
        code: 'MARKS_UNREADABLE',
        message: expect.stringMatching(reason) as string,
      }) as Error,
    );
  });
});
