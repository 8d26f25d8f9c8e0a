import type { NewMark } from '../../../domain/mark.ts';
import { parseClock } from '../../../domain/time.ts';
import { toMark, unreadable, type Line } from './mark.ts';

/** "34:12 the lawsuit", "[34:12] the lawsuit", "34:12 - 35:10 the lawsuit"; a bare number counts seconds. */
const TYPED =
  /^[\s[(•*-]*(\d[\d:.,]*\d|\d)[\])]?(?:\s*(?:-->|-|–|—|to)\s*[[(]?(\d[\d:.,]*\d|\d)(?=[\s\])]|$)[\])]?)?[\s:–—|-]*(.*)$/su;

/** Reads marks that somebody typed, one a line. Throws MARKS_UNREADABLE for a line without a time. */
export function readTyped(lines: readonly Line[]): NewMark[] {
  return lines.map(({ number, text }) => {
    const [, from = '', to, note = ''] = TYPED.exec(text) ?? [];
    const atS = parseClock(from);
    if (atS === undefined)
      throw unreadable(`“${text.trim().slice(0, 60)}” does not begin with a time such as 34:12.`, number);
    const toS = to === undefined ? undefined : parseClock(to);
    // "12:30 3 reasons": a number that is no later time belongs to the note.
    if (to !== undefined && (toS === undefined || toS <= atS)) return toMark(atS, undefined, `${to} ${note}`);
    return toMark(atS, toS, note);
  });
}
