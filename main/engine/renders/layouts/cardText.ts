import type { Recipe } from '../../../domain/recipe.ts';
import type { Box } from '../frame.ts';
import { type AssEvent, assAlpha, assColour, escapeAss, textTags } from '../text/assScript.ts';
import { inkOn } from '../text/colour.ts';
import { drawableLine } from '../text/drawable.ts';
import { drawingTags, roundedBox } from '../text/drawing.ts';
import type { Typeface, Typefaces } from '../text/font.ts';
import { fitText, type FittedText } from '../text/wrap.ts';
import type { CardLayout } from './card.ts';

/** A card is one picture: its events last as long as the one frame that is drawn. */
const STILL = { fromS: 0, toS: 10 };
export const COVER_RADIUS_SHARE = 0.055;
const SHOW_NAME_SIZES_PX = [32, 29, 26];
const TITLE_SIZES_PX = [58, 54, 50, 46, 42];
const LINE_HEIGHT_EM = 1.18;
const INITIALS = 2;

/** The shadow that lifts the cover off its ground. */
export function backdropEvents({ cover }: CardLayout): AssEvent[] {
  return [
    {
      ...STILL,
      layer: 0,
      tags: `${drawingTags()}\\blur22\\1c&H000000&\\1a${assAlpha(0.5)}`,
      body: roundedBox({ ...cover, y: cover.y + 14 }, cover.width * COVER_RADIUS_SHARE),
    },
  ];
}

/** Show name and title, the line that the progress runs along, and a drawn cover where the show has none. */
export function cardEvents(
  layout: CardLayout,
  recipe: Recipe,
  typefaces: Typefaces,
  hasCover: boolean,
): AssEvent[] {
  return [
    ...(hasCover ? [] : drawnCover(layout.cover, recipe, typefaces.captions)),
    ...textBlock(recipe, layout, typefaces.titles),
    {
      ...STILL,
      layer: 3,
      tags: `${drawingTags()}\\1c${assColour(recipe.brand.textColour)}\\1a${assAlpha(0.2)}`,
      body: roundedBox(layout.progress, layout.progress.height),
    },
  ];
}

function textBlock(recipe: Recipe, layout: CardLayout, typeface: Typeface): AssEvent[] {
  const { showName, title } = layout;
  const name = fitText(drawableLine(recipe.showName, typeface), typeface, {
    widthPx: showName.width,
    maxLines: 1,
    sizesPx: SHOW_NAME_SIZES_PX,
  });
  const heading = fitText(drawableLine(recipe.title, typeface), typeface, {
    widthPx: title.width,
    maxLines: layout.titleLines,
    sizesPx: TITLE_SIZES_PX,
  });
  return [
    ...lineEvents(name, showName, layout.align, typeface, { colour: recipe.brand.textColour, opacity: 0.72 }),
    ...lineEvents(heading, title, layout.align, typeface, { colour: recipe.brand.textColour, opacity: 1 }),
  ];
}

function lineEvents(
  { lines, sizePx }: FittedText,
  box: Box,
  align: CardLayout['align'],
  typeface: Typeface,
  { colour, opacity }: { colour: string; opacity: number },
): AssEvent[] {
  return lines.map((line, index) => ({
    ...STILL,
    layer: 3,
    tags:
      textTags(typeface, {
        x: align === 'centre' ? box.x + box.width / 2 : box.x,
        baselineY: box.y + (typeface.capHeightEm + index * LINE_HEIGHT_EM) * sizePx,
        sizePx,
        align,
      }) + `\\bord0\\shad0\\1c${assColour(colour)}\\1a${assAlpha(opacity)}`,
    body: escapeAss(line),
  }));
}

/** A field of the show's accent colour with its initials: what a show without cover art is known by. */
function drawnCover(cover: Box, { brand, showName, title }: Recipe, typeface: Typeface): AssEvent[] {
  const initials = initialsOf(drawableLine(showName, typeface)) || initialsOf(drawableLine(title, typeface));
  const sizePx = Math.min(
    cover.width * 0.44,
    (cover.width * 0.7) / Math.max(0.1, typeface.widthEm(initials)),
  );
  return [
    {
      ...STILL,
      layer: 2,
      tags: `${drawingTags()}\\1c${assColour(brand.accentColour)}`,
      body: roundedBox(cover, cover.width * COVER_RADIUS_SHARE),
    },
    {
      ...STILL,
      layer: 3,
      tags:
        textTags(typeface, {
          x: cover.x + cover.width / 2,
          baselineY: cover.y + cover.height / 2 + (typeface.capHeightEm * sizePx) / 2,
          sizePx,
          align: 'centre',
        }) + `\\bord0\\shad0\\1c${assColour(inkOn(brand.accentColour))}`,
      body: escapeAss(initials),
    },
  ];
}

export const initialsOf = (name: string): string =>
  name
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .filter((word, _, words) => words.length <= INITIALS || !/^(the|a|an|and|of)$/i.test(word))
    .slice(0, INITIALS)
    .map((word) => Array.from(word.replace(/^[^\p{L}\p{N}]+/u, ''))[0]?.toUpperCase() ?? '')
    .join('');
