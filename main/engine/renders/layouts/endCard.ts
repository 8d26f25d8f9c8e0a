import type { VideoPreset } from '../../../domain/preset.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import type { Template } from '../../../domain/template.ts';
import { frameGeometry } from '../frame.ts';
import { type AssEvent, assColour, escapeAss, textTags } from '../text/assScript.ts';
import { drawableLine } from '../text/drawable.ts';
import { drawingTags } from '../text/drawing.ts';
import type { Typeface, Typefaces } from '../text/font.ts';
import { type FittedText, fitText } from '../text/wrap.ts';

const LAYER = { field: 30, text: 31 } as const;
const FADE_MS = 350;
const TEXT_SIZES_PX = [92, 84, 76, 68, 60, 52, 44];
const NAME_SIZES_PX = [44, 40, 36, 32];
const LINE_HEIGHT_EM = 1.2;
const GAP_PX = 44;
/** Sound that says something needs this much of the picture before the card covers it. */
const MOST_OF_CLIP = 0.34;

/** The words of the template over a field of the show's colour, for the last seconds, with the show's name below. */
export function endCardEvents(
  { brand, showName }: Recipe,
  { endCard }: Template,
  preset: VideoPreset,
  durationS: number,
  { captions, titles }: Typefaces,
): AssEvent[] {
  if (endCard === undefined) return [];
  const range = { fromS: durationS - Math.min(endCard.lastS, durationS * MOST_OF_CLIP), toS: durationS + 1 };
  const { text: box } = frameGeometry(preset);
  const fit = (text: string, typeface: Typeface, maxLines: number, sizesPx: readonly number[]) =>
    fitText(drawableLine(text, typeface), typeface, { widthPx: box.width, maxLines, sizesPx });
  const words = fit(endCard.text, captions, 3, TEXT_SIZES_PX);
  const name = fit(showName, titles, 1, NAME_SIZES_PX);
  const wordsPx = (captions.capHeightEm + (words.lines.length - 1) * LINE_HEIGHT_EM) * words.sizePx;
  const topY = box.y + (box.height - wordsPx - GAP_PX - name.sizePx) / 2;
  const fade = `\\fad(${FADE_MS},0)`;
  const lines = (fitted: FittedText, typeface: Typeface, y: number, colour: string): AssEvent[] =>
    fitted.lines.map((line, index) => ({
      ...range,
      layer: LAYER.text,
      tags:
        textTags(typeface, {
          x: box.x + box.width / 2,
          baselineY: y + (typeface.capHeightEm + index * LINE_HEIGHT_EM) * fitted.sizePx,
          sizePx: fitted.sizePx,
          align: 'centre',
        }) + `\\bord0\\shad0\\1c${assColour(colour)}${fade}`,
      body: escapeAss(line),
    }));
  return [
    {
      ...range,
      layer: LAYER.field,
      tags: `${drawingTags()}\\1c${assColour(brand.backgroundColour)}${fade}`,
      body: `m 0 0 l ${preset.width} 0 l ${preset.width} ${preset.height} l 0 ${preset.height}`,
    },
    ...lines(words, captions, topY, brand.textColour),
    ...lines(name, titles, topY + wordsPx + GAP_PX, brand.accentColour),
  ];
}
