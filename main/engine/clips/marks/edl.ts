import type { NewMark } from '../../../domain/mark.ts';
import { toMark, unreadable, type Line } from './mark.ts';

/** What only the episode knows: how long it is and, where it has a picture, how many frames a second. */
export interface EdlClock {
  readonly durationS: number;
  readonly framesPerS: number;
}

const EVENT =
  /^\s*\d{1,6}\s+\S+\s+\S+\s+\S.*?\s(\d{2}[:;]\d{2}[:;]\d{2}[:;]\d{2})\s+(\d{2}[:;]\d{2}[:;]\d{2}[:;]\d{2})\s+(?:\d{2}[:;]){3}\d{2}\s+(?:\d{2}[:;]){3}\d{2}/u;
const NAMED = /^\s*\*?\s*(?:FROM CLIP NAME|COMMENT)\s*:\s*(.*)$/iu;
const LOCATED = /^\s*\*\s*LOC:\s*\S+\s+\S+\s*(.*)$/iu;
/** DaVinci Resolve writes the name of a marker so. */
const RESOLVE_MARKER = /\|M:([^|]*)/u;

export const isEdl = (lines: readonly Line[]): boolean =>
  lines.some(({ text }) => EVENT.test(text)) || /^TITLE:/iu.test(lines[0]?.text ?? '');

/** Seconds of a timecode; drop-frame counting leaves out two numbers a minute, not every tenth. */
function secondsOf(timecode: string, framesPerS: number, isDropFrame: boolean, line: number): number {
  const [h = 0, m = 0, s = 0, f = 0] = timecode.split(/[:;]/u).map(Number);
  const nominal = Math.round(framesPerS);
  if (m >= 60 || s >= 60 || f >= Math.max(nominal, 60)) throw unreadable(`${timecode} is no timecode.`, line);
  const minutes = h * 60 + m;
  const dropped = isDropFrame ? (nominal / 15) * (minutes - Math.floor(minutes / 10)) : 0;
  return ((minutes * 60 + s) * nominal + f - dropped) / framesPerS;
}

const HOUR_S = 3600;

/** Timelines often begin at one hour: whole hours are taken off where nothing else fits the episode. */
function hoursAhead(marks: readonly NewMark[], durationS: number): number {
  const first = Math.min(...marks.map(({ atS }) => atS));
  const last = Math.max(...marks.map(({ atS }) => atS));
  const hours = Math.floor(first / HOUR_S);
  return hours > 0 && last > durationS && last - hours * HOUR_S <= durationS ? hours * HOUR_S : 0;
}

/**
 * Reads a CMX 3600 list: the source times of each event, its name from the comments below it. The list does not say its
 * frame rate, so the episode's is taken. Throws MARKS_UNREADABLE for a timecode that is none.
 */
export function readEdl(lines: readonly Line[], { durationS, framesPerS }: EdlClock): NewMark[] {
  const marks: { atS: number; toS: number; notes: string[] }[] = [];
  let isDropFrame = false;
  for (const { number, text } of lines) {
    if (/^\s*FCM:/iu.test(text)) isDropFrame = !/NON[- ]DROP/iu.test(text);
    const [, from, to] = EVENT.exec(text) ?? [];
    if (from !== undefined && to !== undefined) {
      const seconds = (timecode: string): number =>
        secondsOf(timecode, framesPerS, isDropFrame || timecode.includes(';'), number);
      marks.push({ atS: seconds(from), toS: seconds(to), notes: [] });
      continue;
    }
    if (/^\s*\d{3,6}\s+\S+.*\d[:;]\d/u.test(text))
      throw unreadable('This event does not hold four timecodes.', number);
    const note = (RESOLVE_MARKER.exec(text) ?? LOCATED.exec(text) ?? NAMED.exec(text))?.[1];
    if (note !== undefined) marks.at(-1)?.notes.push(note.trim());
  }
  // One frame is how long a marker lasts that has no length.
  const read = marks.map(({ atS, toS, notes }) =>
    toMark(atS, toS - atS > 1.5 / framesPerS ? toS : undefined, notes.join(' ')),
  );
  const aheadS = hoursAhead(read, durationS);
  return read.map(({ atS, toS, note }) => ({
    atS: atS - aheadS,
    toS: toS === null ? null : toS - aheadS,
    note,
  }));
}
