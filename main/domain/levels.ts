import type { TimeRange } from './time.ts';

/** The level given to a block in which every sample is zero. */
export const DIGITAL_SILENCE_DBFS = -100;

/** How loud an episode is over time, in blocks of equal length; short enough to keep whole in memory (1.4 MB an hour). */
export interface Levels {
  /** Length of one block in seconds. */
  readonly blockS: number;
  /** Root mean square of each block in dBFS, never below DIGITAL_SILENCE_DBFS. */
  readonly rmsDbfs: Float32Array;
}

/** Where somebody is heard and where nobody is, on the episode's clock; the two together cover it without gaps. */
export interface SpeechMap {
  readonly speech: readonly TimeRange[];
  readonly silences: readonly TimeRange[];
  /** The typical level of the speech and of what lies beneath it. */
  readonly speechDbfs: number;
  readonly floorDbfs: number;
}
