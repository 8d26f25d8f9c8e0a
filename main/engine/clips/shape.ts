import { clamp } from '../../domain/time.ts';
import { cutLists, wholeLists } from './enumerations.ts';
import type { Reading } from './reading.ts';
import { answersItself, furtherQuestions } from './turns.ts';

/** Lengths at which a clip begins to be worth something, is at its best, and is too long for one point. */
const LENGTHS = { leastS: 10, bestFromS: 22, bestToS: 42, mostS: 65 };
/** Further questions and seams beyond this many make a clip no worse. */
const MOST_QUESTIONS = 2;
const MOST_SEAMS = 5;

/** 0 to 1: best between 22 and 42 s, less for what is hardly begun or too long. */
export function lengthWorth(seconds: number): number {
  const { leastS, bestFromS, bestToS, mostS } = LENGTHS;
  const rise = (seconds - leastS) / (bestFromS - leastS);
  const fall = (mostS - seconds) / (mostS - bestToS);
  return clamp(Math.min(rise, fall), 0, 1);
}

type MeasureShape = (reading: Reading, first: number, last: number) => number;

/** How each feature of a clip's shape is measured. */
export const shapeMeasures = {
  goodLength: ({ sentences }, first, last) =>
    lengthWorth((sentences[last]?.toS ?? 0) - (sentences[first]?.fromS ?? 0)),
  answersItself: ({ sentences, turns }, first, last) => Number(answersItself(sentences, turns, first, last)),
  wholeList: ({ lists }, first, last) => Math.min(1, wholeLists(lists, first, last).length),
  cutList: ({ lists }, first, last) => Math.min(1, cutLists(lists, first, last).length),
  furtherQuestions: ({ turns }, first, last) =>
    Math.min(MOST_QUESTIONS, furtherQuestions(turns, first, last)),
  seams: ({ seamTotals }, first, last) =>
    Math.min(MOST_SEAMS, (seamTotals[last] ?? 0) - (seamTotals[first] ?? 0)),
} satisfies Record<string, MeasureShape>;
