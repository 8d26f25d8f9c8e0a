import type { TimeRange } from '../../../domain/time.ts';

/** A word as it is shown, on the clip's clock. */
export interface CaptionWord extends TimeRange {
  readonly text: string;
}

/** What is on screen at once. */
export interface CaptionCue extends TimeRange {
  readonly words: readonly CaptionWord[];
  /** True where the spoken word is marked; false where its time is not known well enough for that. */
  readonly followsWords: boolean;
}

/** All captions of a clip in order, on its clock; preview and export draw the same document. */
export interface CaptionDocument {
  readonly cues: readonly CaptionCue[];
}
