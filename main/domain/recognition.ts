import { z } from 'zod';
import { Word } from './transcript.ts';

/** Something about a recognised piece that a person should know. looped: the model repeated itself, and it was taken out. */
export const HeardMark = z.enum(['looped']);
export type HeardMark = z.infer<typeof HeardMark>;

/** What a recogniser heard in a piece of sound, on that piece's own clock. */
export const Heard = z.object({
  text: z.string(),
  /** Words with times of their own; null where the model gives none. */
  words: z.array(Word).nullable(),
  /** BCP 47 tag as the model detected it; null where it does not say. */
  language: z.string().nullable(),
  marks: z.array(HeardMark),
});
export type Heard = z.infer<typeof Heard>;
