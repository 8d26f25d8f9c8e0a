import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRESETS, type VideoPreset } from '../../../main/domain/preset.ts';
import { DEFAULT_BRAND } from '../../../main/domain/show.ts';
import type { Segment, Timing } from '../../../main/domain/transcript.ts';
import { toAss } from '../../../main/engine/renders/captions/ass.ts';
import type { CaptionDocument } from '../../../main/engine/renders/captions/cue.ts';
import { onClipClock } from '../../../main/engine/renders/captions/clipClock.ts';
import { captionDocument, captionsText } from '../../../main/engine/renders/captions/document.ts';
import { captionsBox, placeCaptions } from '../../../main/engine/renders/captions/measure.ts';
import { frameGeometry, isInside } from '../../../main/engine/renders/frame.ts';
import { loadTypefaces } from '../../../main/engine/renders/text/font.ts';

const { captions: typeface } = await loadTypefaces(join(import.meta.dirname, '../../../resources/fonts'));
const videoPresets = Object.values(PRESETS).filter(
  (preset): preset is VideoPreset => preset.kind === 'video',
);
const tall = PRESETS.tiktok as VideoPreset;
const wide = PRESETS.wide as VideoPreset;

function spoken(
  text: string,
  { fromS = 10, wordS = 0.3, timing = 'word' }: { fromS?: number; wordS?: number; timing?: Timing } = {},
): Segment {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    fromS: fromS + index * wordS,
    toS: fromS + (index + 1) * wordS,
    confidence: null,
  }));
  return { fromS, toS: fromS + words.length * wordS, text, words, timing };
}
const captionsOf = (
  segments: readonly Segment[],
  range = { fromS: 10, toS: 20 },
  preset = tall,
): CaptionDocument => captionDocument(segments, range, 'karaoke', preset);
const lines = (document: CaptionDocument) => captionsText(document).split('\n');

describe('a caption document', () => {
  test('shows a few words at once, ends with the sentence and does not hang on a small word', () => {
    const document = captionsOf([
      spoken(
        'Two hundred people missed the ferry, and nobody had noticed except me. So I climbed up there.',
        { wordS: 0.25 },
      ),
    ]);
    expect(lines(document)).toEqual([
      'Two hundred people',
      'missed the ferry,',
      'and nobody had',
      'noticed except me.',
      'So I climbed',
      'up there.',
    ]);
  });

  test('runs on the clip’s clock and keeps only words that are mostly inside', () => {
    const document = captionsOf([spoken('zero one two three', { fromS: 9, wordS: 1 })], {
      fromS: 9.8,
      toS: 12.3,
    });
    expect(captionsText(document).replaceAll('\n', ' ')).toBe('one two');
    expect(document.cues[0]).toMatchObject({ fromS: 0.2 });
    expect(document.cues.at(-1)?.toS).toBeLessThanOrEqual(2.5);
  });

  test('has no gap between captions of flowing speech, and lingers a little before a pause', () => {
    const document = captionsOf([
      spoken('One two three four five six seven.'),
      spoken('Later words.', { fromS: 16 }),
    ]);
    const gaps = document.cues.slice(1).map((cue, i) => cue.fromS - (document.cues[i]?.toS ?? 0));
    expect(gaps.filter((gap) => gap > 0)).toHaveLength(1);
    expect(document.cues.find((cue) => cue.toS < 6 && cue.toS > 2.1)?.toS).toBeCloseTo(2.5, 3);
  });

  test('is calm where times are only approximate: whole phrases, no word marked', () => {
    const document = captionsOf([
      spoken('Nobody had noticed except me, and so I climbed up there.', { timing: 'approximate' }),
    ]);
    expect(document.cues).toHaveLength(2);
    expect(document.cues.every((cue) => !cue.followsWords)).toBe(true);
  });

  test('gives every caption at least 0.35 s, even when words come faster', () => {
    const document = captionsOf([
      spoken('a b c d e f g h i j k l m n o p q r s t u v w x y z', { wordS: 0.02 }),
    ]);
    expect(Math.min(...document.cues.map((cue) => cue.toS - cue.fromS))).toBeGreaterThanOrEqual(0.349);
  });

  test('is empty when no captions are wanted', () => {
    expect(captionDocument([spoken('Words.')], { fromS: 0, toS: 20 }, 'none', tall).cues).toEqual([]);
  });

  test('of joined ranges follows one clock, and a sentence that a cut divides stays one', () => {
    const said = [spoken('So I um climbed up there.', { fromS: 10 }), spoken('Then home.', { fromS: 40 })];
    const ranges = [
      { episodeId: 'a', fromS: 39.5, toS: 41 },
      { episodeId: 'a', fromS: 10, toS: 10.6 },
      { episodeId: 'a', fromS: 10.9, toS: 12 },
    ];
    const joined = onClipClock(ranges, () => said);
    expect(joined.map(({ text, fromS, toS }) => ({ text, fromS, toS }))).toEqual([
      { text: 'Then home.', fromS: 0.5, toS: 1.1 },
      { text: 'So I climbed up there.', fromS: 1.5, toS: 3 },
    ]);
    expect(joined[1]?.words.map((word) => word.fromS)).toEqual([1.5, 1.8, 2.1, 2.4, 2.7]);
  });

  test('breaks a word that no line could hold', () => {
    expect(lines(captionsOf([spoken('x'.repeat(60))])).join('')).toBe('x'.repeat(60));
  });
});

describe('placed captions', () => {
  test.each(videoPresets.map((preset) => [preset.id, preset] as const))(
    'stay in the safe box of %s whatever is said',
    (_, preset) => {
      const word = fc.oneof(
        fc.string({ minLength: 1, maxLength: 40 }),
        fc.constantFrom('W', 'Mmmm,', '{\\an8}', '\\N'),
      );
      fc.assert(
        fc.property(
          fc.array(word, { minLength: 1, maxLength: 30 }),
          fc.constantFrom<Timing>('word', 'approximate'),
          (words, timing) => {
            const document = captionsOf(
              [
                {
                  ...spoken(words.join('_'), { timing }),
                  words: spoken(words.map((w) => w.replaceAll(' ', '_')).join(' ')).words,
                },
              ],
              undefined,
              preset,
            );
            const box = captionsBox(document, preset, typeface);
            expect(box === undefined || isInside(box, frameGeometry(preset).safe)).toBe(true);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  test('are at most two lines, with the first line always at the same height for one size', () => {
    const placed = placeCaptions(
      captionsOf([spoken('Extraordinarily complicated machinery is here now.')]),
      tall,
      typeface,
    );
    for (const cue of placed)
      expect(new Set(cue.words.map((word) => word.baselineY)).size).toBeLessThanOrEqual(2);
    const full = placed.filter((cue) => cue.sizePx === 92).map((cue) => cue.words[0]?.baselineY);
    expect(new Set(full).size).toBe(1);
  });

  test('leave out what cannot be drawn, and a caption of nothing else is not shown', () => {
    expect(placeCaptions(captionsOf([spoken('🎉')]), tall, typeface)).toEqual([]);
    expect(captionsBox(captionsOf([spoken('🎉')]), tall, typeface)).toBeUndefined();
  });
});

describe('the script for libass', () => {
  const dialogue = (script: string) => script.split('\n').filter((line) => line.startsWith('Dialogue:'));

  test('has the frame’s size, one style and the shipped typeface', () => {
    const script = toAss(captionsOf([spoken('Hello there.')]), wide, typeface, DEFAULT_BRAND);
    expect(script).toContain('PlayResX: 1920\nPlayResY: 1080');
    expect(script.match(/^Style: .*/gm)).toHaveLength(1);
    expect(script).toContain(',Inter ExtraBold,');
  });

  test('marks exactly one word at any time while somebody speaks', () => {
    const document = captionsOf([spoken('One two three four.')]);
    const marks = dialogue(toAss(document, tall, typeface, DEFAULT_BRAND)).filter((line) =>
      line.includes('\\p1'),
    );
    expect(marks.map((line) => line.split(',').slice(1, 3))).toEqual([
      ['0:00:00.00', '0:00:00.30'],
      ['0:00:00.30', '0:00:00.60'],
      ['0:00:00.60', '0:00:00.90'],
      ['0:00:00.90', '0:00:01.60'],
    ]);
    expect(marks.every((line) => line.includes('\\1c&H54B4FF&'))).toBe(true);
  });

  test('marks nothing in calm captions', () => {
    const document = captionsOf([spoken('Hello there.', { timing: 'approximate' })]);
    expect(toAss(document, tall, typeface, DEFAULT_BRAND)).not.toContain('\\p1');
  });

  test('takes no orders from what is said', () => {
    const document = captionsOf([spoken('{\\b1}bold\\Nline }{')]);
    const words = dialogue(toAss(document, tall, typeface, DEFAULT_BRAND)).filter(
      (line) => !line.includes('\\p1'),
    );
    // After the one block of our own, every brace is escaped and every backslash is followed by a zero-width space or a brace.
    for (const line of words) {
      const body = line.slice(line.indexOf('}') + 1);
      expect(body.replaceAll(/\\[{}]/g, '')).not.toMatch(/[{}]|\\(?!\u200b)/);
    }
    expect(words.some((line) => line.endsWith('\\{\\\u200bb1\\}bold\\\u200bNline'))).toBe(true);
  });
});
