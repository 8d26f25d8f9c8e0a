const GIB = 1024 ** 3;

/** How full a disk is. */
export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/**
 * What has to stay free on a disk: what a person set, else 1 % of it and at least 1 GiB. A tenth of the disk is always
 * enough, or a small one could never be used.
 */
export function leastFreeBytes({ totalBytes }: Pick<Space, 'totalBytes'>, setGb: number | 'auto'): number {
  if (setGb !== 'auto') return Math.round(setGb * 1e9);
  return Math.round(Math.min(Math.max(totalBytes / 100, GIB), totalBytes / 10));
}

/** Whether work may go on. A pause ends only a little above the limit, so that a wavering disk does not switch it on and off. */
export function decideSpace(now: {
  readonly freeBytes: number;
  readonly leastBytes: number;
  readonly isPaused: boolean;
}): 'pause' | 'resume' | 'leave' {
  if (now.freeBytes < now.leastBytes) return now.isPaused ? 'leave' : 'pause';
  return now.isPaused && now.freeBytes >= now.leastBytes + now.leastBytes / 10 ? 'resume' : 'leave';
}

/** A job is begun when a quarter more than it will take fits beside what has to stay free. */
export const roomFor = (estimateBytes: number, leastBytes: number): number =>
  Math.round(1.25 * estimateBytes) + leastBytes;
