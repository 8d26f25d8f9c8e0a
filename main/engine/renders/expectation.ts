import type { Loudness, Preset } from '../../domain/preset.ts';
import type { Box } from './frame.ts';
import type { Inspection } from './inspect.ts';
import type { LoudnessPlan, Measurement } from './loudness.ts';
import type { CloseListening, CloselyHeard } from './proofSound.ts';

/** What the finished file was meant to be. */
export interface Expectation {
  readonly preset: Preset;
  readonly durationS: number;
  readonly channels: 1 | 2;
  readonly target: Loudness;
  readonly loudness: LoudnessPlan;
  /** The extent of all captions, and the box they have to keep; undefined where nothing is captioned. */
  readonly captions?: { readonly box: Box; readonly safe: Box } | undefined;
  /** Where the sound is listened to sample by sample. */
  readonly close: CloseListening;
  /** Texts of the export that say a word of the bleep list; undefined where there is no list. */
  readonly unmaskedTexts?: readonly string[] | undefined;
  /** Words that the in or out point cuts into. */
  readonly cutWords: readonly string[];
  /** Characters that the shipped typeface cannot draw. */
  readonly missingCharacters: readonly string[];
}

/** What was measured on the decoded file. */
export interface Measured {
  readonly file: Inspection;
  readonly sound: Measurement;
  /** Share of the length for which the picture was black, or stood still. */
  readonly blackShare: number;
  readonly frozenShare: number;
  readonly close: CloselyHeard;
}
