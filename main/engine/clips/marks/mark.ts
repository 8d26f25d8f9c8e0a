import { AppError } from '../../../domain/errors.ts';
import type { NewMark } from '../../../domain/mark.ts';

/** More than this was not written by a person. */
export const MOST_BYTES = 2_000_000;
export const MOST_MARKS = 2000;
const LONGEST_NOTE = 300;

/** Refuses a file of marks with the reason and, where it is known, the line. */
export function unreadable(reason: string, line?: number): AppError {
  return new AppError('MARKS_UNREADABLE', line === undefined ? reason : `Line ${line}: ${reason}`);
}

/** A mark with its note on one line; an end that is not after the beginning is none. */
export function toMark(atS: number, toS: number | undefined, note: string): NewMark {
  // Control characters have no place in a title or a file name.
  const clean = note
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NOTE);
  return { atS, toS: toS !== undefined && toS > atS ? toS : null, note: clean };
}

export interface Line {
  readonly number: number;
  readonly text: string;
}

const LONGEST_LINE = 5000;

/** The lines of a text that hold anything, counted from 1. Throws MARKS_UNREADABLE for one that nobody wrote. */
export function linesOf(text: string): Line[] {
  const lines = text
    .split(/\r\n|\r|\n/u)
    .map((line, at) => ({ number: at + 1, text: line }))
    .filter((line) => line.text.trim() !== '');
  const overlong = lines.find((line) => line.text.length > LONGEST_LINE);
  if (overlong !== undefined)
    throw unreadable(`It is longer than ${LONGEST_LINE} characters.`, overlong.number);
  return lines;
}
