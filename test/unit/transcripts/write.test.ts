import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../main/domain/transcript.ts';
import { parseTranscript } from '../../../main/engine/transcripts/formats/index.ts';
import { subtitleCuesOf } from '../../../main/engine/transcripts/formats/subtitleLines.ts';
import { cutToClip, writeTranscript } from '../../../main/engine/transcripts/formats/write.ts';
import { transcriptFromBytes } from '../../../main/engine/transcripts/load.ts';
import { sentence, spoken } from '../../support/words.ts';

const word = fc.constantFrom(
  'so',
  'we',
  'went,',
  'all',
  'the',
  'way',
  'back',
  'because',
  'R&D',
  'a<b',
  '“no”',
  'café',
);
const told = fc.array(
  fc.record({
    words: fc.array(word, { minLength: 2, maxLength: 40 }),
    speaker: fc.constantFrom('Anna', 'Ben'),
  }),
  { minLength: 4, maxLength: 12 },
);

/** Sentences with a number in each, so that none repeats another. */
const given = told.map((lines) =>
  spoken(
    lines.map(({ words, speaker }, index) => [speaker, `Sentence ${index} ${words.join(' ')}.`] as const),
  ),
);

const NAMES = { srt: 'a.srt', vtt: 'a.vtt', txt: 'a.txt', json: 'a.json', whisper: 'a.json' } as const;

const readBack = (segments: readonly Segment[], format: keyof typeof NAMES): Segment[] =>
  transcriptFromBytes(Buffer.from(writeTranscript({ segments, language: 'en' }, format)), NAMES[format], {})
    .segments;

const said = (segments: readonly Segment[]): string => segments.map((segment) => segment.text).join(' ');

describe('what is written is read back', () => {
  test('SRT and WebVTT keep every word, every speaker and when each cue begins', () => {
    fc.assert(
      fc.property(given, fc.constantFrom('srt', 'vtt'), (segments, format) => {
        const back = readBack(segments, format);
        expect(said(back)).toBe(said(segments));
        expect(back.map(({ speaker, fromS }) => [speaker, fromS])).toEqual(
          segments.map(({ speaker, fromS }) => [speaker, fromS]),
        );
      }),
    );
  });

  test('Podcasting 2.0 JSON keeps sentences with their speakers and times', () => {
    fc.assert(
      fc.property(given, (segments) => {
        const whole = ({ speaker, fromS, toS, text }: Segment) => ({ speaker, fromS, toS, text });
        expect(readBack(segments, 'json').map(whole)).toEqual(segments.map(whole));
      }),
    );
  });

  test('Whisper JSON keeps the time and the confidence of every word', () => {
    fc.assert(
      fc.property(given, (segments) => {
        expect(readBack(segments, 'whisper')).toEqual(segments);
      }),
    );
  });

  test('plain text keeps every word and speaker', () => {
    fc.assert(
      fc.property(given, (segments) => {
        const parsed = parseTranscript(Buffer.from(writeTranscript({ segments }, 'txt')), 'a.txt');
        for (const { text } of segments) expect(parsed.untimedText).toContain(text);
      }),
    );
  });
});

test('cues can be read: two lines of 42 characters, 7 s at most, no cue into the next, no word lost', () => {
  fc.assert(
    fc.property(given, (segments) => {
      const cues = subtitleCuesOf(segments);
      expect(cues.flatMap((cue) => cue.words)).toEqual(segments.flatMap((segment) => segment.words));
      cues.forEach((cue, index) => {
        expect(cue.lines.length).toBeLessThanOrEqual(2);
        // A line may go a word over its half so that two lines are enough.
        for (const line of cue.lines) expect(line.length).toBeLessThanOrEqual(50);
        expect(cue.toS - cue.fromS).toBeLessThanOrEqual(7);
        expect(cue.toS).toBeGreaterThan(cue.fromS);
        expect(cue.toS).toBeLessThanOrEqual(cues[index + 1]?.fromS ?? Infinity);
      });
    }),
  );
});

test('a cue that would flash by stays for five sixths of a second, where nothing follows', () => {
  const [cue] = subtitleCuesOf([sentence('No.', 3)]);
  expect(cue && [cue.fromS, Math.round((cue.toS - cue.fromS) * 1000)]).toEqual([3, 833]);
});

test('a clip has its own clock, and only the words that are said in it', () => {
  const segments = spoken([
    ['Anna', 'One two three.'],
    ['Ben', 'Four five six.'],
  ]);
  const clip = cutToClip(segments, { fromS: 0.9, toS: 2.8 });
  expect(clip.map(({ speaker, fromS, toS, text }) => ({ speaker, fromS, toS, text }))).toEqual([
    { speaker: 'Anna', fromS: 0.1, toS: 0.5, text: 'three.' },
    { speaker: 'Ben', fromS: 1, toS: 1.9, text: 'Four five' },
  ]);
  expect(writeTranscript({ segments: clip }, 'srt')).toBe(
    '1\n00:00:00,100 --> 00:00:00,916\n>> Anna: three.\n\n2\n00:00:01,000 --> 00:00:01,900\n>> Ben: Four five\n',
  );
  expect(writeTranscript({ segments: clip, language: 'en' }, 'vtt')).toBe(
    'WEBVTT\nLanguage: en\n\n00:00:00.100 --> 00:00:00.916\n<v Anna>three.\n\n00:00:01.000 --> 00:00:01.900\n<v Ben>Four five\n',
  );
});
