import { parseTimingLine } from './clock.ts';
import { linesOf } from './decodeText.ts';
import { languageTag } from './language.ts';
import { repaired, type ParsedTranscript } from './parsedTranscript.ts';
import { subtitleCues } from './subtitleCues.ts';
import { readTimedBlocks } from './timedBlocks.ts';

/**
 * Reads WebVTT (https://www.w3.org/TR/webvtt1/) with voices, word time tags and YouTube's rolling lines.
 * Throws TRANSCRIPT_UNREADABLE if no line has times.
 */
export function parseWebVtt(text: string): ParsedTranscript {
  const lines = linesOf(text);
  const hasHeader = /^\s*WEBVTT\b/.test(lines[0] ?? '');
  const blocks = readTimedBlocks(withoutComments(lines), isIdentifier);
  const { cues, notes } = subtitleCues(blocks.cues);
  const language = languageTag(headerField(lines, 'Language'));
  return {
    format: 'webvtt',
    ...(language === undefined ? {} : { language }),
    cues,
    notes: [
      ...(hasHeader ? [] : [repaired('The first line should read WEBVTT; the file was read all the same.')]),
      ...blocks.notes,
      ...notes,
    ],
  };
}

/** A line right above the times, with nothing above itself, names its cue. */
function isIdentifier(lines: readonly string[], above: number): boolean {
  const isBlank = (at: number): boolean => (lines[at] ?? '').trim() === '';
  return !isBlank(above) && isBlank(above - 1);
}

/** NOTE, STYLE and REGION blocks end at the next blank line; they are blanked so that line numbers stay true. */
function withoutComments(lines: readonly string[]): string[] {
  let isComment = false;
  return lines.map((line, at) => {
    const startsBlock = at === 0 || (lines[at - 1] ?? '').trim() === '';
    if (line.trim() === '') isComment = false;
    else if (startsBlock && /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line)) isComment = true;
    // Forgotten blank lines must not cost a cue.
    if (isComment && parseTimingLine(line) !== undefined) isComment = false;
    return isComment ? '' : line;
  });
}

function headerField(lines: readonly string[], name: string): string | undefined {
  for (const line of lines.slice(0, 20)) {
    if (line.trim() === '') return undefined;
    if (line.startsWith(`${name}:`)) return line.slice(name.length + 1).trim();
  }
  return undefined;
}
