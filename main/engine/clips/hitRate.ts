import type { Feedback } from '../../domain/feedback.ts';
import type { HitRate } from '../../domain/learning.ts';

/** With fewer decisions than this a hit rate is an accident. */
export const DECISIONS_NEEDED = 20;
const SHOWN = 10;

interface Decided {
  readonly score: number;
  readonly isKept: boolean;
}

/** The last decision on each clip, with the score it had then. */
function decisionsOf(feedback: readonly Feedback[]): Decided[] {
  const last = new Map<string, Decided>();
  for (const { clipId, kind, judged } of feedback)
    if ((kind === 'keep' || kind === 'reject') && judged !== null)
      last.set(clipId, { score: judged.score, isKept: kind === 'keep' });
  return [...last.values()];
}

function agreementOf(decided: readonly Decided[]): number | null {
  const kept = decided.filter(({ isKept }) => isKept);
  const rejected = decided.filter(({ isKept }) => !isKept);
  if (kept.length === 0 || rejected.length === 0) return null;
  let right = 0;
  for (const a of kept) for (const b of rejected) right += (1 + Math.sign(a.score - b.score)) / 2;
  return right / (kept.length * rejected.length);
}

/**
 * How well the scores of a show foretold the decisions on its clips; null before there are 20 decisions. Standing feedback
 * only, oldest first.
 */
export function hitRateOf(feedback: readonly Feedback[]): HitRate | null {
  const decided = decisionsOf(feedback).sort((a, b) => b.score - a.score);
  if (decided.length < DECISIONS_NEEDED) return null;
  const keptIn = (some: readonly Decided[]): { kept: number; of: number } => ({
    kept: some.filter(({ isKept }) => isKept).length,
    of: some.length,
  });
  const top = keptIn(decided.slice(0, SHOWN));
  const bottom = keptIn(decided.slice(-SHOWN));
  const agreement = agreementOf(decided);
  const isBetterThanChance = agreement === null || agreement > 0.5;
  const counted = `You kept ${top.kept} of its top ${top.of} and ${bottom.kept} of its bottom ${bottom.of}.`;
  const sentence = isBetterThanChance
    ? counted
    : `${counted} That is no better than chance, so the list is in order of time.`;
  return { decisions: decided.length, top, bottom, agreement, isBetterThanChance, sentence };
}
