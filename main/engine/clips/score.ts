import { clamp } from '../../domain/time.ts';
import type { ScoreProfile } from '../../domain/show.ts';
import type { Windows } from './boundaries.ts';
import type { FeatureMeasure, Measure } from './measure.ts';
import { FEATURES } from './parts/catalogue.ts';
import { PART_NAMES, type PartName } from './parts/part.ts';
import { limitsOf, pointsOf, type Weights } from './weights.ts';

/** One part of a window's score. Tenths of a point are whole numbers, so that what is printed adds up exactly. */
export interface PartScore {
  readonly name: PartName;
  readonly tenths: number;
  /** What each of its features gave, in points, after the part's limits. */
  readonly shares: readonly { readonly feature: number; readonly points: number }[];
}

export interface WindowScore {
  readonly parts: readonly PartScore[];
  /** Makes up for parts that could not speak. */
  readonly scalingTenths: number;
  /** Sum of all tenths, clamped to 0 to 1000. */
  readonly tenths: number;
}

export interface Scorer {
  /** The clamped score in tenths and nothing else. */
  readonly total: (first: number, last: number) => number;
  /** The same of every window of an episode, in their order. */
  readonly totals: (windows: Windows) => Int32Array;
  readonly explain: (first: number, last: number) => WindowScore;
  readonly maxOf: (part: PartName) => number;
  readonly scalingMax: number;
  /** Whether a part had nothing to go on. */
  readonly isSilent: (part: PartName) => boolean;
}

interface ReadyPart {
  readonly name: PartName;
  readonly max: number;
  readonly min: number;
  readonly features: readonly { readonly feature: number; readonly points: number }[];
}

/** A part with what earns or loses points in it, ready to be summed. */
interface CountedPart extends ReadyPart {
  readonly counted: readonly { readonly points: number; readonly measure: FeatureMeasure }[];
}

const HIGHEST_TENTHS = 1000;

/**
 * What all parts can give together. It is more than 100, because no clip is best at everything: at this scale the best clip
 * of an episode has about 80 points and any odd window about 40. The sum is clamped.
 */
export const MOST_TOGETHER = 120;

/** The parts with a profile's points and limits, and then with what the show's feedback multiplies them by. */
function prepareParts(
  weights: Weights,
  profile: ScoreProfile,
  learned: Readonly<Record<string, number>>,
): readonly ReadyPart[] {
  return PART_NAMES.map((name) => {
    const { max, min } = limitsOf(name, profile);
    const factor = name === 'penalties' ? 1 : (learned[name] ?? 1);
    return {
      name,
      max: Math.round(max * factor * 10) / 10,
      min: min * factor,
      features: FEATURES.flatMap((feature, number) =>
        feature.part === name
          ? [{ feature: number, points: pointsOf(weights, profile, feature.name) * factor }]
          : [],
      ),
    };
  });
}

/** Parts of which no feature can be noticed: word lists in another language, delivery without sound. */
function isSilent({ features }: ReadyPart, canSpeak: (feature: number) => boolean): boolean {
  return !features.some(({ feature }) => canSpeak(feature));
}

const toTenths = (sum: number, { min, max }: ReadyPart): number => Math.round(clamp(sum, min, max) * 10);

function tenthsOf(part: CountedPart, first: number, last: number): number {
  let sum = 0;
  for (const { points, measure } of part.counted) sum += points * measure.at(first, last);
  return toTenths(sum, part);
}

/** Adds a part of every window to what they have, feature by feature: each loop does one thing thousands of times. */
function addTenths(part: CountedPart, windows: Windows, tenths: Int32Array): void {
  const sums = new Float64Array(tenths.length);
  for (const { points, measure } of part.counted) measure.addTo(sums, windows, points);
  for (let n = 0; n < sums.length; n += 1) tenths[n] = (tenths[n] ?? 0) + toTenths(sums[n] ?? 0, part);
}

/** Scores windows as clamped sums of parts, each part a clamped sum of weighted features. */
export function createScorer(
  measure: Measure,
  weights: Weights,
  profile: ScoreProfile,
  canSpeak: (feature: number) => boolean,
  learned: Readonly<Record<string, number>> = {},
): Scorer {
  const parts = prepareParts(weights, profile, learned).map((part) => ({
    ...part,
    // Thousands of windows are totalled: what earns nothing here is not measured.
    counted: part.features
      .filter(({ feature, points }) => points !== 0 && canSpeak(feature))
      .map(({ feature, points }) => ({ points, measure: measure(feature) })),
  }));
  const silent = parts.filter((part) => part.max > 0 && isSilent(part, canSpeak));
  const silentMax = silent.reduce((sum, { max }) => sum + max, 0);
  const scale = silentMax >= MOST_TOGETHER ? 0 : silentMax / (MOST_TOGETHER - silentMax);
  const close = (earned: number, lost: number): { scalingTenths: number; tenths: number } => {
    const scalingTenths = Math.round(Math.max(0, earned) * scale);
    return { scalingTenths, tenths: clamp(earned + lost + scalingTenths, 0, HIGHEST_TENTHS) };
  };
  const add = (tenthsOfPart: (part: CountedPart) => number): ReturnType<typeof close> => {
    let earned = 0;
    let lost = 0;
    for (const part of parts) {
      if (part.name === 'penalties') lost += tenthsOfPart(part);
      else earned += tenthsOfPart(part);
    }
    return close(earned, lost);
  };
  return {
    total: (first, last) => add((part) => tenthsOf(part, first, last)).tenths,
    totals: (windows) => {
      const earned = new Int32Array(windows.first.length);
      const lost = new Int32Array(windows.first.length);
      for (const part of parts) addTenths(part, windows, part.name === 'penalties' ? lost : earned);
      return earned.map((tenths, n) => close(tenths, lost[n] ?? 0).tenths);
    },
    explain: (first, last) => {
      const scores = parts.map((part): PartScore => {
        const raw = part.features.map(({ feature, points }) => ({
          feature,
          points: points * measure(feature).at(first, last),
        }));
        const sum = raw.reduce((total, { points }) => total + points, 0);
        const tenths = toTenths(sum, part);
        const ratio = sum === 0 ? 0 : clamp(sum, part.min, part.max) / sum;
        return {
          name: part.name,
          tenths,
          shares: raw.map((share) => ({ ...share, points: share.points * ratio })),
        };
      });
      const tenths = new Map(scores.map((score) => [score.name, score.tenths]));
      return { parts: scores, ...add((part) => tenths.get(part.name) ?? 0) };
    },
    maxOf: (name) => parts.find((part) => part.name === name)?.max ?? 0,
    scalingMax: Math.round(silentMax * 10) / 10,
    isSilent: (name) => silent.some((part) => part.name === name),
  };
}
