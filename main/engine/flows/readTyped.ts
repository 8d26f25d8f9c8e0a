import type { Candidate } from '../../domain/clip.ts';
import type { Search } from '../clips/find.ts';
import { scoreInPlace } from '../clips/givenRange.ts';

/** A clip that was found by ear, read by the words that were typed for it; as it was where there are none. */
export const readWhereTyped = (typed: Search | undefined, clip: Candidate): Candidate =>
  (typed && scoreInPlace(typed, { fromS: clip.inS, toS: clip.outS })) ?? clip;
