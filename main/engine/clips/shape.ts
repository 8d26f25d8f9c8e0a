import { clamp } from '../../domain/time.ts';
import { cutLists, wholeLists } from './enumerations.ts';
import type { Reading } from './reading.ts';
import { answersItself, furtherQuestions } from './turns.ts';

/** A clip is at its best between these lengths, worth nothing more at the longest, and loses fast below the shortest. */
const LENGTHS = { bestFromS: 20, bestToS: 42, mostS: 64 };
const LOST_PER_SECOND = 0.4;
const MOST_LOST = -3;
/** Further questions and seams beyond this many make a clip no worse. */
const MOST_QUESTIONS = 2;
const MOST_SEAMS = 5;

/** 1 between 20 and 42 s, falling gently to 0 for what is long, and steeply to -3 for what has hardly begun. */
export function lengthWorth(seconds: number): number {
  const { bestFromS, bestToS, mostS } = LENGTHS;
  const rise = 1 - LOST_PER_SECOND * (bestFromS - seconds);
  const fall = (mostS - seconds) / (mostS - bestToS);
  return clamp(Math.min(rise, Math.max(0, fall)), MOST_LOST, 1);
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
