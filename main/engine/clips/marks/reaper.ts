import type { NewMark } from '../../../domain/mark.ts';
import { toMark, unreadable, type Line } from './mark.ts';

export const isReaperProject = (text: string): boolean => /^\s*<REAPER_PROJECT\b/u.test(text);

/** MARKER number seconds name isRegion …; the end of a region is a second line of the same number without a name. */
const MARKER = /^\s*MARKER\s+(\d+)\s+(-?[\d.]+)\s+("[^"]*"|'[^']*'|`[^`]*`|\S+)\s*(\d+)?/u;

/** Reads the markers and regions of a Reaper project. Throws MARKS_UNREADABLE for a marker line that makes no sense. */
export function readReaper(lines: readonly Line[]): NewMark[] {
  const marks: NewMark[] = [];
  let open: { readonly id: string; readonly atS: number; readonly note: string } | undefined;
  for (const { number, text } of lines) {
    if (!/^\s*MARKER\b/u.test(text)) continue;
    const [, id, at, name = '', kind = '0'] = MARKER.exec(text) ?? [];
    const atS = Number(at);
    if (id === undefined || !Number.isFinite(atS) || atS < 0)
      throw unreadable('This marker has no time in seconds.', number);
    const note = name.replace(/^["'`]|["'`]$/gu, '');
    const isRegion = (Number(kind) & 1) === 1;
    if (isRegion && open?.id === id) {
      marks.push(toMark(open.atS, atS, open.note));
      open = undefined;
    } else if (isRegion) open = { id, atS, note };
    else marks.push(toMark(atS, undefined, note));
  }
  if (open !== undefined) throw unreadable(`The region “${open.note}” has no end.`);
  return marks;
}
