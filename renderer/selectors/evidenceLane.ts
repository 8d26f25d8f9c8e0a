import type { ScorePart } from '../../main/domain/clip.ts';
import type { TimeRange } from '../../main/domain/time.ts';

export interface LaneNote {
  /** 0 to 1 of the shown range. */
  readonly at: number;
  readonly points: number;
}

/** Closer together than this share of the lane, two notes would touch. */
const APART = 0.052;
const LEAST_POINTS = 0.5;

/** Points at their seconds; where they would touch, the one worth more stays. */
export function evidenceLane(parts: readonly ScorePart[], shown: TimeRange): LaneNote[] {
  const lengthS = shown.toS - shown.fromS;
  const notes = parts
    .flatMap(({ because }) => because)
    .filter(({ points }) => Math.abs(points) >= LEAST_POINTS)
    .map(({ fromS, points }) => ({ at: (fromS - shown.fromS) / lengthS, points }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const placed: LaneNote[] = [];
  for (const note of notes) {
    if (placed.every((other) => Math.abs(other.at - note.at) >= APART)) placed.push(note);
  }
  return placed.sort((a, b) => a.at - b.at);
}
