import type { Confidence, ScorePart } from '../../domain/clip.ts';
import { evidenceOf, spansOf } from './evidence.ts';
import { faultOf, kindOf } from './kinds.ts';
import { strongestLine, type PointsOf } from './lines.ts';
import { FEATURES, featureNumber } from './parts/catalogue.ts';
import type { Reading } from './reading.ts';
import type { PartScore, Scorer, WindowScore } from './score.ts';
import { foldWord } from './sentences.ts';
import { whySilent } from './silence.ts';

/** A score written out: every part with the words that earned it, and the same in one sentence. */
export interface Receipt {
  readonly parts: ScorePart[];
  readonly reason: string;
}

const points = (tenths: number): number => tenths / 10;

function scalingPart(scorer: Scorer, { scalingTenths }: WindowScore): ScorePart[] {
  return scorer.scalingMax === 0
    ? []
    : [{ name: 'scaling', points: points(scalingTenths), max: scorer.scalingMax, because: [] }];
}

const toPart = (
  reading: Reading,
  scorer: Scorer,
  { name, tenths }: PartScore,
  because: ScorePart['because'],
): ScorePart => ({
  name,
  points: points(tenths),
  max: scorer.maxOf(name),
  because,
  ...(scorer.isSilent(name) ? { silent: whySilent(name, reading) } : {}),
});

/** The parts without their evidence, for when thousands of windows are listed. */
export const briefParts = (reading: Reading, scorer: Scorer, score: WindowScore): ScorePart[] => [
  ...score.parts.map((part) => toPart(reading, scorer, part, [])),
  ...scalingPart(scorer, score),
];

/** A fault that costs less is not worth a warning; everybody stumbles a little. */
const WARNING_POINTS = -1.5;
const STUMBLING_POINTS = -3.5;
const FILLERS = featureNumber('fillers');
/** Words that end a quotation as they end a sentence. */
const CLOSING_MARKS = /[.!?…]["'”’)]*$/u;

function pointsByFeature(parts: readonly PartScore[]): ReadonlyMap<number, number> {
  return new Map(
    parts.flatMap(({ shares }) => shares.map(({ feature, points: given }) => [feature, given] as const)),
  );
}

/** The worst fault; telling a story instead of making a claim is none, whatever it costs. */
function worstFault(given: ReadonlyMap<number, number>): number | undefined {
  let worst: number | undefined;
  for (const [feature, lost] of given)
    if (
      FEATURES[feature]?.part !== 'story' &&
      lost <= (feature === FILLERS ? STUMBLING_POINTS : WARNING_POINTS) &&
      lost < (given.get(worst ?? -1) ?? 0)
    )
      worst = feature;
  return worst;
}

function quoteLine(text: string): string {
  const bare = text.replace(/^["“]+|["”,;:–—-]+$/gu, '');
  const said = bare.charAt(0).toUpperCase() + bare.slice(1);
  return CLOSING_MARKS.test(said) ? `“${said}”` : `“${said}.”`;
}

/** Why this moment, as an editor would say it to another: what it is, its strongest line, and at most one warning. */
function tell(reading: Reading, score: WindowScore, told: Told): string {
  const { first, last, pointsOf, title } = told;
  const given = pointsByFeature(score.parts);
  const kind = kindOf(reading, first, last, given);
  const isTitle = (text: string): boolean => foldWord(text) === foldWord(title);
  const line =
    strongestLine(reading, first, last, pointsOf, isTitle) ?? strongestLine(reading, first, last, pointsOf);
  const quoted = line === undefined ? '' : quoteLine(line.text);
  const fault = worstFault(given);
  const warning = fault === undefined ? '' : ` But it ${faultOf(fault)}.`;
  if (kind === undefined) return `Nothing stands out in its words.${warning}`;
  const named = `${kind.name}${kind.also}`;
  return quoted === '' ? `${named}.${warning}` : `${named}: ${quoted}${warning}`;
}

/** The clip that a receipt is written for: its sentences, its title, and what a unit of each feature is worth. */
export interface Told {
  readonly first: number;
  readonly last: number;
  readonly title: string;
  readonly pointsOf: PointsOf;
}

/** Writes out a window's score. */
export function writeReceipt(reading: Reading, scorer: Scorer, score: WindowScore, told: Told): Receipt {
  const { first, last } = told;
  const spansByPart = score.parts.map((part) => spansOf(reading, part, first, last));
  return {
    parts: [
      ...score.parts.map((part, i) =>
        toPart(reading, scorer, part, evidenceOf(reading, part, spansByPart[i] ?? [])),
      ),
      ...scalingPart(scorer, score),
    ],
    reason: `${tell(reading, score, told)}${tellDoubt(reading, first, last)}`,
  };
}

/** Windows above this share of the episode's are its best. */
const BEST_SHARE = 0.97;
const GOOD_SHARE = 0.85;

/** From this share of doubtful words on a score says little, and from the smaller one on it is not to be sworn by. */
const DOUBTFUL_SHARE = 0.15;
const UNCLEAR_SHARE = 0.04;

const between = (totals: Float64Array, first: number, last: number): number =>
  (totals[last + 1] ?? 0) - (totals[first] ?? 0);

/** What a person should know of the words of a clip; empty where next to none of them are doubtful. */
function tellDoubt({ doubtTotals, wordTotals }: Reading, first: number, last: number): string {
  const doubtful = between(doubtTotals, first, last);
  const words = between(wordTotals, first, last);
  if (doubtful < words * UNCLEAR_SHARE || doubtful === 0) return '';
  return ` ${doubtful} of its ${words} words may not be what was said: listen first.`;
}

/**
 * How far the score can be trusted: by how clearly it stands out, by how much of the scorer could speak, and by how surely
 * the words are those that were said.
 */
export function confidenceOf(reading: Reading, rank: number, first: number, last: number): Confidence {
  const { doubtTotals, wordTotals } = reading;
  const doubt = between(doubtTotals, first, last) / Math.max(1, between(wordTotals, first, last));
  const timings = reading.sentences.slice(first, last + 1).map(({ timing }) => timing);
  if (!reading.english || timings.includes('approximate') || rank < GOOD_SHARE) return 'low';
  if (doubt >= DOUBTFUL_SHARE) return 'low';
  if (doubt >= UNCLEAR_SHARE) return 'medium';
  return rank >= BEST_SHARE && reading.sentences.length >= 40 ? 'high' : 'medium';
}
