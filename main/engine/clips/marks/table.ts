import type { NewMark } from '../../../domain/mark.ts';
import { parseClock } from '../../../domain/time.ts';
import { toMark, unreadable, type Line } from './mark.ts';

type Column = 'start' | 'end' | 'length' | 'note' | 'more';

/** Headings of LosslessCut, Audition, Reaper and of tables that people make themselves. */
const HEADINGS: Readonly<Record<string, Column>> = {
  start: 'start',
  in: 'start',
  from: 'start',
  time: 'start',
  timestamp: 'start',
  at: 'start',
  position: 'start',
  end: 'end',
  out: 'end',
  to: 'end',
  stop: 'end',
  duration: 'length',
  length: 'length',
  name: 'note',
  note: 'note',
  notes: 'note',
  label: 'note',
  title: 'note',
  comment: 'more',
  description: 'more',
};
/** LosslessCut writes no headings: start, end, name. */
const WITHOUT_HEADINGS: readonly Column[] = ['start', 'end', 'note'];

/** The cells of one line; quotes may hold the separator, and a doubled quote is a quote. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i] ?? '';
    if (character === '"' && isQuoted && line[i + 1] === '"') {
      cell += '"';
      i += 1;
    } else if (character === '"' && (isQuoted || cell.trim() === '')) isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell].map((text) => text.trim());
}

const SEPARATORS = ['\t', ';', ','];
/** The separator of a table; undefined for a text that is none. */
export const separatorOf = (line: string): string | undefined =>
  SEPARATORS.find((separator) => line.includes(separator));

const columnOf = (heading: string): Column | undefined =>
  HEADINGS[heading.toLowerCase().replace(/[^a-z]/gu, '')];

export function hasHeadings(line: string): boolean {
  const separator = separatorOf(line);
  return separator !== undefined && cellsOf(line, separator).some((cell) => columnOf(cell) === 'start');
}

/** Musical bars, samples and frames are no times of a recording; Audition and Reaper can be set to decimal. */
function timeIn(cell: string, number: number): number {
  const seconds = parseClock(cell);
  if (seconds !== undefined) return seconds;
  throw unreadable(
    cell === ''
      ? 'The time is missing.'
      : `“${cell.slice(0, 40)}” is no time; export the markers with times such as 34:12.500 or in seconds.`,
    number,
  );
}

/** Reads a table with or without headings. Throws MARKS_UNREADABLE naming the line and what is wrong with it. */
export function readTable(lines: readonly Line[]): NewMark[] {
  const [head, ...others] = lines;
  const separator = separatorOf(head?.text ?? '') ?? ',';
  const headings = cellsOf(head?.text ?? '', separator).map(columnOf);
  const isHeaded = headings.includes('start');
  const columns = isHeaded ? headings : WITHOUT_HEADINGS;
  const body = isHeaded ? others : lines;
  return body.map(({ number, text }) => {
    const cells = cellsOf(text, separator);
    const cellOf = (column: Column): string => cells[columns.indexOf(column)] ?? '';
    // A range may be open at its beginning: then it begins with the recording.
    const atS =
      !isHeaded && cellOf('start') === '' && cellOf('end') !== '' ? 0 : timeIn(cellOf('start'), number);
    const lengthS = parseClock(cellOf('length'));
    const toS = parseClock(cellOf('end')) ?? (lengthS === undefined ? undefined : atS + lengthS);
    return toMark(atS, toS, [cellOf('note'), cellOf('more')].filter((part) => part !== '').join(': '));
  });
}
