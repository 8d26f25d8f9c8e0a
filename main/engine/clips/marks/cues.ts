import type { NewMark } from '../../../domain/mark.ts';
import { parseClock } from '../../../domain/time.ts';
import { toMark, unreadable } from './mark.ts';

const ARROW = /^\s*([\d:.,]+)\s*-->\s*([\d:.,]+)/u;

export const hasCues = (text: string): boolean => /^\s*[\d:.,]+\s*-->/mu.test(text);

/** Reads SRT and WebVTT: each cue is a range whose text is the note. Throws MARKS_UNREADABLE for a time that is none. */
export function readCues(text: string): NewMark[] {
  const lines = text.split(/\r\n|\r|\n/u);
  return lines.flatMap((line, at) => {
    if (!line.includes('-->')) return [];
    const [, from = '', to = ''] = ARROW.exec(line) ?? [];
    const [atS, toS] = [parseClock(from), parseClock(to)];
    if (atS === undefined || toS === undefined)
      throw unreadable(`“${line.trim().slice(0, 60)}” holds no two times.`, at + 1);
    const blank = lines.findIndex((other, n) => n > at && other.trim() === '');
    const note = lines.slice(at + 1, blank < 0 ? undefined : blank).filter((said) => !said.includes('-->'));
    return [toMark(atS, toS, note.join(' ').replace(/<[^>]*>/gu, ''))];
  });
}
