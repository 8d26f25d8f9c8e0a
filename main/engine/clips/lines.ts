import { FEATURES } from './parts/catalogue.ts';
import { clausesOf, isSelfContained } from './clauses.ts';
import { doubtsBetween } from './doubt.ts';
import { COMMON_WORDS, wordSet } from './language.ts';
import { isIdle, type Reading } from './reading.ts';
import { isQuestion } from './turns.ts';

/** Points that one unit of a feature is worth. */
export type PointsOf = (feature: number) => number;

/** Nothing longer can be taken in at a glance. */
const MOST_WORDS = 22;
const FEWEST_WORDS = 4;
/** A line that lands the clip is worth this much more. */
const LANDING_WORTH = 1;
const POINTING_COST = 1.5;

/** Added to a line's words, so that two words with one of weight in them do not beat a whole thought. */
const SHRINKAGE_WORDS = 12;
const MARKED_SHARE = 3;
/** More words than this make a line no fuller. */
const FULL_WORDS = 12;
const MOST_SUBJECTS = 4;
const STUMBLING = wordSet('um uh mean know like yeah guess okay kind sort basically actually thanks thank');

/** How much a line holds: enough words, some of them of substance, and none stumbled over. */
function substance(tokens: readonly string[]): number {
  const subjects = tokens.filter((token) => token.length > 3 && !COMMON_WORDS.has(token)).length;
  const stumbled = tokens.filter((token) => STUMBLING.has(token)).length;
  return Math.min(tokens.length, FULL_WORDS) / 8 + Math.min(subjects, MOST_SUBJECTS) * 0.3 - stumbled;
}

/** What the marked words between two words of a sentence are worth together. */
export function markedPoints(
  reading: Reading,
  at: number,
  from: number,
  to: number,
  pointsOf: PointsOf,
): number {
  let sum = 0;
  for (const mark of reading.marks[at] ?? [])
    if (mark.from >= from && mark.to <= to && FEATURES[mark.feature]?.place === 'anywhere')
      sum += pointsOf(mark.feature);
  return sum;
}

/** What a line says, not what it is about: the subject's words are worth nothing to somebody who does not know it yet. */
const ofClaims =
  (pointsOf: PointsOf): PointsOf =>
  (feature) =>
    FEATURES[feature]?.part === 'theme' ? 0 : pointsOf(feature);

/** A line as it would be quoted, and what it is worth. */
export interface Line {
  readonly sentence: number;
  readonly text: string;
  readonly worth: number;
}

function lineOf(reading: Reading, at: number, isLast: boolean, pointsOf: PointsOf): Line | undefined {
  const sentence = reading.sentences[at];
  if (sentence === undefined || isIdle(reading.marks[at] ?? []) || isQuestion(sentence)) return undefined;
  const lines = clausesOf(sentence, reading.english).flatMap(({ from, to, isSentence }): Line[] => {
    const count = to - from;
    if (count < FEWEST_WORDS || count > MOST_WORDS) return [];
    if (doubtsBetween(reading.doubts, at, from, to) > 0) return [];
    const text = sentence.words
      .slice(from, to)
      .map((word) => word.text)
      .join(' ');
    const marked = markedPoints(reading, at, from, to, ofClaims(pointsOf));
    const tokens = sentence.tokens.slice(from, to);
    const worth =
      (MARKED_SHARE * marked) / (count + SHRINKAGE_WORDS) +
      substance(tokens) +
      (isSentence ? 1 : 0) +
      (isLast ? LANDING_WORTH : 0) -
      (isSelfContained(tokens[0] ?? '') ? 0 : POINTING_COST);
    return [{ sentence: at, text, worth }];
  });
  return lines.sort((a, b) => b.worth - a.worth)[0];
}

/** The line of a clip that an editor would read out, other than the ones already used; undefined if it has none. */
export function strongestLine(
  reading: Reading,
  first: number,
  last: number,
  pointsOf: PointsOf,
  isUsed: (text: string) => boolean = () => false,
): Line | undefined {
  let best: Line | undefined;
  for (let at = first; at <= last; at += 1) {
    const line = lineOf(reading, at, at === last, pointsOf);
    if (line !== undefined && !isUsed(line.text) && line.worth > (best?.worth ?? -Infinity)) best = line;
  }
  return best;
}
