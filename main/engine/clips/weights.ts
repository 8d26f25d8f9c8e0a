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
 * The built-in weights. Those of features counted anywhere follow a ridge regression with fixed signs on moments that
 * editors of 39 shows chose; on shows left out of the fit the area under the curve is 0.62, where chance gives 0.5
 * (test/bench/clips/fitWeights.ts). Confessions, pictures and quotable lines are kept below their fitted weight, because
 * that caught more of the chosen moments. Those of beginnings, endings, shape, sound and penalties are set by hand: they
 * decide where to cut rather than what to choose.
 */
const features: Record<FeatureName, z.infer<typeof FeatureWeight>> = {
  opensWithQuestion: w(2.2),
  opensWithClaim: w(1.7),
  opensWithContrast: w(1.3),
  opensWithNumber: w(1.3),
  opensWithGreeting: w(-3.5),
  opensWithSmallTalk: w(-3.5),
  opensWithFiller: w(-1.3),

  opensWhole: w(11),
  opensClean: w(3.5),
  opensMidSentence: w(-7),
  opensWithLink: w(-2.2),
  opensWithPointer: w(-1.8),
  opensWithAnswer: w(-4.5),
  opensOnAside: w(-2),
  opensAfterPause: w(2.5),
  refersBack: w(-1.8),

  endsWhole: w(8),
  endsShort: w(0.9),
  endsWithPause: w(2.5),
  endsTurn: w(0.9),
  endsOnCue: w(0.9),
  endsOnQuestion: w(-2.6),
  endsOnAside: w(-0.5),
  endsHanging: w(-5),
  runsOn: w(-1.8),

  goodLength: w(0.8),
  answersItself: w(2.5),
  wholeList: w(3),
  cutList: w(-6),
  furtherQuestions: w(-2.5),
  seams: w(-2),
  smallTalk: w(-0.6, 0.0046),
  asides: w(-0.4, 0.0089),

  titleWords: w(5.1, 0.0053),
  returningTerms: w(6.4, 0.14),
  recurringPairs: w(0.6, 0.066),
  repeatedPhrases: w(2.05, 0.058),
  centralWords: w(0.4, 0.25),
  rareHere: w(-0.2, 0.059),

  negation: w(3.15, 0.0254),
  absolutes: w(1.5, 0.0173),
  superlatives: w(3.2, 0.0127),
  prediction: w(1.4, 0.0204),
  takeaways: w(0.4, 0.0071),
  contrast: w(0.2, 0.0187),
  people: w(0.95, 0.0195),
  comparison: w(0.2, 0.0134),
  duty: w(1.4, 0.0127),
  cause: w(0.2, 0.0113),

  stakesWords: w(0.9, 0.017),
  emotion: w(2.4, 0.0154),
  money: w(0.3, 0.0222),
  numbers: w(1.2, 0.0235),

  storyTurns: w(0.2, 0.0104),
  confession: w(0.3, 0.0008),
  voices: w(-0.2, 0.02),

  quotableLine: w(2.4, 0.0138),
  picture: w(0.3, 0.006),

  loudness: w(1.6),
  rise: w(0.8),
  dynamics: w(1.6),

  wordsPerSecond: w(1.1),
  deadAir: w(-0.4),
  fillers: w(-1.8, 0.031),
  loops: w(-2, 0.0007),

  early: w(2),

  offLimits: w(-1),
  unsureWords: w(-15),
};

export const DEFAULT_WEIGHTS: Weights = { version: '2', features };

/** How much each part counts for a show's profile. Only insight has been measured against editors' choices. */
export const PROFILE_FACTORS: Readonly<Record<ScoreProfile, Partial<Record<PartName, number>>>> = {
  insight: {},
  humour: { theme: 0.4, insight: 0.4, story: 3, quotability: 1.5, delivery: 2.5 },
  story: { theme: 0.7, insight: 0.6, story: 4, delivery: 1.5 },
};

/** Which scorer gave a score: the weights, and the profile where it is not the usual one. */
export const scorerVersion = (weights: Weights, profile: ScoreProfile): string =>
  `words-${weights.version}${profile === 'insight' ? '' : `-${profile}`}`;
