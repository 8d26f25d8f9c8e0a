import type { ClipReview, WeighedReview } from '../../domain/clipReview.ts';
import type { Clip, ScorePart } from '../../domain/clip.ts';
import { clamp } from '../../domain/time.ts';

const ORDINARY = 5;

const tenths = (points: number): number => Math.round(points * 10) / 10;

/** The points of a review: none for an ordinary verdict or one without quotes, at most the share either way. */
export function weigh(review: ClipReview, share: number, isCounted: boolean): WeighedReview {
  const points = review.reasons.length === 0 ? 0 : tenths(((review.verdict - ORDINARY) / ORDINARY) * share);
  return { ...review, points, share, isCounted };
}

/** The reviewer's line on the receipt: its points, shared out evenly over the words it points at. */
function partOf({ reasons, points, share }: WeighedReview): ScorePart {
  return {
    name: 'reviewer',
    points,
    max: share,
    because: reasons.map(({ quote }) => ({ ...quote, points: tenths(points / reasons.length) })),
  };
}

/** A clip with its review; where that counts, with its points in the score and on the receipt. */
export function withReview(clip: Clip, review: WeighedReview): Clip {
  if (!review.isCounted) return { ...clip, review };
  const parts = [...clip.parts, partOf(review)];
  const sum = parts.reduce((total, part) => total + Math.round(part.points * 10), 0) / 10;
  return { ...clip, review, parts, score: clamp(sum, 0, 100) };
}

/**
 * The clips in their order with reviews. Clips move past each other by no more than the points that were given: without
 * any the order is the one that was found. What a person marked and what the show opens with keeps its place.
 */
export function reorder(clips: readonly Clip[], pointsOf: (clip: Clip) => number): Clip[] {
  const isFound = ({ foundBy }: Clip): boolean => foundBy === 'words' || foundBy === 'ear';
  let lowest = Infinity;
  const standing = clips.filter(isFound).map((clip) => {
    // Clips do not always stand in the order of their scores; each counts as no better than those above it.
    lowest = Math.min(lowest, clip.score);
    return { clip, worth: lowest + pointsOf(clip) };
  });
  const sorted = standing.toSorted((a, b) => b.worth - a.worth).map(({ clip }) => clip);
  let next = 0;
  return clips.map((clip) => (isFound(clip) ? (sorted[next++] ?? clip) : clip));
}
