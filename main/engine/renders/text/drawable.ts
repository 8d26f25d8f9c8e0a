import type { Typeface } from './font.ts';

/** Controls, direction marks, joiners, variation selectors and halves of characters: nothing that leaves ink. */
const INKLESS = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u{FE00}-\u{FE0F}]/gu;

/** One line of text without anything invisible in it. */
export const plainLine = (text: string): string =>
  text.normalize('NFC').replace(/\s+/gu, ' ').replace(INKLESS, '').replace(/ {2,}/g, ' ').trim();

/** The characters of a text that a typeface has no glyph for, each once, in order of appearance. */
export function missingCharacters(text: string, typeface: Typeface): string[] {
  const missing = new Set<string>();
  for (const character of plainLine(text)) {
    if (character !== ' ' && !typeface.canDraw(character.codePointAt(0) ?? 0)) missing.add(character);
  }
  return [...missing];
}

/** The text as it can be drawn: what the typeface lacks is left out, because libass would draw a box. */
export const drawableLine = (text: string, typeface: Typeface): string =>
  plainLine(
    Array.from(plainLine(text))
      .filter((character) => character === ' ' || typeface.canDraw(character.codePointAt(0) ?? 0))
      .join(''),
  );

/** Emoji and symbols can be left out of a caption; letters and digits cannot. */
export const carriesMeaning = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
