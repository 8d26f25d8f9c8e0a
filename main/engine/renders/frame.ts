import type { VideoPreset } from '../../domain/preset.ts';

/** A rectangle in pixels of the frame, measured from its top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where things may stand in a frame. */
export interface FrameGeometry {
  /** Everything that no platform covers. */
  readonly safe: Box;
  /** The part of the safe box that is centred on the frame, so that text, picture and cover share one axis. */
  readonly text: Box;
  /** The foot of the text box, above the line that the progress runs along. */
  readonly captions: Box;
}

/** Two lines of the largest captions need the least; tall frames can give more. */
const CAPTIONS_SHARE = 0.25;
const LEAST_CAPTIONS_PX = 236;
const CAPTIONS_FOOT_PX = 34;

export function frameGeometry({ width, height, safeArea }: VideoPreset): FrameGeometry {
  const safe: Box = {
    x: safeArea.leftPx,
    y: safeArea.topPx,
    width: width - safeArea.leftPx - safeArea.rightPx,
    height: height - safeArea.topPx - safeArea.bottomPx,
  };
  const marginPx = Math.max(safeArea.leftPx, safeArea.rightPx);
  const text: Box = { ...safe, x: marginPx, width: width - 2 * marginPx };
  const captionsHeight = Math.max(LEAST_CAPTIONS_PX, Math.round(safe.height * CAPTIONS_SHARE));
  const captions: Box = {
    ...text,
    y: safe.y + safe.height - CAPTIONS_FOOT_PX - captionsHeight,
    height: captionsHeight,
  };
  return { safe, text, captions };
}

export const bottomOf = (box: Box): number => box.y + box.height;
export const rightOf = (box: Box): number => box.x + box.width;

export const isInside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  rightOf(inner) <= rightOf(outer) &&
  bottomOf(inner) <= bottomOf(outer);

/** The smallest box around all of them; undefined when there are none. */
export function boxAround(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map(rightOf)) - x,
    height: Math.max(...boxes.map(bottomOf)) - y,
  };
}

/** A frame rate divides a clip into whole frames; the last one is kept so that no sound is lost. */
export const framesIn = (durationS: number, framesPerSecond: number): number =>
  Math.max(1, Math.ceil(durationS * framesPerSecond - 0.01));
