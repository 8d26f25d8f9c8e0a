import { z } from 'zod';
import type { ScoreProfile } from '../../domain/show.ts';
import { FEATURES, type FeatureName } from './parts/catalogue.ts';
import type { PartName } from './parts/part.ts';

const FeatureWeight = z.object({
  /** Points for one unit of the feature. Features counted over a clip have one spread of the episode's windows as unit. */
  points: z.number(),
  /** Spread of the feature in a typical episode, used where an episode is too short to show its own. */
  spread: z.number().positive(),
});

/** The weights of a scorer; a file of this form can be given to `find` instead of the built-in ones. */
export const Weights = z.object({
  version: z.string(),
  features: z
    .record(z.string(), FeatureWeight)
    .refine(
      (features) => FEATURES.every(({ name }) => name in features),
      'a weight for every feature is needed',
    ),
});
export type Weights = z.infer<typeof Weights>;

const w = (points: number, spread = 1): z.infer<typeof FeatureWeight> => ({ points, spread });

/**
 * The built-in weights. Those of features counted anywhere were fitted by ridge regression with fixed signs on moments
 * that editors of 39 shows chose, and checked on shows left out of the fit (test/bench/clips/fitWeights.ts). Those of
 * beginnings, endings, sound and penalties are set by hand: they decide where to cut rather than what to choose.
 */
const features: Record<FeatureName, z.infer<typeof FeatureWeight>> = {
  opensWithQuestion: w(2.5),
  opensWithClaim: w(2),
  opensWithContrast: w(1.5),
  opensWithNumber: w(1.5),
  opensWithGreeting: w(-4),
  opensWithFiller: w(-1.5),

  opensClean: w(6),
  opensMidSentence: w(-8),
  opensWithLink: w(-2.5),
  opensWithPointer: w(-2),
  opensWithAnswer: w(-3),
  refersBack: w(-2),

  endsWhole: w(4),
  endsShort: w(1),
  endsWithPause: w(1),
  endsTurn: w(1),
  endsOnCue: w(1),
  endsOnQuestion: w(-3),
  endsHanging: w(-6),
  runsOn: w(-2),

  titleWords: w(5.2, 0.0053),
  returningTerms: w(6.4, 0.149),
  recurringPairs: w(0.6, 0.0685),
  repeatedPhrases: w(2, 0.0587),
  centralWords: w(0.6, 0.256),
  rareHere: w(-0.2, 0.0595),

  negation: w(3.2, 0.0254),
  absolutes: w(1.4, 0.0173),
  superlatives: w(3.2, 0.0127),
  prediction: w(1.4, 0.0204),
  takeaways: w(0.6, 0.0071),
  contrast: w(0.3, 0.0187),
  people: w(1, 0.0195),
  comparison: w(0.2, 0.0134),
  duty: w(1.4, 0.0127),
  cause: w(0.2, 0.0113),

  stakesWords: w(1, 0.017),
  emotion: w(2.4, 0.0154),
  money: w(0.4, 0.0222),
  numbers: w(1.2, 0.0235),

  storyTurns: w(0.3, 0.0104),
  voices: w(-0.3, 0.02),

  quotableLine: w(1.2, 0.0138),

  loudness: w(2),
  rise: w(1),
  dynamics: w(2),

  wordsPerSecond: w(1.1),
  deadAir: w(-0.5),
  fillers: w(-1.7, 0.031),
  loops: w(-2, 0.0007),

  early: w(2),

  offLimits: w(-1),
  unsureWords: w(-15),
};

export const DEFAULT_WEIGHTS: Weights = { version: '1', features };

/** How much each part counts for a show's profile. Only insight has been measured against editors' choices. */
export const PROFILE_FACTORS: Readonly<Record<ScoreProfile, Partial<Record<PartName, number>>>> = {
  insight: {},
  humour: { theme: 0.4, insight: 0.4, story: 3, quotability: 1.5, delivery: 2.5 },
  story: { theme: 0.7, insight: 0.6, story: 4, delivery: 1.5 },
};

/** Which scorer gave a score: the weights, and the profile where it is not the usual one. */
export const scorerVersion = (weights: Weights, profile: ScoreProfile): string =>
  `words-${weights.version}${profile === 'insight' ? '' : `-${profile}`}`;
