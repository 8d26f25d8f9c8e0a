import { frameAt } from './measure.ts';

/** A picture as three bytes for each pixel: red, green, blue. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** First and last column and row, both inclusive. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export async function pictureAt(path: string, atS: number, width: number, height: number): Promise<Picture> {
  return { width, height, rgb: await frameAt(path, atS, width, height) };
}

/** Rec. 709 luma, 0 to 255. */
function lumaOf({ width, height, rgb }: Picture): Float32Array {
  const luma = new Float32Array(width * height);
  for (let pixel = 0; pixel < luma.length; pixel += 1) {
    const [red = 0, green = 0, blue = 0] = [rgb[pixel * 3], rgb[pixel * 3 + 1], rgb[pixel * 3 + 2]];
    luma[pixel] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  return luma;
}

interface Marked {
  readonly count: number;
  /** Around all that was counted; undefined when there is nothing. */
  readonly box: PixelBox | undefined;
}

function markWhere({ width, height }: Picture, isMarked: (pixel: number, x: number) => boolean): Marked {
  let count = 0;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isMarked(y * width + x, x)) continue;
      count += 1;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return { count, box: count === 0 ? undefined : { left, top, right, bottom } };
}

const EDGE_PX = 4;
const EDGE_LUMA = 100;

/** Where light meets dark within four columns, as at the sides of letters; soft pictures have no such place. */
export function letterEdges(picture: Picture): Marked {
  const luma = lumaOf(picture);
  return markWhere(
    picture,
    (pixel, x) =>
      x + EDGE_PX < picture.width && Math.abs((luma[pixel] ?? 0) - (luma[pixel + EDGE_PX] ?? 0)) > EDGE_LUMA,
  );
}

const WHITE_LUMA = 225;
const INK_LUMA = 45;
const OUTLINE_REACH_PX = 10;

/** White pixels with a dark outline beside them. */
export function outlinedLetters(picture: Picture): Marked {
  const luma = lumaOf(picture);
  const isInk = (pixel: number): boolean => (luma[pixel] ?? 255) < INK_LUMA;
  return markWhere(
    picture,
    (pixel, x) =>
      (luma[pixel] ?? 0) > WHITE_LUMA &&
      x >= OUTLINE_REACH_PX &&
      x + OUTLINE_REACH_PX < picture.width &&
      (isInk(pixel - OUTLINE_REACH_PX) || isInk(pixel + OUTLINE_REACH_PX)),
  );
}

const CHANGED_LUMA = 40;

/** What differs between two pictures by more than an encoder's noise. */
export function changes(before: Picture, after: Picture): Marked {
  const [lumaBefore, lumaAfter] = [lumaOf(before), lumaOf(after)];
  return markWhere(
    before,
    (pixel) => Math.abs((lumaBefore[pixel] ?? 0) - (lumaAfter[pixel] ?? 0)) > CHANGED_LUMA,
  );
}

/** The part of a picture in a box. */
export function cropped({ width, rgb }: Picture, { left, top, right, bottom }: PixelBox): Picture {
  const wide = right - left + 1;
  const high = bottom - top + 1;
  const part = new Uint8Array(wide * high * 3);
  for (let row = 0; row < high; row += 1) {
    const from = ((top + row) * width + left) * 3;
    part.set(rgb.subarray(from, from + wide * 3), row * wide * 3);
  }
  return { width: wide, height: high, rgb: part };
}

/** The same picture moved right and down; what moves in is dark, what moves out is gone. */
export function shifted({ width, height, rgb }: Picture, byX: number, byY: number): Picture {
  const moved = new Uint8Array(rgb.length);
  for (let y = Math.max(0, byY); y < Math.min(height, height + byY); y += 1) {
    const [fromX, toX] = [Math.max(0, -byX), Math.max(0, byX)];
    const from = ((y - byY) * width + fromX) * 3;
    moved.set(rgb.subarray(from, from + (width - Math.abs(byX)) * 3), (y * width + toX) * 3);
  }
  return { width, height, rgb: moved };
}

export const isInside = (inner: PixelBox, outer: PixelBox): boolean =>
  inner.left >= outer.left &&
  inner.top >= outer.top &&
  inner.right <= outer.right &&
  inner.bottom <= outer.bottom;
