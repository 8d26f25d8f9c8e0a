import { z } from 'zod';

/** A stretch of an episode's clock in seconds; the end is exclusive. */
export const TimeRange = z.object({ fromS: z.number(), toS: z.number() });
export type TimeRange = z.infer<typeof TimeRange>;

export const lengthS = (range: TimeRange): number => range.toS - range.fromS;

export const overlapS = (a: TimeRange, b: TimeRange): number =>
  Math.max(0, Math.min(a.toS, b.toS) - Math.max(a.fromS, b.fromS));

export const clamp = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

/** Times are kept to the millisecond: finer digits are noise of arithmetic, and equal input must print equal output. */
export const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** A clock as people read it: 4:07, 1:02:03. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}
