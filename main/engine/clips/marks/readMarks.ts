import type { NewMark } from '../../../domain/mark.ts';
import { hasCues, readCues } from './cues.ts';
import { isEdl, readEdl, type EdlClock } from './edl.ts';
import { isLosslessCut, readLosslessCut } from './losslessCut.ts';
import { linesOf, MOST_BYTES, MOST_MARKS, unreadable, type Line } from './mark.ts';
import { isReaperProject, readReaper } from './reaper.ts';
import { hasHeadings, readTable, separatorOf } from './table.ts';
import { readTyped } from './typed.ts';

/** Both cells of a table without headings are times: "12.5,40" is one, "34:12 the lawsuit, again" is not. */
const BARE_ROW = /^\s*"?[\d:.]*"?\s*[,;\t]\s*"?[\d:.]*"?\s*(?:[,;\t]|$)/u;

function readLines(lines: readonly Line[], clock: EdlClock): NewMark[] {
  const first = lines[0]?.text ?? '';
  if (isEdl(lines)) return readEdl(lines, clock);
  const isTable =
    hasHeadings(first) ||
    (separatorOf(first) !== undefined && lines.every(({ text }) => BARE_ROW.test(text)));
  return isTable ? readTable(lines) : readTyped(lines);
}

function readAny(text: string, clock: EdlClock): NewMark[] {
  if (isLosslessCut(text)) return readLosslessCut(text);
  if (hasCues(text)) return readCues(text);
  const lines = linesOf(text);
  return isReaperProject(text) ? readReaper(lines) : readLines(lines, clock);
}

/**
 * Reads marks from what was pasted or from a file, told apart by what is in it: typed lines, CSV of LosslessCut, Audition,
 * Reaper or by hand, SRT and WebVTT, LosslessCut and Reaper projects, CMX 3600. In order of time. Throws
 * MARKS_UNREADABLE with a sentence; 2 MB and 2000 marks are the most.
 */
export function readMarks(text: string, clock: EdlClock): NewMark[] {
  if (text.length > MOST_BYTES) throw unreadable('It is larger than 2 MB; lists of marks are smaller.');
  if (text.includes('\0')) throw unreadable('This is not a text file.');
  const marks = readAny(text.replace(/^\uFEFF/u, ''), clock);
  if (marks.length === 0) throw unreadable('There are no marks in it.');
  if (marks.length > MOST_MARKS) throw unreadable(`It holds ${marks.length} marks; 2000 are the most.`);
  return marks.sort((a, b) => a.atS - b.atS || (a.toS ?? a.atS) - (b.toS ?? b.atS));
}
