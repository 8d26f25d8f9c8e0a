import type { FfmpegInput } from '../../media/ffmpeg.ts';
import type { AssEvent } from '../text/assScript.ts';

/** What a layout puts under the captions. */
export interface Picture {
  /** Inputs after the sound, which is input 0. */
  readonly inputs: readonly FfmpegInput[];
  /** Filter chains; the last one ends in [picture]: whole frames of the preset, yuv420p, at its rate. */
  readonly chains: readonly string[];
  /** Drawn by libass over the picture and below the captions. */
  readonly events: readonly AssEvent[];
}
