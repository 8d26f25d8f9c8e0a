import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create, type Font } from 'fontkit';
import { AppError } from '../../../domain/errors.ts';

/** A shipped typeface as the layouts need it: how wide text is and what can be drawn at all. */
export interface Typeface {
  /** The name libass finds it by. */
  readonly family: string;
  readonly file: string;
  /** Lengths as a share of the type size. */
  readonly capHeightEm: number;
  /** From the top of libass's line to the baseline. */
  readonly ascentEm: number;
  /**
   * libass, as VSFilter before it, takes a font size for the height of the whole line (winAscent + winDescent of the
   * OS/2 table), not for the type size; this is the factor between the two.
   */
  readonly assSizePerEm: number;
  widthEm(text: string): number;
  canDraw(codePoint: number): boolean;
}

/** The weights that ship in resources/fonts. */
export interface Typefaces {
  readonly captions: Typeface;
  readonly titles: Typeface;
}

export async function loadTypefaces(fontsDir: string): Promise<Typefaces> {
  const [captions, titles] = await Promise.all([
    loadTypeface(fontsDir, 'Inter-ExtraBold.ttf'),
    loadTypeface(fontsDir, 'Inter-SemiBold.ttf'),
  ]);
  return { captions, titles };
}

async function loadTypeface(fontsDir: string, file: string): Promise<Typeface> {
  const path = join(fontsDir, file);
  const font = create(await readFile(path));
  if (font.type !== 'TTF') throw new AppError('INTERNAL', `${path} is not a single TrueType font`);
  return toTypeface(font, file);
}

function toTypeface(font: Font, file: string): Typeface {
  const { winAscent, winDescent } = font['OS/2'];
  const widths = new Map<string, number>();
  return {
    family: font.fullName,
    file,
    capHeightEm: font.capHeight / font.unitsPerEm,
    ascentEm: winAscent / font.unitsPerEm,
    assSizePerEm: (winAscent + winDescent) / font.unitsPerEm,
    canDraw: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    widthEm(text) {
      const known = widths.get(text);
      if (known !== undefined) return known;
      const width = font.layout(text).advanceWidth / font.unitsPerEm;
      widths.set(text, width);
      return width;
    },
  };
}
