/** Frames a second as a ratio, so that 29.97 is exactly 30000/1001. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

const COUNTED = [24, 25, 30, 48, 50, 60, 100, 120] as const;
/** Measured rates are averages; the rates of the NTSC family lie a thousandth below the whole numbers. */
const SAME_RATE = 0.0004;

const exactly = (framesPerSecond: number): FrameRate[] => [
  { numerator: framesPerSecond, denominator: 1 },
  ...(framesPerSecond % 12 === 0 || framesPerSecond % 30 === 0
    ? [{ numerator: framesPerSecond * 1000, denominator: 1001 }]
    : []),
];
const KNOWN: readonly FrameRate[] = COUNTED.flatMap(exactly);

export const framesPerS = ({ numerator, denominator }: FrameRate): number => numerator / denominator;

/** How many frame numbers a second of timecode has: 30 for 29.97. */
export const nominalRate = (rate: FrameRate): number => Math.round(framesPerS(rate));

/**
 * The rate that a measured one means: the known rate it is within 0.04 % of, else the known one nearest to it, because
 * timecode counts only those and a variable rate has none of its own.
 */
export function frameRateOf(measuredPerS: number): FrameRate {
  const off = (rate: FrameRate): number => Math.abs(framesPerS(rate) / measuredPerS - 1);
  const byNearness = KNOWN.toSorted((a, b) => off(a) - off(b));
  const [nearest] = byNearness;
  if (nearest === undefined || off(nearest) > SAME_RATE) {
    const whole = byNearness.find(({ denominator }) => denominator === 1);
    return whole ?? { numerator: 30, denominator: 1 };
  }
  return nearest;
}

export const toFrames = (seconds: number, rate: FrameRate): number => Math.round(seconds * framesPerS(rate));
export const toSeconds = (frames: number, rate: FrameRate): number => frames / framesPerS(rate);

/** Only 29.97 and its multiples are counted with dropped numbers (SMPTE ST 12-1). */
export const isDropRate = ({ numerator, denominator }: FrameRate): boolean =>
  denominator === 1001 && numerator % 30_000 === 0;

/** Numbers that a minute leaves out, every tenth minute excepted, so that the timecode keeps to the clock on the wall. */
const droppedPerMinute = (rate: FrameRate): number => nominalRate(rate) / 15;

/** A frame's timecode: 01:02:03:04, with a semicolon before the frames where numbers are dropped. */
export function timecodeOf(frame: number, rate: FrameRate): string {
  const nominal = nominalRate(rate);
  const isDrop = isDropRate(rate);
  const number = isDrop ? frame + skippedBefore(frame, rate) : frame;
  const seconds = Math.floor(number / nominal);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const frames = String(number % nominal).padStart(2, '0');
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}${isDrop ? ';' : ':'}${frames}`;
}

function skippedBefore(frame: number, rate: FrameRate): number {
  const dropped = droppedPerMinute(rate);
  const minuteFrames = nominalRate(rate) * 60 - dropped;
  const tenFrames = minuteFrames * 10 + dropped;
  const tens = Math.floor(frame / tenFrames);
  const rest = frame % tenFrames;
  // The first minute of ten drops nothing and is longer by as much.
  const minutes =
    rest < minuteFrames + dropped ? 0 : 1 + Math.floor((rest - minuteFrames - dropped) / minuteFrames);
  return dropped * (9 * tens + minutes);
}

const TIMECODE = /^(\d{2}):(\d{2}):(\d{2})[:;.](\d{2,3})$/u;

/** The frame of a timecode; undefined for a text that is none at this rate. */
export function frameOf(timecode: string, rate: FrameRate, isDrop: boolean): number | undefined {
  const [h = NaN, m = NaN, s = NaN, f = NaN] = (TIMECODE.exec(timecode) ?? []).slice(1).map(Number);
  const nominal = nominalRate(rate);
  if (!(m < 60 && s < 60 && f < nominal)) return undefined;
  const minutes = h * 60 + m;
  const dropped = isDrop ? droppedPerMinute(rate) * (minutes - Math.floor(minutes / 10)) : 0;
  return (minutes * 60 + s) * nominal + f - dropped;
}
