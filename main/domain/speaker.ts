import { z } from 'zod';
import { TimeRange } from './time.ts';

/** A stretch in which one speaker is heard. */
export const SpeakerTurn = TimeRange.extend({ speaker: z.string() });
export type SpeakerTurn = z.infer<typeof SpeakerTurn>;

/** Who can be told apart in a recording, and how much of each is heard where. */
export interface Voices {
  readonly speakers: readonly string[];
  /** One number for each speaker, in any unit that is the same for all of them; zeros where nobody is heard. */
  readonly heardIn: (range: TimeRange) => readonly number[];
}
