import type { VideoPreset } from '../../../domain/preset.ts';
import { type Box, boxAround, frameGeometry } from '../frame.ts';
import type { Typeface } from '../text/font.ts';
import { drawableLine } from '../text/drawable.ts';
import { breakEvenly, lineWidthPx, textWidthPx } from '../text/wrap.ts';
import type { CaptionCue, CaptionDocument, CaptionWord } from './cue.ts';

/** A word in its place: x is its left edge. */
export interface PlacedWord {
  readonly word: CaptionWord;
  readonly text: string;
  readonly x: number;
  readonly baselineY: number;
  readonly widthPx: number;
}

export interface PlacedCue {
  readonly cue: CaptionCue;
  readonly sizePx: number;
  readonly words: readonly PlacedWord[];
}

/** Lengths of the caption style as shares of the type size. */
export const CAPTION_EM = {
  wordGap: 0.34,
  lineHeight: 1.22,
  /** How far the mark of the spoken word, and the outline with its shadow, reach beyond the word. */
  markX: 0.14,
  markAbove: 0.19,
  markBelow: 0.27,
  outline: 0.065,
} as const;

const MAX_LINES = 2;
const SMALLEST_PX = 12;
const KARAOKE_PX = 92;
const CALM_PX = 64;
const STEP_PX = 4;

/** Places every cue in the captions' box: wrapped first, then shrunk, so that no glyph leaves it. */
export function placeCaptions(
  document: CaptionDocument,
  preset: VideoPreset,
  typeface: Typeface,
): PlacedCue[] {
  const { captions } = frameGeometry(preset);
  // Calm captions keep one size, that of the longest line; what moves between cues draws the eye.
  const calm = document.cues.filter((cue) => cue.lineEnds !== undefined);
  const calmPx = Math.min(CALM_PX, ...calm.map((cue) => placeCue(cue, captions, typeface, CALM_PX).sizePx));
  return document.cues
    .map((cue) => placeCue(cue, captions, typeface, cue.followsWords ? KARAOKE_PX : calmPx))
    .filter((cue) => cue.words.length > 0);
}

/** The extent of everything the captions ever draw, marks and outlines included; undefined without captions. */
export function captionsBox(
  document: CaptionDocument,
  preset: VideoPreset,
  typeface: Typeface,
): Box | undefined {
  return boxAround(
    placeCaptions(document, preset, typeface).flatMap((cue) =>
      cue.words.map((word) => markBox(word, cue.sizePx, typeface)),
    ),
  );
}

/** The box of a word with its mark, which reaches further than its outline. */
export const markBox = (word: PlacedWord, sizePx: number, typeface: Typeface): Box => ({
  x: word.x - CAPTION_EM.markX * sizePx,
  y: word.baselineY - (typeface.capHeightEm + CAPTION_EM.markAbove) * sizePx,
  width: word.widthPx + 2 * CAPTION_EM.markX * sizePx,
  height: (typeface.capHeightEm + CAPTION_EM.markAbove + CAPTION_EM.markBelow) * sizePx,
});

interface DrawableWord {
  readonly word: CaptionWord;
  readonly text: string;
}

function placeCue(cue: CaptionCue, box: Box, typeface: Typeface, largestPx: number): PlacedCue {
  const drawn = cue.words.map((word) => ({ word, text: drawableLine(word.text, typeface) }));
  const words = drawn.filter(({ text }) => text !== '');
  const given = cue.lineEnds
    ?.map((end) => drawn.slice(0, end).filter(({ text }) => text !== '').length)
    .filter((end, line, ends) => end > (ends[line - 1] ?? 0));
  for (let sizePx = largestPx; sizePx > SMALLEST_PX; sizePx -= STEP_PX) {
    const ends = lineEnds(words, box, typeface, sizePx, given);
    if (ends !== undefined) return { cue, sizePx, words: placeLines(words, ends, box, typeface, sizePx) };
  }
  // Words are at most 24 characters and cues at most 50, so that this size always fits.
  const ends = lineEnds(words, box, typeface, SMALLEST_PX, given) ?? [words.length];
  return { cue, sizePx: SMALLEST_PX, words: placeLines(words, ends, box, typeface, SMALLEST_PX) };
}

function lineEnds(
  words: readonly DrawableWord[],
  box: Box,
  typeface: Typeface,
  sizePx: number,
  given?: readonly number[],
): readonly number[] | undefined {
  const blockEm =
    typeface.capHeightEm +
    CAPTION_EM.markAbove +
    CAPTION_EM.markBelow +
    (MAX_LINES - 1) * CAPTION_EM.lineHeight;
  if (blockEm * sizePx > box.height) return undefined;
  const widths = words.map(({ text }) => textWidthPx(text, typeface, sizePx));
  const gapPx = CAPTION_EM.wordGap * sizePx;
  const widthPx = box.width - 2 * CAPTION_EM.markX * sizePx;
  if (given === undefined) return breakEvenly(widths, gapPx, { widthPx, maxLines: MAX_LINES });
  const isLineTooWide = (end: number, line: number): boolean =>
    lineWidthPx(widths.slice(line === 0 ? 0 : given[line - 1], end), gapPx) > widthPx;
  return given.some(isLineTooWide) ? undefined : given;
}

/** The first line of every cue has the same height, whether a second one follows or not: nothing jumps. */
function placeLines(
  words: readonly DrawableWord[],
  ends: readonly number[],
  box: Box,
  typeface: Typeface,
  sizePx: number,
): PlacedWord[] {
  const gapPx = CAPTION_EM.wordGap * sizePx;
  const blockPx = (MAX_LINES - 1) * CAPTION_EM.lineHeight * sizePx;
  const firstBaselineY = box.y + box.height / 2 - blockPx / 2 + (typeface.capHeightEm * sizePx) / 2;
  return ends.flatMap((end, line) => {
    const lineWords = words.slice(line === 0 ? 0 : ends[line - 1], end);
    const widths = lineWords.map(({ text }) => textWidthPx(text, typeface, sizePx));
    let x = box.x + (box.width - lineWidthPx(widths, gapPx)) / 2;
    return lineWords.map(({ word, text }, index) => {
      const widthPx = widths[index] ?? 0;
      const placed = {
        word,
        text,
        x,
        widthPx,
        baselineY: firstBaselineY + line * CAPTION_EM.lineHeight * sizePx,
      };
      x += widthPx + gapPx;
      return placed;
    });
  });
}
