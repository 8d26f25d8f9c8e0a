import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRESETS, type VideoPreset } from '../../../main/domain/preset.ts';
import { DEFAULT_BRAND } from '../../../main/domain/show.ts';
import type { Segment } from '../../../main/domain/transcript.ts';
import { toAss } from '../../../main/engine/renders/captions/ass.ts';
import { cueLines } from '../../../main/engine/renders/captions/cue.ts';
import { captionDocument, charactersPerSecond } from '../../../main/engine/renders/captions/document.ts';
import { captionsBox, placeCaptions } from '../../../main/engine/renders/captions/measure.ts';
import { toSrt, toVtt } from '../../../main/engine/renders/captions/sidecar.ts';
import { frameGeometry, isInside } from '../../../main/engine/renders/frame.ts';
import { loadTypefaces } from '../../../main/engine/renders/text/font.ts';

const { captions: typeface } = await loadTypefaces(join(import.meta.dirname, '../../../resources/fonts'));
const tall = PRESETS.tiktok as VideoPreset;
const wide = PRESETS.wide as VideoPreset;

function said(text: string, fromS = 0, { wordS = 0.3, speaker = '' } = {}): Segment {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    fromS: fromS + index * wordS,
    toS: fromS + (index + 0.9) * wordS,
    confidence: null,
  }));
  const toS = words.at(-1)?.toS ?? fromS;
  return { fromS, toS, text, words, timing: 'word', ...(speaker === '' ? {} : { speaker }) };
}
const calm = (segments: readonly Segment[], preset = wide, clipS = 60) =>
  captionDocument(segments, { fromS: 0, toS: clipS }, 'calm', preset);
const linesOf = (...segments: Segment[]) => calm(segments).cues.map(cueLines);

const STORY =
  'Two hundred people missed the ferry that morning, and nobody had noticed except me. So on a Thursday night I climbed up the tower with a lamp in my pocket because the clock of Saint Albans had stopped again.';

describe('calm captions', () => {
  test('are broken where a reader expects it', () => {
    expect(linesOf(said(STORY))).toEqual([
      ['Two hundred people missed the ferry'],
      ['that morning,', 'and nobody had noticed except me.'],
      ['So on a Thursday night I climbed up', 'the tower with a lamp in my pocket'],
      ['because the clock', 'of Saint Albans had stopped again.'],
    ]);
  });

  test.each([wide, tall])('never part an article from its noun or a name in two, in $id', (preset) => {
    const breaks = calm([said(STORY)], preset)
      .cues.flatMap((cue) => cueLines(cue))
      .map((line) => line.split(' '));
    expect(
      breaks.map((words) => words.at(-1)).filter((word) => /^(a|an|the|my|Saint)$/u.test(word ?? '')),
    ).toEqual([]);
  });

  test('stand for 1 to 6 s and hold two lines of at most 37 characters, whatever is said', () => {
    const word = fc.stringMatching(/^[A-Za-z]{1,14}[,.?]?$/u);
    const sentence = fc.tuple(
      fc.array(word, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(0.15, 0.3, 0.6),
    );
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), (sentences) => {
        let atS = 0.2;
        const segments = sentences.map(([words, wordS], index) => {
          const segment = said(words.join(' '), atS, { wordS, speaker: index % 2 === 0 ? 'Ruth' : 'Daniel' });
          atS = segment.toS + 0.2;
          return segment;
        });
        // Time enough at the end for what people say too fast for a second each.
        const { cues } = calm(segments, wide, atS + 2 + sentences.length);
        for (const cue of cues) {
          expect(cue.toS - cue.fromS).toBeGreaterThanOrEqual(0.999);
          expect(cue.toS - cue.fromS).toBeLessThanOrEqual(6.001);
          expect(cueLines(cue).length).toBeLessThanOrEqual(2);
          expect(Math.max(...cueLines(cue).map((line) => line.length))).toBeLessThanOrEqual(37);
        }
        expect(cues.slice(1).every((cue, index) => cue.fromS >= (cues[index]?.toS ?? 0))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('keep one type size in a clip and stay in the safe box of a narrow frame', () => {
    const document = calm([said(STORY)], tall);
    const sizes = placeCaptions(document, tall, typeface).map(({ sizePx }) => sizePx);
    expect(new Set(sizes).size).toBe(1);
    expect(sizes[0]).toBeGreaterThanOrEqual(40);
    const box = captionsBox(document, tall, typeface);
    expect(box !== undefined && isInside(box, frameGeometry(tall).safe)).toBe(true);
  });

  test('tell two speakers apart by colour, never share a caption between them, and leave one alone white', () => {
    const [one, two] = [
      said('Did it ring?', 0, { speaker: 'Ruth' }),
      said('It did.', 1.2, { speaker: 'Daniel' }),
    ];
    const colours = (segments: readonly Segment[]) =>
      new Set(toAss(calm(segments), wide, typeface, DEFAULT_BRAND).match(/\\1c&H\w+&/gu));
    expect(calm([one, two]).cues.map(({ speaker }) => speaker)).toEqual(['Ruth', 'Daniel']);
    expect(colours([one, two]).size).toBe(2);
    expect(colours([one])).toEqual(new Set(['\\1c&HFFFFFF&']));
  });

  test('know when they are too fast to read', () => {
    expect(
      charactersPerSecond(
        calm([said('Extraordinary complications', 0, { wordS: 0.2 })]).cues[0] ?? {
          words: [],
          followsWords: false,
          fromS: 0,
          toS: 1,
        },
      ),
    ).toBeGreaterThan(20);
  });
});

describe('the subtitle files', () => {
  const document = calm([said('So I said: <b>“ring”</b> --> {\\an8} & it did.', 1, { speaker: 'R & D>' })]);

  test('hold the same words and lines as the picture', () => {
    const cues = calm([said(STORY)]).cues;
    const bodies = toSrt({ cues })
      .trim()
      .split('\n\n')
      .map((cue) => cue.split('\n').slice(2));
    expect(bodies).toEqual(cues.map(cueLines));
  });

  test('as WebVTT name the speaker and escape what would be a tag', () => {
    expect(toVtt(document)).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:04.070\n<v R &amp; D&gt;>So I said:\n&lt;b&gt;“ring”&lt;/b&gt; --&gt; {\\an8} &amp; it did.\n',
    );
  });

  test('as SubRip disarm what players take for orders, and no line can pass for a time', () => {
    const text = toSrt(document);
    expect(text).not.toMatch(/<b>|\{\\an8|(?<!\d{3} )-->/u);
    expect(text.replaceAll('\u200b', '')).toContain('<b>“ring”</b>');
  });
});
