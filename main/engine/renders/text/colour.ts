import { AppError } from '../../../domain/errors.ts';

/** Red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number];

const HEX = /^#[0-9a-f]{6}$/i;

/** A colour "#rrggbb" as numbers. Throws BAD_INPUT for anything else, so that no other text can enter a filter graph. */
export function rgb(colour: string): Rgb {
  if (!HEX.test(colour)) throw new AppError('BAD_INPUT', `a colour is written #rrggbb, not ${colour}`);
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb;
}

const hex = (colour: Rgb): string =>
  `#${colour.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;

/** ffmpeg's way to write a colour. */
export const filterColour = (colour: string): string => `0x${hex(rgb(colour)).slice(1)}`;

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance(colour: string): number {
  const [r, g, b] = rgb(colour).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** Near-black or white, whichever reads better on the colour. */
export const inkOn = (colour: string): string => (luminance(colour) > 0.18 ? '#14161c' : '#ffffff');
