import type { Cue, TranscriptNote } from '../../../domain/transcript.ts';

export type TranscriptFormat = 'srt' | 'webvtt' | 'podcast-json' | 'whisper-json' | 'text';

/** What a transcript file says, before it is fitted to a recording and before cues become sentences. */
export interface ParsedTranscript {
  readonly format: TranscriptFormat;
  /** BCP 47 tag where the file names its language. */
  readonly language?: string;
  /** In the file's order, with the file's times, however odd they are. */
  readonly cues: readonly Cue[];
  /** The whole text, where the file is plain text and its times have to be worked out. */
  readonly untimedText?: string;
  readonly notes: readonly TranscriptNote[];
}

export const repaired = (text: string): TranscriptNote => ({ kind: 'repaired', text });
export const doubtful = (text: string): TranscriptNote => ({ kind: 'doubtful', text });

/** "1 cue", "12 cues". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** "was" or "were", to go with the count. */
export const was = (count: number): string => (count === 1 ? 'was' : 'were');

/** A piece of the file to show in a message: one line, not too long. */
export function excerpt(text: string): string {
  const line = text.slice(0, 200).replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
