import { type FrameRate, toFrames } from '../../../domain/timecode.ts';

/** A clip as other programs are told of it; seconds of the recording's clock. */
export interface Cut {
  readonly clipId: string;
  readonly title: string;
  readonly inS: number;
  readonly outS: number;
}

/** The clips of one recording, in order of time. */
export interface CutList {
  readonly episode: {
    readonly title: string;
    readonly showName: string;
    readonly path: string;
    readonly durationS: number;
  };
  /** Of the picture; for sound alone a rate that timecode can count. */
  readonly rate: FrameRate;
  /** Undefined for sound alone. */
  readonly picture: { readonly width: number; readonly height: number } | undefined;
  readonly sound: { readonly channels: number; readonly sampleRateHz: number } | undefined;
  readonly cuts: readonly Cut[];
}

/** A cut in whole frames of the recording; out is exclusive. */
export interface FramedCut {
  readonly cut: Cut;
  readonly inFrame: number;
  readonly outFrame: number;
}

/** The cuts in frames, none shorter than one. */
export const framedCuts = (cuts: readonly Cut[], rate: FrameRate): FramedCut[] =>
  cuts.map((cut) => {
    const inFrame = toFrames(cut.inS, rate);
    return { cut, inFrame, outFrame: Math.max(inFrame + 1, toFrames(cut.outS, rate)) };
  });

/** One line without anything that ends it or that a terminal would obey. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
