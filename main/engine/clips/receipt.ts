import type { Confidence, ScorePart } from '../../domain/clip.ts';
import { FEATURES } from './parts/catalogue.ts';
import { evidenceOf, quotedText, spansOf, type Span } from './evidence.ts';
import type { Reading } from './reading.ts';
import type { Scorer, WindowScore } from './score.ts';

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

/** The parts without their evidence, for when thousands of windows are listed. */
export const briefParts = (scorer: Scorer, score: WindowScore): ScorePart[] => [
  ...score.parts.map(({ name, tenths }) => ({
    name,
    points: points(tenths),
    max: scorer.maxOf(name),
    because: [],
  })),
  ...scalingPart(scorer, score),
];

interface Merit {
  readonly feature: number;
  readonly points: number;
  readonly best: Span;
}

/** What each feature gave, with the words that gave most of it. */
function meritsOf(spans: readonly Span[]): Merit[] {
  const merits = new Map<number, Merit>();
  for (const span of spans) {
    const merit = merits.get(span.feature);
    if (merit === undefined)
      merits.set(span.feature, { feature: span.feature, points: span.points, best: span });
    else
      merits.set(span.feature, {
        feature: span.feature,
        points: merit.points + span.points,
        best: Math.abs(span.points) > Math.abs(merit.best.points) ? span : merit.best,
      });
  }
  return [...merits.values()];
}

/** Placement and pace are worth points but tell nobody why a moment matters. */
const TELLING = 1;
const NAMED_MERITS = 3;

function join(phrases: readonly string[]): string {
  const last = phrases.at(-1) ?? '';
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(', ')} and ${last}`;
}

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Why this moment, as an editor would say it to another: the strongest reasons first, then what speaks against it. */
function tell(reading: Reading, spans: readonly Span[]): string {
  const merits = meritsOf(spans).sort((a, b) => b.points - a.points || a.feature - b.feature);
  const praiseOf = ({ feature, best }: Merit): string => {
    const { praise = '', place } = FEATURES[feature] ?? {};
    return place === 'anywhere' ? `${praise} (“${quotedText(reading, best)}”)` : praise;
  };
  const isWhole = ({ feature }: Merit): boolean => FEATURES[feature]?.place === 'whole';
  const good = merits.filter((merit) => merit.points >= TELLING && !isWhole(merit)).slice(0, NAMED_MERITS);
  const worst = merits.at(-1);
  const against = worst !== undefined && worst.points <= -TELLING ? ` It ${praiseOf(worst)}.` : '';
  const told = good.length === 0 ? 'Nothing stands out in its words' : capitalise(join(good.map(praiseOf)));
  return `${told}.${against}`;
}

/** Writes out a window's score. */
export function writeReceipt(
  reading: Reading,
  scorer: Scorer,
  score: WindowScore,
  first: number,
  last: number,
): Receipt {
  const spansByPart = score.parts.map((part) => spansOf(reading, part, first, last));
  return {
    parts: [
      ...score.parts.map((part, i) => ({
        name: part.name,
        points: points(part.tenths),
        max: scorer.maxOf(part.name),
        because: evidenceOf(reading, part, spansByPart[i] ?? []),
      })),
      ...scalingPart(scorer, score),
    ],
    reason: tell(reading, spansByPart.flat()),
  };
}

/** Windows above this share of the episode's are its best. */
const BEST_SHARE = 0.97;
const GOOD_SHARE = 0.85;

/** How far the score can be trusted: by how clearly it stands out, and by how much of the scorer could speak. */
export function confidenceOf(reading: Reading, rank: number, first: number, last: number): Confidence {
  const timings = reading.sentences.slice(first, last + 1).map(({ timing }) => timing);
  if (!reading.english || timings.includes('approximate') || rank < GOOD_SHARE) return 'low';
  return rank >= BEST_SHARE && reading.sentences.length >= 40 ? 'high' : 'medium';
}
