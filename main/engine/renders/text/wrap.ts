import type { Typeface } from './font.ts';

/** Lines of text at one type size in pixels. */
export interface FittedText {
  readonly sizePx: number;
  readonly lines: readonly string[];
}

export interface TextSpace {
  readonly widthPx: number;
  readonly maxLines: number;
  /** Type sizes to try, largest first. */
  readonly sizesPx: readonly number[];
}

const ELLIPSIS = '…';
/** libass without HarfBuzz ignores kerning, so its lines may come out a little wider than measured. */
const KERNING_MARGIN = 1.02;

export const textWidthPx = (text: string, typeface: Typeface, sizePx: number): number =>
  typeface.widthEm(text) * sizePx * KERNING_MARGIN;

/**
 * Breaks widths into at most maxLines lines no wider than widthPx, as even as possible: as few lines as will do, and
 * among those the break with the narrowest widest line. Returns the index after each line's last item, or undefined.
 */
export function breakEvenly(
  widthsPx: readonly number[],
  gapPx: number,
  { widthPx, maxLines }: Pick<TextSpace, 'widthPx' | 'maxLines'>,
): number[] | undefined {
  for (let lines = 1; lines <= Math.min(maxLines, widthsPx.length); lines += 1) {
    const ends = narrowest(widthsPx, gapPx, lines);
    if (widestPx(widthsPx, gapPx, ends) <= widthPx) return ends;
  }
  return undefined;
}

/** The break into exactly so many lines whose widest line is narrowest; on a tie the later lines are longer. */
function narrowest(widthsPx: readonly number[], gapPx: number, lines: number): number[] {
  if (lines === 1) return [widthsPx.length];
  let best: number[] | undefined;
  for (let first = 1; first <= widthsPx.length - lines + 1; first += 1) {
    const rest = narrowest(widthsPx.slice(first), gapPx, lines - 1).map((end) => end + first);
    const ends = [first, ...rest];
    if (best === undefined || widestPx(widthsPx, gapPx, ends) < widestPx(widthsPx, gapPx, best)) best = ends;
  }
  return best ?? [widthsPx.length];
}

function widestPx(widthsPx: readonly number[], gapPx: number, ends: readonly number[]): number {
  let start = 0;
  let widest = 0;
  for (const end of ends) {
    widest = Math.max(widest, lineWidthPx(widthsPx.slice(start, end), gapPx));
    start = end;
  }
  return widest;
}

export const lineWidthPx = (widthsPx: readonly number[], gapPx: number): number =>
  widthsPx.reduce((sum, width) => sum + width, 0) + gapPx * Math.max(0, widthsPx.length - 1);

/** Wraps a text, then shrinks it, then ends it with an ellipsis: whatever it says, it stays within the space. */
export function fitText(text: string, typeface: Typeface, space: TextSpace): FittedText {
  const words = text.split(' ').filter((word) => word !== '');
  const smallestPx = space.sizesPx.at(-1) ?? 1;
  for (const sizePx of space.sizesPx) {
    const lines = wrapped(words, typeface, sizePx, space);
    if (lines !== undefined) return { sizePx, lines };
  }
  return { sizePx: smallestPx, lines: cutOff(words, typeface, smallestPx, space) };
}

function wrapped(
  words: readonly string[],
  typeface: Typeface,
  sizePx: number,
  space: TextSpace,
): string[] | undefined {
  // More words than could ever fit are not worth weighing every break for.
  const roomPx = space.widthPx * space.maxLines;
  const gapPx = textWidthPx(' ', typeface, sizePx);
  const widths = words.map((word) => textWidthPx(word, typeface, sizePx));
  if (lineWidthPx(widths, gapPx) > roomPx) return undefined;
  const ends = breakEvenly(widths, gapPx, space);
  return ends?.map((end, line) => words.slice(line === 0 ? 0 : ends[line - 1], end).join(' '));
}

function cutOff(
  words: readonly string[],
  typeface: Typeface,
  sizePx: number,
  { widthPx, maxLines }: TextSpace,
): string[] {
  const fits = (line: string) => textWidthPx(line, typeface, sizePx) <= widthPx;
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (lines.length === maxLines - 1 || line === '') return [...lines, shortened(longer, fits)];
    lines.push(line);
    line = word;
    if (!fits(word)) return [...lines, shortened(word, fits)];
  }
  return [...lines, line];
}

function shortened(line: string, fits: (line: string) => boolean): string {
  const characters = Array.from(line).slice(0, 200);
  while (characters.length > 1 && !fits(characters.join('') + ELLIPSIS)) characters.pop();
  return characters.join('').trimEnd() + ELLIPSIS;
}
