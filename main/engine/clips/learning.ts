import type { ScorePart } from '../../domain/clip.ts';
import type { Feedback } from '../../domain/feedback.ts';
import type { Agreement } from '../../domain/learning.ts';
import { clamp } from '../../domain/time.ts';
import { PART_NAMES, type PartName } from './parts/part.ts';

/** Fewer signals than this move nothing. */
export const SIGNALS_NEEDED = 8;
/** No part may count for more than this much more or less than it does for everybody. */
export const MOST_SHIFT = 0.2;

/** What the points of each part are multiplied by; a part that is not named counts as it does for everybody. */
export type Multipliers = Readonly<Record<string, number>>;

/** How a person liked one clip, from -1 to 1, all that was said about it together. */
export interface Opinion {
  readonly clipId: string;
  readonly liking: number;
  /** How many different things were said. */
  readonly signals: number;
  /** Points by part, before anything learned was applied. */
  readonly parts: Readonly<Record<string, number>>;
}

export interface LearnedPart {
  readonly part: PartName;
  readonly multiplier: number;
  readonly because: string;
}

/** Penalties are not a matter of taste: no feedback makes an advert welcome. */
const LEARNABLE: readonly PartName[] = PART_NAMES.filter((name) => name !== 'penalties');

/** A comment is for people: nothing is concluded from it. */
function likingOf({ kind, rating }: Feedback): number | undefined {
  switch (kind) {
    case 'keep':
    case 'exported':
    case 'cold-open':
      return 1;
    case 'trim':
      return 0.5;
    case 'reject':
      return -1;
    case 'rating':
      return ((rating ?? 3) - 3) / 2;
    case 'comment':
      return undefined;
  }
}

/**
 * What a show's feedback says about each clip, in the order in which the clips were first judged. The last word of a kind
 * counts, and clips that were found by ear, or judged before their points were kept, teach nothing.
 */
export function opinionsOf(feedback: readonly Feedback[]): Opinion[] {
  const byClip = new Map<string, Map<string, Feedback>>();
  for (const entry of feedback) {
    if (likingOf(entry) === undefined || !teaches(entry)) continue;
    const said = byClip.get(entry.clipId) ?? new Map<string, Feedback>();
    // Keep and reject are one question: the last answer stands.
    said.set(entry.kind === 'reject' ? 'keep' : entry.kind, entry);
    byClip.set(entry.clipId, said);
  }
  return [...byClip].map(([clipId, said]) => {
    const entries = [...said.values()];
    const total = entries.reduce((sum, entry) => sum + (likingOf(entry) ?? 0), 0);
    return {
      clipId,
      liking: total / entries.length,
      signals: entries.length,
      parts: entries.at(-1)?.judged?.parts ?? {},
    };
  });
}

const teaches = ({ judged }: Feedback): boolean => LEARNABLE.some((name) => name in (judged?.parts ?? {}));

export const countSignals = (opinions: readonly Opinion[]): number =>
  opinions.reduce((sum, { signals }) => sum + signals, 0);

/** Points of a clip's parts as they were before the show's own multipliers. */
export const unlearnedPoints = (parts: readonly ScorePart[]): Record<string, number> =>
  Object.fromEntries(
    parts.map(({ name, points, learned = 1 }) => [name, Math.round((points / learned) * 1000) / 1000]),
  );

interface Tendency {
  readonly correlation: number;
  /** By how many points the liked clips differ from the others. */
  readonly differencePoints: number;
}

/** A part that varies by less than this has nothing to tell clips apart by. */
const LEAST_SPREAD_POINTS = 0.1;

function tendencyOf(opinions: readonly Opinion[], part: PartName): Tendency {
  const count = opinions.length;
  const pointsOf = (opinion: Opinion): number => opinion.parts[part] ?? 0;
  const meanOf = (valueOf: (opinion: Opinion) => number): number =>
    opinions.reduce((sum, opinion) => sum + valueOf(opinion), 0) / Math.max(1, count);
  const meanPoints = meanOf(pointsOf);
  const meanLiking = meanOf(({ liking }) => liking);
  const together = meanOf((o) => (pointsOf(o) - meanPoints) * (o.liking - meanLiking));
  const pointsVariance = meanOf((o) => (pointsOf(o) - meanPoints) ** 2);
  const likingVariance = meanOf(({ liking }) => (liking - meanLiking) ** 2);
  if (Math.sqrt(pointsVariance) < LEAST_SPREAD_POINTS || likingVariance === 0)
    return { correlation: 0, differencePoints: 0 };
  return {
    correlation: together / Math.sqrt(pointsVariance * likingVariance),
    // From the least to the most liked clip, along the straight line through all of them.
    differencePoints: (2 * together) / likingVariance,
  };
}

/** With this many clips a correlation is believed by half. */
const HALF_BELIEVED_CLIPS = 8;
/** A correlation of this much, wholly believed, moves a part to its limit. */
const FULL_CORRELATION = 0.3;
/** A smaller move changes no list and is not worth a line in the ledger. */
const LEAST_SHIFT = 0.01;
const asPercent = (share: number): string => `${share > 0 ? '+' : ''}${Math.round(share * 100)} %`;

/**
 * How far each part moves: its correlation with the liking, shrunk while there are few clips, and never beyond the limit.
 * The same opinions always give the same answer; fewer than 8 signals, or none that differ, move nothing.
 */
export function fitMultipliers(opinions: readonly Opinion[]): LearnedPart[] {
  if (countSignals(opinions) < SIGNALS_NEEDED) return [];
  const belief = opinions.length / (opinions.length + HALF_BELIEVED_CLIPS);
  return LEARNABLE.flatMap((part) => {
    const { correlation, differencePoints } = tendencyOf(opinions, part);
    const shift = MOST_SHIFT * clamp((correlation * belief) / FULL_CORRELATION, -1, 1);
    const multiplier = Math.round((1 + shift) * 1000) / 1000;
    if (Math.abs(multiplier - 1) < LEAST_SHIFT) return [];
    const more = differencePoints > 0 ? 'more' : 'fewer';
    const because =
      `In ${opinions.length} judged clips, those you liked had ${Math.abs(differencePoints).toFixed(1)} points ${more} here ` +
      `(correlation ${correlation.toFixed(2)}): ${asPercent(multiplier - 1)}.`;
    return [{ part, multiplier, because }];
  });
}

export const multipliersOf = (learned: readonly LearnedPart[]): Multipliers =>
  Object.fromEntries(learned.map(({ part, multiplier }) => [part, multiplier]));

const scoreOf = ({ parts }: Opinion, multipliers: Multipliers): number =>
  Object.entries(parts).reduce((sum, [part, points]) => sum + points * (multipliers[part] ?? 1), 0);

/** Share of the pairs liked differently in which the better liked one has the higher score; equal scores count by half. */
function concordance(
  opinions: readonly Opinion[],
  scores: readonly number[],
): { pairs: number; share: number } {
  let pairs = 0;
  let right = 0;
  opinions.forEach((a, i) => {
    for (let j = 0; j < i; j += 1) {
      const likes = Math.sign(a.liking - (opinions[j]?.liking ?? 0));
      if (likes === 0) continue;
      pairs += 1;
      right += (1 + likes * Math.sign((scores[i] ?? 0) - (scores[j] ?? 0))) / 2;
    }
  });
  return { pairs, share: pairs === 0 ? 0.5 : right / pairs };
}

const FOLDS = 5;

/**
 * Agreement of the scores with what was liked, before and after learning; each clip is scored with what was learned from
 * the other four fifths. Null while there are too few signals or all clips were liked alike.
 */
export function agreementOf(opinions: readonly Opinion[]): Agreement | null {
  if (countSignals(opinions) < SIGNALS_NEEDED) return null;
  const multipliers = Array.from({ length: FOLDS }, (_, fold) =>
    multipliersOf(fitMultipliers(opinions.filter((_opinion, i) => i % FOLDS !== fold))),
  );
  const before = concordance(
    opinions,
    opinions.map((opinion) => scoreOf(opinion, {})),
  );
  const after = concordance(
    opinions,
    opinions.map((opinion, i) => scoreOf(opinion, multipliers[i % FOLDS] ?? {})),
  );
  if (before.pairs === 0) return null;
  return { clips: opinions.length, pairs: before.pairs, unlearned: before.share, learned: after.share };
}

/** What a scorer's version is called once a show has moved its weights. */
export function learnedVersion(version: string, multipliers: Multipliers): string {
  const moved = LEARNABLE.flatMap((part) => {
    const shift = (multipliers[part] ?? 1) - 1;
    return shift === 0 ? [] : [`${part}${shift > 0 ? '+' : ''}${Math.round(shift * 1000) / 10}%`];
  });
  return moved.length === 0 ? version : `${version}+show(${moved.join(',')})`;
}

/** Says in each part of a receipt what learning multiplied it by. */
export const tellLearned = (parts: readonly ScorePart[], multipliers: Multipliers): ScorePart[] =>
  parts.map((part) => {
    const learned = multipliers[part.name] ?? 1;
    return learned === 1 || !LEARNABLE.some((name) => name === part.name) ? part : { ...part, learned };
  });
