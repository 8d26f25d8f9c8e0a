import { linesOf } from './decodeText.ts';
import type { ParsedTranscript } from './parsedTranscript.ts';

/** Takes plain text as it is: its times, if it has any at all, are worked out against the speech of the recording. */
export function parsePlainText(text: string): ParsedTranscript {
  return { format: 'text', cues: [], untimedText: linesOf(text).join('\n'), notes: [] };
}
