import type { Recipe } from '../../../domain/recipe.ts';
import { type AssEvent, assAlpha, assColour, escapeAss, textTags } from '../text/assScript.ts';
import { bottomOf, type Box } from '../frame.ts';
import { drawableLine } from '../text/drawable.ts';
import type { Typefaces } from '../text/font.ts';
import { fitText } from '../text/wrap.ts';

const TITLE_SIZES_PX = [58, 54, 50, 46, 42];
const TITLE_LINES = 2;
const LINE_HEIGHT_EM = 1.22;
const LEAST_HEIGHT_PX = 60;

/** The clip's title in up to two centred lines that stand at the bottom of the box; nothing where there is no room. */
export function headingEvents(
  recipe: Recipe,
  box: Box | undefined,
  durationS: number,
  { titles }: Typefaces,
): AssEvent[] {
  const title = drawableLine(recipe.title, titles);
  if (box === undefined || title === '' || box.height < LEAST_HEIGHT_PX) return [];
  const roomForLines = Math.floor(box.height / ((TITLE_SIZES_PX[0] ?? 1) * LINE_HEIGHT_EM));
  const fitted = fitText(title, titles, {
    widthPx: box.width,
    maxLines: Math.max(1, Math.min(TITLE_LINES, roomForLines)),
    sizesPx: TITLE_SIZES_PX,
  });
  const descentPx = 0.24 * fitted.sizePx;
  return fitted.lines.map((line, index) => ({
    layer: 10,
    fromS: 0,
    toS: durationS + 1,
    tags:
      textTags(titles, {
        x: box.x + box.width / 2,
        baselineY:
          bottomOf(box) - descentPx - (fitted.lines.length - 1 - index) * LINE_HEIGHT_EM * fitted.sizePx,
        sizePx: fitted.sizePx,
        align: 'centre',
      }) + `\\1c${assColour('#ffffff')}\\3c${assColour('#101114')}\\3a${assAlpha(0.35)}\\bord2\\blur3\\shad0`,
    body: escapeAss(line),
  }));
}
