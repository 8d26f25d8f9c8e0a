import { z } from 'zod';

/** One spoken word on the episode's clock; confidence is 0 to 1, or null when the source gives none. */
export const Word = z.object({
  text: z.string(),
  fromS: z.number(),
  toS: z.number(),
  confidence: z.number().min(0).max(1).nullable(),
});
export type Word = z.infer<typeof Word>;

/** Below this a recogniser is guessing. */
const UNSURE_CONFIDENCE = 0.4;

/** Whether a recogniser only guessed a word; false where the source says nothing of it. */
export const isUnsure = ({ confidence }: Pick<Word, 'confidence'>): boolean =>
  confidence !== null && confidence < UNSURE_CONFIDENCE;

/**
 * How far the times inside a segment can be trusted.
 * word: every word was timed by the source. cue: the segment was timed, its words are interpolated inside it.
 * approximate: the text had no times at all and was spread over the speech.
 */
export const Timing = z.enum(['word', 'cue', 'approximate']);
export type Timing = z.infer<typeof Timing>;

/** A sentence with its words. Speaker is undefined where nobody is named. */
export const Segment = z.object({
  speaker: z.string().optional(),
  fromS: z.number(),
  toS: z.number(),
  text: z.string(),
  words: z.array(Word),
  timing: Timing,
});
export type Segment = z.infer<typeof Segment>;

/** A timed piece of text as a transcript file holds it, before cues become sentences. */
export interface Cue {
  readonly speaker?: string;
  /** True where somebody else begins to speak though the file does not say who. */
  readonly startsTurn?: boolean;
  readonly fromS: number;
  readonly toS: number;
  readonly text: string;
  /** Words with times of their own, where the file has them. */
  readonly words?: readonly Word[];
}

/** Words that may not be what was said. unsure: the recogniser guessed. repeated: the line comes again word for word. */
export const DoubtfulWords = z.object({
  text: z.string(),
  fromS: z.number(),
  toS: z.number(),
  why: z.enum(['unsure', 'repeated']),
});
export type DoubtfulWords = z.infer<typeof DoubtfulWords>;

/** What a transcript can be written as: SubRip, WebVTT, text to read, Podcasting 2.0 JSON, or Whisper's JSON with word times. */
export const TranscriptFileFormat = z.enum(['srt', 'vtt', 'txt', 'json', 'whisper']);
export type TranscriptFileFormat = z.infer<typeof TranscriptFileFormat>;

/** Something about a transcript that a person should know, told plainly. */
export const TranscriptNote = z.object({
  kind: z.enum(['repaired', 'doubtful']),
  text: z.string(),
});
export type TranscriptNote = z.infer<typeof TranscriptNote>;

/**
 * What comparing a transcript with the sound has shown. shifted, drifting and steps were repaired: all times lay off by the
 * same, by a growing amount, or by another amount after each advert. rough: the times are only nearly right. unrelated: it
 * is another recording's. unknown: there is too little to compare.
 */
export const TranscriptFit = z.enum([
  'fits',
  'shifted',
  'drifting',
  'steps',
  'rough',
  'unrelated',
  'unknown',
]);
export type TranscriptFit = z.infer<typeof TranscriptFit>;

export const Transcript = z.object({
  /** BCP 47 tag where the source names one. */
  language: z.string().optional(),
  segments: z.array(Segment),
  notes: z.array(TranscriptNote),
  /** How it agrees with the sound, where there is sound to compare it with. */
  fit: TranscriptFit.optional(),
});
export type Transcript = z.infer<typeof Transcript>;
