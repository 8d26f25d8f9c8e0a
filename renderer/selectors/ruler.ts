const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const MOST_MARKS = 12;

/** The seconds at which a ruler of this length is marked: round steps, a dozen at most, none at the very end. */
export function rulerMarks(durationS: number): number[] {
  const stepS = STEPS_S.find((step) => durationS / step <= MOST_MARKS) ?? 7200;
  const count = Math.floor((durationS - stepS * 0.4) / stepS) + 1;
  return Array.from({ length: Math.max(1, count) }, (_unused, mark) => mark * stepS);
}
