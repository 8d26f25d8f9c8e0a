import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRESETS, type VideoPreset } from '../../../main/domain/preset.ts';
import { DEFAULT_BRAND } from '../../../main/domain/show.ts';
import { toAss } from '../../../main/engine/renders/captions/ass.ts';
import { captionDocument } from '../../../main/engine/renders/captions/document.ts';
import { toSrt, toVtt } from '../../../main/engine/renders/captions/sidecar.ts';
import { exportFileName } from '../../../main/engine/renders/exportName.ts';
import { plainLine } from '../../../main/engine/renders/text/drawable.ts';
import { loadTypefaces } from '../../../main/engine/renders/text/font.ts';
import { HOSTILE } from '../../support/hostileStrings.ts';

const { captions: typeface } = await loadTypefaces(join(import.meta.dirname, '../../../resources/fonts'));
const preset = PRESETS.wide as VideoPreset;

/** The text said as one word, so that nothing of it is lost to spaces, by a speaker of the same name. */
const documentOf = (text: string, style: 'calm' | 'karaoke') =>
  captionDocument(
    [
      {
        fromS: 0,
        toS: 2,
        text,
        timing: 'word',
        speaker: text,
        words: [{ text, fromS: 0, toS: 2, confidence: null }],
      },
    ],
    { fromS: 0, toS: 4 },
    style,
    preset,
  );
const shown = (text: string): string => text.replaceAll(/[\u200b\s]/gu, '');

test('there are 60 hostile strings', () => {
  expect(new Set(HOSTILE).size).toBe(60);
});

describe.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 40), text] as const))('%s', (_, text) => {
  test.each(['karaoke', 'calm'] as const)('is drawn literally in %s captions or not at all', (style) => {
    const lines = toAss(documentOf(text, style), preset, typeface, DEFAULT_BRAND).split('\n');
    const events = lines.slice(lines.indexOf('[Events]') + 2).filter((line) => line !== '');
    const bodies = events
      .filter((line) => !line.includes('\\p1'))
      .map((line) => line.slice(line.indexOf('}', line.indexOf(',{')) + 1));
    // One event a line, and after our own block of tags no brace and no backslash that libass would obey.
    expect(events.every((line) => line.startsWith('Dialogue: 2'))).toBe(true);
    for (const body of bodies)
      expect(body.replaceAll(/\\[{}]/gu, '')).not.toMatch(/[{}\p{Cc}]|\\(?!\u200b)/u);
    if (style === 'karaoke') return;
    const drawn = shown(bodies.map((body) => body.replaceAll('\\{', '{').replaceAll('\\}', '}')).join(''));
    const canDraw = Array.from(plainLine(text)).filter((c) => typeface.canDraw(c.codePointAt(0) ?? 0));
    const wanted = shown(canDraw.join(''));
    // Four seconds have no room for ten thousand letters; what is shown of them is their beginning.
    expect(drawn).toBe(wanted.length > 1000 ? wanted.slice(0, drawn.length) : wanted);
  });

  test('cannot break a subtitle file', () => {
    const document = documentOf(text, 'calm');
    const [srt, vtt] = [toSrt(document), toVtt(document)];
    expect(srt.match(/-->/gu) ?? []).toHaveLength(document.cues.length);
    expect(vtt.match(/-->/gu) ?? []).toHaveLength(document.cues.length);
    expect(srt).not.toMatch(/[<{](?!\u200b)/u);
    expect(vtt.replaceAll(/^<v [^<>]*>/gmu, '')).not.toMatch(/[<>](?!.*\d{3}$)(?<!--)>/u);
  });

  test('makes a file name of one part', () => {
    const name = exportFileName(
      '{title}',
      { episode: '', rank: 1, title: text, preset: 'x', show: '' },
      'mp4',
    );
    expect(name).not.toMatch(/[/\\:*?"<>|\p{Cc}]|^[.\s-]/u);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(130);
  });
});
