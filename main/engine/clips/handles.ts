import type { Levels } from '../../domain/levels.ts';
import type { TimeRange } from '../../domain/time.ts';

/** Spare sound that a clip may keep around its words. */
const LONGEST_BEFORE_S = 0.25;
const LONGEST_AFTER_S = 0.6;
/** Kept away from a neighbour's word: interpolated times are not sharper than this. */
const HAIR_S = 0.02;
/** Levels closer than this sound equally quiet; then the roomier cut is taken. */
const EQUALLY_QUIET_DB = 1;

export interface Neighbours {
  /** End of the sentence before, or the start of the recording. */
  readonly previousEndS: number;
  /** Start of the sentence after, or the end of the recording. */
  readonly nextStartS: number;
}

/** The quietest point between two times, the one furthest from the words where several are as quiet. */
function quietestPoint({ blockS, rmsDbfs }: Levels, nearS: number, farS: number): number {
  const step = farS < nearS ? -1 : 1;
  const centreOf = (block: number): number => (block + 0.5) * blockS;
  let best = nearS;
  let quietest = Infinity;
  for (let block = Math.floor(nearS / blockS); ; block += step) {
    const atS = centreOf(block);
    if ((farS - atS) * step < 0 || block < 0 || block >= rmsDbfs.length) break;
    const level = rmsDbfs[block] ?? -100;
    if ((atS - nearS) * step <= 0 || level > quietest + EQUALLY_QUIET_DB) continue;
    quietest = Math.min(quietest, level);
    best = atS;
  }
  return best;
}

/**
 * In point and out point of a clip whose words span `words`: at the quietest place of the pause before and after, never
 * inside a neighbouring sentence, and never longer than `longestS` in all.
 */
export function placeHandles(
  words: TimeRange,
  { previousEndS, nextStartS }: Neighbours,
  levels: Levels,
  longestS: number,
): TimeRange {
  const spareS = Math.max(0, longestS - (words.toS - words.fromS));
  const afterS = Math.min(LONGEST_AFTER_S, spareS, Math.max(0, nextStartS - HAIR_S - words.toS));
  const toS = quietestPoint(levels, words.toS, words.toS + afterS);
  const leftS = Math.max(0, longestS - (toS - words.fromS));
  const beforeS = Math.min(LONGEST_BEFORE_S, leftS, Math.max(0, words.fromS - previousEndS - HAIR_S));
  return { fromS: quietestPoint(levels, words.fromS, words.fromS - beforeS), toS };
}
