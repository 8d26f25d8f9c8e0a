import { z } from 'zod';
import type { ScoreProfile } from '../../domain/show.ts';
import { FEATURES, PARTS } from './parts/catalogue.ts';
import type { PartName } from './parts/part.ts';
import shipped from './weights.json' with { type: 'json' };

const FeatureWeight = z.object({
  /** Points for one unit of the feature. Features counted over a clip have the root of a spread of the episode's windows as unit. */
  points: z.number(),
  /** Spread of the feature in a typical episode, used where an episode is too short to show its own. */
  spread: z.number().positive(),
});

const isFeature = (name: string): boolean => FEATURES.some((feature) => feature.name === name);
const OwnPoints = z
  .record(z.string(), z.number())
  .refine(
    (points) => Object.keys(points).every(isFeature),
    'points are given to a feature that does not exist',
  );

/** The weights of a scorer; a file of this form can be given to `find` instead of the built-in ones. */
export const Weights = z.object({
  version: z.string(),
  features: z
    .record(z.string(), FeatureWeight)
    .refine(
      (features) => FEATURES.every(({ name }) => name in features),
      'a weight for every feature is needed',
    ),
  /** Points that a profile gives instead, by feature; every other feature keeps its points. */
  profiles: z.object({ humour: OwnPoints.optional(), story: OwnPoints.optional() }).default({}),
});
export type Weights = z.infer<typeof Weights>;

/**
 * The built-in weights, from weights.json. What is counted over a clip follows a ridge regression with fixed signs: for
 * insight on moments that editors of 39 shows chose, for humour on what six shows laughed at (test/bench/clips/fit.ts
 * fits, measures on shows left out, and writes the file). Beginnings, endings, shape, sound and penalties are set by
 * hand: they decide where to cut rather than what to choose. So is the profile for stories, which nobody has measured.
 */
export const DEFAULT_WEIGHTS: Weights = Weights.parse(shipped);

/** The profiles that have points of their own; the mix is made of them. */
const PURE = ['insight', 'humour', 'story'] as const;
type PureProfile = (typeof PURE)[number];

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Points for one unit of a feature under a profile; the mix gives the mean of the others. */
export function pointsOf(weights: Weights, profile: ScoreProfile, name: string): number {
  if (profile === 'mixed') return meanOf(PURE.map((pure) => pointsOf(weights, pure, name)));
  const own = profile === 'insight' ? undefined : weights.profiles[profile]?.[name];
  return own ?? weights.features[name]?.points ?? 0;
}

/** What a part can give at most and take at most. */
export interface PartLimits {
  readonly max: number;
  readonly min: number;
}

/** Where a profile's parts differ from the usual ones; the most that all parts can give together stays the same. */
const OWN_LIMITS: Readonly<Record<PureProfile, Partial<Record<PartName, PartLimits>>>> = {
  insight: {},
  humour: {
    theme: { max: 4, min: -12 },
    insight: { max: 6, min: -8 },
    stakes: { max: 6, min: -8 },
    story: { max: 6, min: -4 },
    humour: { max: 54, min: -6 },
    quotability: { max: 1, min: -3 },
    pace: { max: 2, min: -5 },
    placement: { max: 0, min: 0 },
  },
  story: {
    theme: { max: 21, min: -4 },
    insight: { max: 11, min: -4 },
    stakes: { max: 13, min: 0 },
    story: { max: 20, min: 0 },
    humour: { max: 3, min: 0 },
    quotability: { max: 3, min: 0 },
    delivery: { max: 9, min: 0 },
    placement: { max: 2, min: 0 },
  },
};

/** What a part can give and take under a profile; under the mix, the mean of the others. */
export function limitsOf(name: PartName, profile: ScoreProfile): PartLimits {
  if (profile !== 'mixed') {
    const { max, min } = OWN_LIMITS[profile][name] ?? PARTS[name];
    return { max, min };
  }
  const limits = PURE.map((pure) => limitsOf(name, pure));
  return { max: meanOf(limits.map(({ max }) => max)), min: meanOf(limits.map(({ min }) => min)) };
}

/** Which scorer gave a score: the weights, and the profile where it is not the usual one. */
export const scorerVersion = (weights: Weights, profile: ScoreProfile): string =>
  `words-${weights.version}${profile === 'insight' ? '' : `-${profile}`}`;
