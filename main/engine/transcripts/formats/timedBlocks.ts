import { AppError } from '../../../domain/errors.ts';
import type { TranscriptNote } from '../../../domain/transcript.ts';
import { parseTimingLine, type TimingLine } from './clock.ts';
import { counted, excerpt, repaired, was } from './parsedTranscript.ts';
import { readCueLines, type RawCue } from './rawCues.ts';

interface Timing extends TimingLine {
  /** Index of the line. */
  readonly at: number;
}

/** Says whether the line above a timing line is the cue's number or name rather than text of the cue before. */
export type IsCueName = (lines: readonly string[], above: number, timings: readonly number[]) => boolean;

/**
 * Reads "from --> to" blocks, which SRT and WebVTT share. All that stands between two timing lines belongs to
 * the first, so that blank lines inside a cue lose nothing. Throws TRANSCRIPT_UNREADABLE if no line has times.
 */
export function readTimedBlocks(
  lines: readonly string[],
  isCueName: IsCueName,
): { cues: RawCue[]; notes: TranscriptNote[] } {
  const timings: Timing[] = [];
  lines.forEach((line, at) => {
    const timing = parseTimingLine(line);
    if (timing !== undefined) timings.push({ ...timing, at });
  });
  refuseWithoutTimes(lines, timings);
  const { cues, damaged } = mend(timings, textBetween(lines, timings, isCueName));
  return { cues, notes: damageNotes(damaged) };
}

function refuseWithoutTimes(lines: readonly string[], timings: readonly Timing[]): void {
  if (timings.some((timing) => timing.fromS !== undefined)) return;
  const [damaged] = timings;
  const at = damaged?.at ?? lines.findIndex((line) => line.trim() !== '');
  if (at < 0) throw new AppError('TRANSCRIPT_EMPTY', 'The file holds nothing but blank lines.');
  const wanted = 'a line with times such as "00:00:01,000 --> 00:00:04,000"';
  throw new AppError(
    'TRANSCRIPT_UNREADABLE',
    `There is not ${wanted}; line ${at + 1} reads "${excerpt(lines[at] ?? '')}".`,
  );
}

function textBetween(lines: readonly string[], timings: readonly Timing[], isCueName: IsCueName): string[][] {
  const places = timings.map((timing) => timing.at);
  return places.map((at, index) => {
    const next = places[index + 1];
    if (next === undefined) return lines.slice(at + 1);
    const hasName = next - 1 > at && isCueName(lines, next - 1, places);
    return lines.slice(at + 1, hasName ? next - 1 : next);
  });
}

/** Cues whose own times cannot be read take the room between their neighbours. */
function mend(timings: readonly Timing[], texts: readonly string[][]): { cues: RawCue[]; damaged: number[] } {
  const cues: RawCue[] = [];
  const damaged: number[] = [];
  timings.forEach((timing, index) => {
    const fromS = timing.fromS ?? cues.at(-1)?.toS ?? 0;
    const toS = timing.toS ?? timings[index + 1]?.fromS ?? fromS;
    if (timing.fromS === undefined || timing.toS === undefined) damaged.push(timing.at + 1);
    cues.push({ fromS, toS, lines: readCueLines(texts[index] ?? []) });
  });
  return { cues, damaged };
}

function damageNotes(damaged: readonly number[]): TranscriptNote[] {
  const [first] = damaged;
  if (first === undefined) return [];
  const many = `The times of ${counted(damaged.length, 'cue')} could not be read (line ${first}`;
  const others = damaged.length > 1 ? ' is the first' : '';
  return [repaired(`${many}${others}); they ${was(2)} taken from the cues around.`)];
}
