import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cue, Segment } from '../../../main/domain/transcript.ts';
import { fitTranscript } from '../../../main/engine/transcripts/fit.ts';
import { parseSrt } from '../../../main/engine/transcripts/formats/srt.ts';
import { parseTranscript } from '../../../main/engine/transcripts/formats/index.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { toSegments } from '../../../main/engine/transcripts/sentences.ts';
import { spreadText } from '../../../main/engine/transcripts/spreadText.ts';
import { textOf, tokenise } from '../../../main/engine/transcripts/words.ts';

const word = fc.oneof(
  fc.constantFrom(
    'Hello',
    'world.',
    'Mr.',
    'U.S.',
    '3.5',
    '...',
    '“No”',
    'said,',
    '—',
    '?',
    '大家好。今天',
    'ça',
    'va',
    '«',
    '»',
    'I.',
    '&',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
);
const text = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(' '));
const speaker = fc.constantFrom(undefined, 'Anna', 'Ben');

/** Cues in order, with pauses between them; every third has words with times of their own. */
const cues = fc
  .array(
    fc.record({
      text,
      speaker,
      pauseS: fc.double({ min: 0, max: 8, noNaN: true }),
      lengthS: fc.double({ min: 0.1, max: 30, noNaN: true }),
    }),
    {
      maxLength: 12,
    },
  )
  .map((drafts) => {
    let nowS = 0;
    return drafts.map((draft, index): Cue => {
      const fromS = nowS + draft.pauseS;
      const toS = (nowS = fromS + draft.lengthS);
      const cue: Cue = {
        fromS,
        toS,
        text: draft.text,
        ...(draft.speaker === undefined ? {} : { speaker: draft.speaker }),
      };
      return index % 3 === 2 ? withWords(cue) : cue;
    });
  });

function withWords(cue: Cue): Cue {
  const tokens = tokenise(cue.text);
  const stepS = (cue.toS - cue.fromS) / tokens.length;
  const words = tokens.map((token, at) => {
    return {
      text: token.text,
      fromS: cue.fromS + at * stepS,
      toS: cue.fromS + (at + 0.9) * stepS,
      confidence: 0.5,
    };
  });
  return { ...cue, words };
}

const solid = (said: string): string => said.replace(/\s+/gu, '');

function expectOrder(segments: readonly Segment[]): void {
  let nowS = -Infinity;
  for (const segment of segments) {
    expect(segment.words.length).toBeGreaterThan(0);
    expect(segment.fromS).toBe(segment.words[0]?.fromS);
    expect(segment.toS).toBe(segment.words.at(-1)?.toS);
    for (const { fromS, toS } of segment.words) {
      expect(fromS).toBeGreaterThanOrEqual(nowS);
      expect(toS).toBeGreaterThanOrEqual(fromS);
      nowS = toS;
    }
  }
}

test('cutting text into words loses nothing but blanks', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'grapheme' })), (said) => {
      const tokens = tokenise(said);
      expect(solid(textOf(tokens))).toBe(solid(said));
      expect(tokens.every((token) => token.text !== '')).toBe(true);
    }),
  );
});

test('sentences hold exactly the words of the cues, in order, and their text is their words', () => {
  fc.assert(
    fc.property(cues, (given) => {
      const segments = toSegments(given);
      expect(solid(segments.map((segment) => segment.text).join(''))).toBe(
        solid(given.map((cue) => cue.text).join('')),
      );
      for (const segment of segments) {
        expect(solid(segment.words.map((spoken) => spoken.text).join(''))).toBe(solid(segment.text));
      }
    }),
  );
});

test('times never run backwards and stay inside the cues', () => {
  fc.assert(
    fc.property(cues, (given) => {
      const segments = toSegments(given);
      expectOrder(segments);
      const spoken = segments.flatMap((segment) => segment.words);
      for (const { fromS, toS } of spoken) {
        const middleS = (fromS + toS) / 2;
        // Half a millisecond is the rounding.
        expect(given.some((cue) => middleS >= cue.fromS - 0.0006 && middleS <= cue.toS + 0.0006)).toBe(true);
      }
    }),
  );
});

test('every word of a sentence has the same speaker as its cue', () => {
  fc.assert(
    fc.property(cues, (given) => {
      const bySpeaker = (name: string | undefined): string =>
        solid(
          toSegments(given)
            .filter((segment) => segment.speaker === name)
            .map((segment) => segment.text)
            .join(''),
        );
      for (const name of ['Anna', 'Ben']) {
        expect(bySpeaker(name)).toBe(
          solid(
            given
              .filter((cue) => cue.speaker === name)
              .map((cue) => cue.text)
              .join(''),
          ),
        );
      }
    }),
  );
});

const oddTime = fc.oneof(fc.double({ min: -10, max: 400 }), fc.integer({ min: 0, max: 300 }));
const oddCues = fc.array(fc.record({ fromS: oddTime, toS: oddTime, text }), { minLength: 1, maxLength: 15 });

test('whatever the times, a fitted transcript is in order and inside the recording, or is refused with a reason', () => {
  fc.assert(
    fc.property(oddCues, (given) => {
      let fitted: readonly Cue[];
      try {
        fitted = fitTranscript(given, 300).cues;
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        return;
      }
      let nowS = 0;
      for (const cue of fitted) {
        expect(cue.fromS).toBeGreaterThanOrEqual(nowS - 0.0006);
        expect(cue.toS).toBeGreaterThanOrEqual(cue.fromS);
        expect(cue.toS).toBeLessThanOrEqual(300);
        nowS = cue.toS;
      }
      expectOrder(toSegments(fitted));
    }),
  );
});

const ranges = fc
  .array(
    fc.tuple(fc.double({ min: 0.1, max: 9, noNaN: true }), fc.double({ min: 0.1, max: 30, noNaN: true })),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => {
    let nowS = 0;
    return parts.map(([pauseS, lengthS]) => {
      const fromS = nowS + pauseS;
      return { fromS, toS: (nowS = fromS + lengthS) };
    });
  });

test('spread text stays in order inside the speech and keeps all its words', () => {
  const plain = fc.array(fc.constantFrom('one', 'two', 'three.', 'four?', 'five,', '\n\n', '\n'), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(plain, ranges, (pieces, speech) => {
      const said = pieces.join(' ');
      const segments = spreadText(said, speech, (speech.at(-1)?.toS ?? 0) + 5);
      expect(solid(segments.map((segment) => segment.text).join(''))).toBe(solid(said));
      expectOrder(segments);
      for (const { fromS, toS } of segments.flatMap((segment) => segment.words)) {
        expect(speech.some((part) => fromS >= part.fromS - 0.0006 && toS <= part.toS + 0.0006)).toBe(true);
      }
    }),
  );
});

test('an SRT that was written plainly is read back word for word', () => {
  const line = fc.array(fc.constantFrom('so', 'we', 'went', 'home.', 'Why?', 'Because', 'of', 'it,'), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const clock = (s: number): string => `00:00:${String(s).padStart(2, '0')},000`;
      // The count keeps two lines from being alike, which rolling captions are.
      const said = lines.map((words, at) => `${words.join(' ')} ${at} times`);
      const file = said.map((text, at) => `${at + 1}\n${clock(at * 2)} --> ${clock(at * 2 + 2)}\n${text}\n`);
      expect(parseSrt(file.join('\n')).cues.map((cue) => cue.text)).toEqual(said);
    }),
  );
});

test('any bytes are either a transcript or refused with a reason', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary' }).map((said) => Buffer.from(said)),
  );
  const names = fc.constantFrom('a.srt', 'a.vtt', 'a.json', 'a.txt', 'a');
  const starts = fc.constantFrom('', 'WEBVTT\n\n', '{"segments":[', '00:00:01,000 --> 00:00:02,000\n');
  fc.assert(
    fc.property(bytes, names, starts, (content, name, start) => {
      try {
        expect(parseTranscript(Buffer.concat([Buffer.from(start), content]), name).format).toBeTypeOf(
          'string',
        );
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }),
    { numRuns: 300 },
  );
});
