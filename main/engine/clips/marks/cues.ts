import type { NewMark } from '../../../domain/mark.ts';
import { parseClock } from '../../../domain/time.ts';
import { toMark, unreadable } from './mark.ts';

const ARROW = /^\s*([\d:.,]+)\s*-->\s*([\d:.,]+)/u;

export const hasCues = (text: string): boolean => /^[ \t]*[\d:.,]+[ \t]*-->/mu.test(text);

/** Reads SRT and WebVTT: each cue is a range whose text is the note. Throws MARKS_UNREADABLE for a time that is none. */
export function readCues(text: string): NewMark[] {
  const lines = text.split(/\r\n|\r|\n/u);
  return lines.flatMap((line, at) => {
    if (!line.includes('-->')) return [];
    const [, from = '', to = ''] = ARROW.exec(line) ?? [];
    const [atS, toS] = [parseClock(from), parseClock(to)];
    if (atS === undefined || toS === undefined)
      throw unreadable(`“${line.trim().slice(0, 60)}” holds no two times.`, at + 1);
    const note: string[] = [];
    for (let n = at + 1; n < lines.length && lines[n]?.trim() !== ''; n += 1) {
      const said = lines[n] ?? '';
      if (!said.includes('-->')) note.push(said);
      else break;
    }
    return [toMark(atS, toS, note.join(' ').replace(/<[^>]*>/gu, ''))];
  });
}
