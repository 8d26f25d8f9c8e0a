import type { Box } from '../frame.ts';

/** A cubic curve whose control points lie this share of the radius away comes within 0.03 % of a quarter circle. */
const CIRCLE = 0.5523;

/** A rounded rectangle as an ASS drawing; put it in an event with drawingTags. */
export function roundedBox({ x, y, width, height }: Box, radiusPx: number): string {
  const r = Math.min(radiusPx, width / 2, height / 2);
  const k = r * (1 - CIRCLE);
  const right = x + width;
  const bottom = y + height;
  const p = (...numbers: number[]) => numbers.map((n) => String(Math.round(n * 100) / 100)).join(' ');
  return [
    `m ${p(x + r, y)} l ${p(right - r, y)}`,
    `b ${p(right - k, y, right, y + k, right, y + r)} l ${p(right, bottom - r)}`,
    `b ${p(right, bottom - k, right - k, bottom, right - r, bottom)} l ${p(x + r, bottom)}`,
    `b ${p(x + k, bottom, x, bottom - k, x, bottom - r)} l ${p(x, y + r)}`,
    `b ${p(x, y + k, x + k, y, x + r, y)}`,
  ].join(' ');
}

/** Tags for a drawing whose points are pixels of the frame, moved by the given offset. */
export const drawingTags = (x = 0, y = 0): string => `\\an7\\pos(${x},${y})\\bord0\\shad0\\p1`;
