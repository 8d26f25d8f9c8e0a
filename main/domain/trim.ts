import { z } from 'zod';
import { Candidate, ClipState } from './clip.ts';

/** One change of a clip's cuts: all that the clip was before it, so that it can be taken back exactly, and its new range. */
export const Trim = z.object({
  before: Candidate.extend({ state: ClipState }),
  after: z.object({ inS: z.number(), outS: z.number(), score: z.number() }),
});
export type Trim = z.infer<typeof Trim>;

export interface StoredTrim {
  readonly id: number;
  readonly trim: Trim;
}
