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

const CLOCK = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,7}(?:[.,]\d{1,17})?)$/u;

/** Seconds of a time as people write it: 34:12, 1:02:03.5, 95, 12,5; undefined for what is none. */
export function parseClock(text: string): number | undefined {
  const [, hours, minutes, seconds] = CLOCK.exec(text.trim()) ?? [];
  if (seconds === undefined) return undefined;
  const rest = Number(seconds.replace(',', '.'));
  const isClock = minutes !== undefined;
  if (isClock && rest >= 60) return undefined;
  if (hours !== undefined && Number(minutes) >= 60) return undefined;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + rest;
}
