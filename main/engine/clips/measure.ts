import { clamp } from '../../domain/time.ts';
import { FEATURES, type FeatureName } from './parts/catalogue.ts';
import { offLimitsCount, type Reading } from './reading.ts';
import type { Windows } from './boundaries.ts';
import type { Sentence } from './sentences.ts';
import { shapeMeasures, tasteOf, type LengthTaste } from './shape.ts';
import type { ClipSound } from './sound.ts';

/** A value for the window from sentence `first` to sentence `last`. */
export type MeasureWindow = (first: number, last: number) => number;
/** How a feature is measured in one window, and added to the sums of many at once; its points are the value times its weight. */
export interface FeatureMeasure {
  readonly at: MeasureWindow;
  readonly addTo: (sums: Float64Array, windows: Windows, points: number) => void;
}
export type Measure = (feature: number) => FeatureMeasure;

const measured = (at: MeasureWindow): FeatureMeasure => ({
  at,
  addTo: (sums, { first, last }, points) => {
    for (let n = 0; n < sums.length; n += 1)
      sums[n] = (sums[n] ?? 0) + points * at(first[n] ?? 0, last[n] ?? 0);
  },
});

/** Added to a window's length, so that a short window with one lucky word does not beat a long one full of them. */
const SHRINKAGE_S = 20;
/** Length of the windows over which the spread of a feature is taken. */
const TYPICAL_S = 35;
/** A typical spread counts as much as this many windows of the episode itself, so that short episodes are not noise. */
const PRIOR_WINDOWS = 40;
/** Nothing counts for more than this many spreads: one odd word must not carry a clip. */
const MOST_SPREADS = 6;
/** Speakers who never change their pace should not be judged by the little they do. */
const LEAST_PACE_SPREAD = 0.15;
const ONE_SENTENCE_COST = 15;
const MORE_COST = 28;
const SHARE_COST = 17;

const lengthOf = (sentences: readonly Sentence[], first: number, last: number): number =>
  Math.max(0.001, (sentences[last]?.toS ?? 0) - (sentences[first]?.fromS ?? 0));

export function density(reading: Reading, feature: number, first: number, last: number): number {
  const totals = reading.markTotals[feature];
  if (totals === undefined) return 0;
  const sum = (totals[last + 1] ?? 0) - (totals[first] ?? 0);
  return sum === 0 ? 0 : sum / (lengthOf(reading.sentences, first, last) + SHRINKAGE_S);
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** One window of about the typical length from each sentence. */
export function typicalWindows(sentences: readonly Sentence[]): readonly (readonly [number, number])[] {
  let last = 0;
  return sentences.map((_, first) => {
    last = Math.max(last, first);
    while (last + 1 < sentences.length && lengthOf(sentences, first, last) < TYPICAL_S) last += 1;
    return [first, last] as const;
  });
}

export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return { mean: 0, deviation: 0 };
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

/** The episode's own spread, drawn towards the typical one where there are few windows to take it from. */
function blend(own: number, windows: number, typical: number): number {
  const variance = (windows * own ** 2 + PRIOR_WINDOWS * typical ** 2) / (windows + PRIOR_WINDOWS);
  return Math.max(Math.sqrt(variance), 1e-6);
}

/** Points lost for touching what is off limits: one sentence is bad, more of it makes the clip worthless. */
function offLimitsCost(touched: number, sentences: number): number {
  if (touched === 0) return 0;
  return touched === 1 ? ONE_SENTENCE_COST : MORE_COST + (SHARE_COST * touched) / sentences;
}

const wordsPerSecond = (reading: Reading, first: number, last: number): number =>
  ((reading.wordTotals[last + 1] ?? 0) - (reading.wordTotals[first] ?? 0)) /
  lengthOf(reading.sentences, first, last);

interface Heard {
  readonly reading: Reading;
  readonly sound: ClipSound | undefined;
  readonly taste: LengthTaste;
}

const startOf = ({ sentences }: Reading, first: number): number => sentences[first]?.fromS ?? 0;
const endOf = ({ sentences }: Reading, last: number): number => sentences[last]?.toS ?? 0;

function againstUsualPace({ reading }: Heard): MeasureWindow {
  const usual = spreadOf(typicalWindows(reading.sentences).map(([i, j]) => wordsPerSecond(reading, i, j)));
  const spread = Math.max(usual.deviation, LEAST_PACE_SPREAD);
  return (first, last) => clamp((wordsPerSecond(reading, first, last) - usual.mean) / spread, -2, 2);
}

function earliness({ reading }: Heard): MeasureWindow {
  const startS = startOf(reading, 0);
  const spanS = Math.max(
    1,
    Math.max(reading.durationS, endOf(reading, reading.sentences.length - 1)) - startS,
  );
  return (first) => clamp(1 - (startOf(reading, first) - startS) / spanS, 0, 1);
}

function unsureShare({ reading: { unsureTotals, wordTotals } }: Heard): MeasureWindow {
  const between = (totals: Float64Array, first: number, last: number): number =>
    (totals[last + 1] ?? 0) - (totals[first] ?? 0);
  return (first, last) => between(unsureTotals, first, last) / Math.max(1, between(wordTotals, first, last));
}

const ofSound =
  (quality: keyof ClipSound) =>
  ({ reading, sound }: Heard): MeasureWindow =>
  (first, last) =>
    sound?.[quality](startOf(reading, first), endOf(reading, last)) ?? 0;

const ofShape =
  (feature: keyof typeof shapeMeasures) =>
  ({ reading, taste }: Heard): MeasureWindow =>
  (first, last) =>
    shapeMeasures[feature](reading, first, last, taste);

/** How each feature of a whole clip is measured. */
const wholeMeasures: Partial<Record<FeatureName, (heard: Heard) => MeasureWindow>> = {
  goodLength: ofShape('goodLength'),
  answersItself: ofShape('answersItself'),
  wholeList: ofShape('wholeList'),
  cutList: ofShape('cutList'),
  furtherQuestions: ofShape('furtherQuestions'),
  seams: ofShape('seams'),
  wordsPerSecond: againstUsualPace,
  deadAir:
    ({ reading: { deadAirTotals } }) =>
    (first, last) =>
      (deadAirTotals[last] ?? 0) - (deadAirTotals[first] ?? 0),
  early: earliness,
  offLimits:
    ({ reading }) =>
    (first, last) =>
      offLimitsCost(offLimitsCount(reading, first, last), last - first + 1),
  unsureWords: unsureShare,
  loudness: ofSound('loudness'),
  rise: ofSound('rise'),
  dynamics: ofSound('dynamics'),
};

/** Beginnings and lengthened ends of all sentences, side by side for those who sum over thousands of windows. */
interface Times {
  readonly startsS: Float64Array;
  readonly endsS: Float64Array;
}

const timesOf = ({ sentences }: Reading): Times => ({
  startsS: Float64Array.from(sentences, ({ fromS }) => fromS),
  endsS: Float64Array.from(sentences, ({ toS }) => toS + SHRINKAGE_S),
});

/** Root of the density in spreads: the first such word of a clip says more than the fifth. */
const spreadsAt = (
  { startsS, endsS }: Times,
  totals: Float64Array,
  spread: number,
  first: number,
  last: number,
): number => {
  const sum = (totals[last + 1] ?? 0) - (totals[first] ?? 0);
  if (sum === 0) return 0;
  return Math.sqrt(Math.min(MOST_SPREADS, sum / (((endsS[last] ?? 0) - (startsS[first] ?? 0)) * spread)));
};

/** Most features are of this kind and are measured in every window of an episode: their loop touches nothing but numbers. */
const spreads = (times: Times, totals: Float64Array, spread: number): FeatureMeasure => ({
  at: (first, last) => spreadsAt(times, totals, spread, first, last),
  addTo: (sums, { first, last }, points) => {
    for (let n = 0; n < sums.length; n += 1)
      sums[n] = (sums[n] ?? 0) + points * spreadsAt(times, totals, spread, first[n] ?? 0, last[n] ?? 0);
  },
});

const NOTHING: FeatureMeasure = measured(() => 0);

/** Value of each feature of beginnings and endings, for every sentence. */
function boundaryValues({ marks }: Reading): readonly (Float64Array | undefined)[] {
  const values = FEATURES.map(({ place }) =>
    place === 'opening' || place === 'closing' ? new Float64Array(marks.length) : undefined,
  );
  marks.forEach((ofSentence, at) => {
    for (const { feature, value } of ofSentence) {
      const ofFeature = values[feature];
      if (ofFeature !== undefined) ofFeature[at] = (ofFeature[at] ?? 0) + value;
    }
  });
  return values;
}

/** Prepares every feature once, so that measuring a window is a subtraction. */
export function measureOf(
  reading: Reading,
  typicalSpread: (feature: number) => number,
  sound?: ClipSound,
  taste: LengthTaste = tasteOf('insight', undefined),
): Measure {
  const typical = typicalWindows(reading.sentences);
  const boundary = boundaryValues(reading);
  const times = timesOf(reading);
  const measures = FEATURES.map((feature, number): FeatureMeasure => {
    switch (feature.place) {
      case 'anywhere': {
        const totals = reading.markTotals[number];
        if (totals === undefined) return NOTHING;
        const own = spreadOf(typical.map(([i, j]) => density(reading, number, i, j))).deviation;
        const spread = blend(own, typical.length, typicalSpread(number));
        return spreads(times, totals, spread);
      }
      case 'opening': {
        const values = boundary[number];
        return measured((first) => values?.[first] ?? 0);
      }
      case 'closing': {
        const values = boundary[number];
        return measured((_, last) => values?.[last] ?? 0);
      }
      case 'whole': {
        const at = wholeMeasures[feature.name]?.({ reading, sound, taste });
        return at === undefined ? NOTHING : measured(at);
      }
    }
  });
  return (feature) => measures[feature] ?? NOTHING;
}
