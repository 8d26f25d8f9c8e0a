import { parseTimingLine } from './clock.ts';
import { linesOf } from './decodeText.ts';
import type { ParsedTranscript } from './parsedTranscript.ts';
import { subtitleCues } from './subtitleCues.ts';
import { readTimedBlocks } from './timedBlocks.ts';

const NUMBER = /^\s*\d{1,7}\s*$/;

/**
 * Reads SubRip as it is found: with or without numbers, hours and decimals, with tags and speakers' names.
 * Throws TRANSCRIPT_UNREADABLE if no line has times.
 */
export function parseSrt(text: string): ParsedTranscript {
  const lines = linesOf(text);
  const isNumbered = cuesAreNumbered(lines);
  const blocks = readTimedBlocks(lines, (all, above) => isNumbered && NUMBER.test(all[above] ?? ''));
  const { cues, notes } = subtitleCues(blocks.cues);
  return { format: 'srt', cues, notes: [...blocks.notes, ...notes] };
}

/** A number above a cue's times may be what was said ("1984"), unless the first cue or most cues have one. */
function cuesAreNumbered(lines: readonly string[]): boolean {
  const above = lines.flatMap((line, at) =>
    parseTimingLine(line) === undefined ? [] : [lines[at - 1] ?? ''],
  );
  const numbered = above.filter((line) => NUMBER.test(line)).length;
  return NUMBER.test(above[0] ?? '') || numbered * 2 > above.length;
}
