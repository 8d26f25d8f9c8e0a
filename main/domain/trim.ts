import { z } from 'zod';
import { Candidate, ClipState } from './clip.ts';

/** One change of a clip's cuts: all that the clip was before it, so that it can be taken back exactly, and its new range. */
export const Trim = z.object({
  before: Candidate.extend({ state: ClipState }),
  after: z.object({ inS: z.number(), outS: z.number(), score: z.number() }),
  /** The id of the trim that this one takes back. */
  undoes: z.int().optional(),
});
export type Trim = z.infer<typeof Trim>;

export interface StoredTrim {
  readonly id: number;
  readonly trim: Trim;
}

/** The newest trim that still stands; undefined where every one was taken back. */
export function lastStanding(trims: readonly StoredTrim[]): StoredTrim | undefined {
  const undone = new Set(trims.map(({ trim }) => trim.undoes));
  return trims.findLast(({ id, trim }) => trim.undoes === undefined && !undone.has(id));
}
