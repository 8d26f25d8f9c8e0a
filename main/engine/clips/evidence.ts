import { toMilliseconds } from '../../domain/time.ts';
import { isUnsure } from '../../domain/transcript.ts';
import type { Evidence } from '../../domain/clip.ts';
import { FEATURES, type FeatureName } from './parts/catalogue.ts';
import { isOffLimits, type Reading } from './reading.ts';
import type { PartScore } from './score.ts';

/** Words of one sentence that earned or lost points; from and to count its words, to is exclusive. */
export interface Span {
  readonly feature: number;
  readonly sentence: number;
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/** Words before they are given their share of the feature's points. */
type Claim = Omit<Span, 'points' | 'feature'> & { readonly value: number };

/** A quotation longer than this is cut short: the receipt points at words, it does not reprint the clip. */
const QUOTED_WORDS = 12;
const OUTER_MARKS = /^[\s"“‘'(,.;:–—-]+|[\s"”)(,.;:–—-]+$/gu;

function quote(reading: Reading, { sentence, from, to, points }: Span): Evidence | undefined {
  const words = reading.sentences[sentence]?.words.slice(from, Math.min(to, from + QUOTED_WORDS)) ?? [];
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const text = words.map((word) => word.text).join(' ');
  return {
    text: text.replace(OUTER_MARKS, ''),
    fromS: toMilliseconds(first.fromS),
    toS: toMilliseconds(last.toS),
    points,
  };
}

const sentencesOf = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

const wholeSentence = (reading: Reading, sentence: number, value: number): Claim => ({
  sentence,
  from: 0,
  to: reading.sentences[sentence]?.words.length ?? 0,
  value,
});

/** The sentence that shows best how a clip is spoken: its longest. */
function longestSentence(reading: Reading, first: number, last: number): Claim {
  const lengthOf = (at: number): number => reading.sentences[at]?.words.length ?? 0;
  const longest = sentencesOf(first, last).reduce(
    (best, at) => (lengthOf(at) > lengthOf(best) ? at : best),
    first,
  );
  return wholeSentence(reading, longest, 1);
}

/** The last words before the longest pause. */
function beforeLongestPause({ sentences }: Reading, first: number, last: number): Claim {
  const pauseAfter = (at: number): number => (sentences[at + 1]?.fromS ?? 0) - (sentences[at]?.toS ?? 0);
  const sentence = sentencesOf(first, last - 1).reduce(
    (best, at) => (pauseAfter(at) > pauseAfter(best) ? at : best),
    first,
  );
  const to = sentences[sentence]?.words.length ?? 0;
  return { sentence, from: Math.max(0, to - 3), to, value: 1 };
}

type FindClaims = (reading: Reading, first: number, last: number) => Claim[];

/** The beginnings of the steps of every list that a clip holds or cuts. */
const stepsOf: FindClaims = ({ lists }, first, last) =>
  lists
    .flatMap(({ steps }) => steps)
    .filter((sentence) => first <= sentence && sentence <= last)
    .map((sentence) => ({ sentence, from: 0, to: 1, value: 1 }));

/** The last words before each seam. */
function beforeSeams({ sentences, seamTotals }: Reading, first: number, last: number): Claim[] {
  return sentencesOf(first, last - 1).flatMap((sentence) => {
    const to = sentences[sentence]?.words.length ?? 0;
    const value = (seamTotals[sentence + 1] ?? 0) - (seamTotals[sentence] ?? 0);
    return value > 0 ? [{ sentence, from: Math.max(0, to - 3), to, value }] : [];
  });
}

/** What each feature of the whole clip points at; the others point at the clip's longest sentence. */
const wholeClaims: Partial<Record<FeatureName, FindClaims>> = {
  early: (_, first) => [{ sentence: first, from: 0, to: 3, value: 1 }],
  wholeList: stepsOf,
  cutList: stepsOf,
  answersItself: (reading, first) => [wholeSentence(reading, first, 1)],
  furtherQuestions: (reading, first, last) =>
    sentencesOf(first + 1, last)
      .filter((at) => reading.turns.asks[at] === 1)
      .map((at) => wholeSentence(reading, at, 1)),
  seams: beforeSeams,
  deadAir: (reading, first, last) => [beforeLongestPause(reading, first, last)],
  offLimits: (reading, first, last) =>
    sentencesOf(first, last)
      .filter((at) => isOffLimits(reading, at))
      .map((at) => wholeSentence(reading, at, 1)),
  unsureWords: (reading, first, last) =>
    sentencesOf(first, last).flatMap((sentence) =>
      (reading.sentences[sentence]?.words ?? []).flatMap((word, from) =>
        isUnsure(word) ? [{ sentence, from, to: from + 1, value: 1 }] : [],
      ),
    ),
};

/** The words that a feature counted in a window, exactly as it counted them. */
function claimsOf(reading: Reading, feature: number, first: number, last: number): Claim[] {
  const { place = 'whole', name = 'early' } = FEATURES[feature] ?? {};
  if (place === 'whole')
    return wholeClaims[name]?.(reading, first, last) ?? [longestSentence(reading, first, last)];
  const [from, to] =
    place === 'opening' ? [first, first] : place === 'closing' ? [last, last] : [first, last];
  return sentencesOf(from, to).flatMap((sentence) =>
    place === 'anywhere' && isOffLimits(reading, sentence)
      ? []
      : (reading.marks[sentence] ?? [])
          .filter((mark) => mark.feature === feature)
          .map((mark) => ({ ...mark, sentence })),
  );
}

/** Shares out what each feature of a part gave among the words that earned it. */
export function spansOf(reading: Reading, part: PartScore, first: number, last: number): Span[] {
  return part.shares
    .filter(({ points }) => points !== 0)
    .flatMap(({ feature, points }) => {
      const claims = claimsOf(reading, feature, first, last);
      const total = claims.reduce((sum, { value }) => sum + value, 0);
      return claims.map(({ sentence, from, to, value }) => ({
        feature,
        sentence,
        from,
        to,
        points: (points * value) / total,
      }));
    });
}

/** Rounds to tenths by the largest remainder, so that the evidence adds up to what the part is worth. */
function roundShares(points: readonly number[], tenths: number): number[] {
  const floors = points.map((value) => Math.floor(value * 10));
  const order = points
    .map((value, i) => ({ i, remainder: value * 10 - (floors[i] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  let missing = tenths - floors.reduce((sum, value) => sum + value, 0);
  for (const { i } of order) {
    if (missing <= 0) break;
    floors[i] = (floors[i] ?? 0) + 1;
    missing -= 1;
  }
  return floors;
}

/** The evidence of a part, weightiest first; its points add up to the part's, and what rounds to nothing is left out. */
export function evidenceOf(reading: Reading, part: PartScore, spans: readonly Span[]): Evidence[] {
  const rounded = roundShares(
    spans.map(({ points }) => points),
    part.tenths,
  );
  return spans
    .flatMap((span, i) => {
      const tenths = rounded[i] ?? 0;
      const evidence = tenths === 0 ? undefined : quote(reading, { ...span, points: tenths / 10 });
      return evidence === undefined ? [] : [evidence];
    })
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || a.fromS - b.fromS);
}
