import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PRESETS, type VideoPreset } from '../../../main/domain/preset.ts';
import { type Box, frameGeometry, framesIn, isInside } from '../../../main/engine/renders/frame.ts';
import { cardLayout } from '../../../main/engine/renders/layouts/card.ts';
import { initialsOf } from '../../../main/engine/renders/layouts/cardText.ts';
import { placeIn, windowFor } from '../../../main/engine/renders/layouts/fit.ts';
import { loadTypefaces } from '../../../main/engine/renders/text/font.ts';
import { fitText, textWidthPx } from '../../../main/engine/renders/text/wrap.ts';

const { titles } = await loadTypefaces(join(import.meta.dirname, '../../../resources/fonts'));
const videoPresets = Object.values(PRESETS).filter(
  (preset): preset is VideoPreset => preset.kind === 'video',
);
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test.each(videoPresets.map((preset) => [preset.id, preset] as const))(
  'on %s cover, heading, waveform, captions and progress all stand in the safe box and apart',
  (_, preset) => {
    const { safe, captions } = frameGeometry(preset);
    const { cover, heading, waveform, progress } = cardLayout(preset);
    const boxes = [cover, heading, waveform, captions, progress];
    expect(boxes.filter((box) => !isInside(box, safe))).toEqual([]);
    expect(boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b)))).toEqual([]);
    expect(cover.width).toBeGreaterThanOrEqual(380);
  },
);

test.each(
  videoPresets.flatMap((preset) =>
    [16 / 9, 4 / 3, 1, 9 / 16, 2.39].map((aspect) => [preset.id, aspect, preset] as const),
  ),
)('on %s a picture of %d is shown whole, on even pixels, in its own shape', (_, aspect, preset) => {
  const place = placeIn(windowFor([aspect], preset), aspect);
  expect(isInside(place, { x: 0, y: 0, width: preset.width, height: preset.height })).toBe(true);
  expect([place.x, place.y, place.width, place.height].every((n) => n % 2 === 0)).toBe(true);
  expect(Math.abs(place.width / place.height / aspect - 1)).toBeLessThan(0.01);
});

test('a landscape picture on a tall frame stands above the captions, with room for the title', () => {
  const preset = PRESETS.reels as VideoPreset;
  const { captions, safe } = frameGeometry(preset);
  const place = placeIn(windowFor([16 / 9], preset), 16 / 9);
  expect(place.y + place.height).toBeLessThanOrEqual(captions.y);
  expect(place.y - safe.y).toBeGreaterThan(150);
});

test('a clip is cut into whole frames and loses no sound', () => {
  expect([2, 2.01, 1 / 30, 0.001, 12.345].map((s) => framesIn(s, 30))).toEqual([60, 61, 1, 1, 371]);
});

test('a title wraps, then shrinks, then ends with an ellipsis', () => {
  const space = { widthPx: 400, maxLines: 2, sizesPx: [60, 40] };
  const fitsIn = (text: string) => fitText(text, titles, space);
  expect(fitsIn('One word')).toEqual({ sizePx: 60, lines: ['One word'] });
  expect(fitsIn('Two words each line').lines).toEqual(['Two words', 'each line']);
  expect(fitsIn('Several rather longer words in here').sizePx).toBe(40);
  const cut = fitsIn('word '.repeat(200));
  expect(cut.lines.at(-1)).toMatch(/…$/);
  expect(Math.max(...cut.lines.map((line) => textWidthPx(line, titles, cut.sizePx)))).toBeLessThanOrEqual(
    400,
  );
  expect(fitsIn('x'.repeat(10_000)).lines).toHaveLength(1);
});

test('initials come from the words that matter', () => {
  expect(['The Night Desk', 'Small Repairs', 'radio', '“Quoted” name', '42', '—'].map(initialsOf)).toEqual([
    'ND',
    'SR',
    'R',
    'QN',
    '4',
    '',
  ]);
});
