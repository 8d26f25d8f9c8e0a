import type { KindHistory } from './overview.ts';

/**
 * Seconds until everything that runs and waits is done: the work that is left, shared by the places there are, and no
 * less than the longest job at work. Null while the speed of what runs, or of a kind that waits, is not known.
 */
export function queueEtaS(
  running: readonly { readonly etaS: number | null }[],
  histories: readonly KindHistory[],
  places: number,
): number | null {
  let leftS = 0;
  let longestS = 0;
  for (const { etaS } of running) {
    if (etaS === null) return null;
    leftS += etaS;
    longestS = Math.max(longestS, etaS);
  }
  for (const { waiting, meanWorkedMs } of histories) {
    if (meanWorkedMs === null) return null;
    leftS += (waiting * meanWorkedMs) / 1000;
    longestS = Math.max(longestS, meanWorkedMs / 1000);
  }
  if (running.length === 0 && histories.length === 0) return null;
  return Math.round(Math.max(longestS, leftS / Math.max(1, places)));
}
