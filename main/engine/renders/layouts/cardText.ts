import type { Recipe } from '../../../domain/recipe.ts';
import type { Template } from '../../../domain/template.ts';
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
/** Radius of the cover's corners as a share of its width. */
export const COVER_RADIUS: Readonly<Record<Template['cover'], number>> = {
  rounded: 0.055,
  square: 0.004,
  round: 0.5,
};
const SHOW_NAME_SIZES_PX = [32, 29, 26];
const NAME_GAP_PX = 30;
const LINE_HEIGHT_EM = 1.18;
const INITIALS = 2;

/** The shadow that lifts the cover off its ground, and the light from above where the template has one. */
export function backdropEvents(
  { cover }: CardLayout,
  look: Template,
  { accentColour }: Recipe['brand'],
): AssEvent[] {
  const radiusPx = cover.width * COVER_RADIUS[look.cover];
  const light = { x: cover.x - 60, y: cover.y - 60, width: cover.width + 120, height: cover.height + 120 };
  const glow: AssEvent = {
    ...STILL,
    layer: 0,
    tags: `${drawingTags()}\\blur90\\1c${assColour(accentColour)}\\1a${assAlpha(0.34)}`,
    body: roundedBox(light, radiusPx + 60),
  };
  return [
    ...(look.ground === 'glow' ? [glow] : []),
    {
      ...STILL,
      layer: 0,
      tags: `${drawingTags()}\\blur22\\1c&H000000&\\1a${assAlpha(0.5)}`,
      body: roundedBox({ ...cover, y: cover.y + 14 }, radiusPx),
    },
  ];
}

/** Show name and title, the line that the progress runs along, and a drawn cover where the show has none. */
export function cardEvents(
  layout: CardLayout,
  recipe: Recipe,
  look: Template,
  typefaces: Typefaces,
  hasCover: boolean,
): AssEvent[] {
  return [
    ...(hasCover ? [] : drawnCover(layout.cover, recipe, look, typefaces.captions)),
    ...textBlock(recipe, layout, look, typefaces.titles),
    {
      ...STILL,
      layer: 3,
      tags: `${drawingTags()}\\1c${assColour(recipe.brand.textColour)}\\1a${assAlpha(0.2)}`,
      body: roundedBox(layout.progress, layout.progress.height),
    },
  ];
}

/** Show name and title as one block in the middle of the heading's height. */
function textBlock(recipe: Recipe, layout: CardLayout, look: Template, typeface: Typeface): AssEvent[] {
  const { heading, align } = layout;
  const fitIn = (text: string, maxLines: number, sizesPx: readonly number[]) =>
    fitText(drawableLine(text, typeface), typeface, { widthPx: heading.width, maxLines, sizesPx });
  const name = fitIn(recipe.showName, 1, SHOW_NAME_SIZES_PX);
  const title = fitIn(look.headline ? recipe.title : '', layout.titleLines, layout.titleSizesPx);
  const namePx = typeface.capHeightEm * name.sizePx;
  const titlePx = (typeface.capHeightEm + (title.lines.length - 1) * LINE_HEIGHT_EM) * title.sizePx;
  const top = heading.y + (heading.height - namePx - NAME_GAP_PX - titlePx) / 2;
  const x = align === 'centre' ? heading.x + heading.width / 2 : heading.x;
  const { textColour } = recipe.brand;
  return [
    ...lineEvents(name, { x, y: top, align, typeface, colour: textColour, opacity: 0.72 }),
    ...lineEvents(title, {
      x,
      y: top + namePx + NAME_GAP_PX,
      align,
      typeface,
      colour: textColour,
      opacity: 1,
    }),
  ];
}

interface TextStyle {
  readonly x: number;
  /** Of the top of the first line's capitals. */
  readonly y: number;
  readonly align: CardLayout['align'];
  readonly typeface: Typeface;
  readonly colour: string;
  readonly opacity: number;
}

function lineEvents({ lines, sizePx }: FittedText, style: TextStyle): AssEvent[] {
  const { x, y, align, typeface, colour, opacity } = style;
  return lines.map((line, index) => ({
    ...STILL,
    layer: 3,
    tags:
      textTags(typeface, {
        x,
        baselineY: y + (typeface.capHeightEm + index * LINE_HEIGHT_EM) * sizePx,
        sizePx,
        align,
      }) + `\\bord0\\shad0\\1c${assColour(colour)}\\1a${assAlpha(opacity)}`,
    body: escapeAss(line),
  }));
}

/** A field of the show's accent colour with its initials: what a show without cover art is known by. */
function drawnCover(
  cover: Box,
  { brand, showName, title }: Recipe,
  look: Template,
  typeface: Typeface,
): AssEvent[] {
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
      body: roundedBox(cover, cover.width * COVER_RADIUS[look.cover]),
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
