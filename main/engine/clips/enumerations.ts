import type { Sentence } from './sentences.ts';

/** Steps or reasons that somebody counts out loud: the sentence of each, in order. */
export interface Enumeration {
  readonly steps: readonly number[];
}

/** What a sentence that begins a step may start with, after words like "and". */
const ORDINALS: readonly ReadonlySet<string>[] = [
  new Set(['first', 'firstly', 'one', '1']),
  new Set(['second', 'secondly', 'two', '2']),
  new Set(['third', 'thirdly', 'three', '3']),
  new Set(['fourth', 'fourthly', 'four', '4']),
  new Set(['fifth', 'fifthly', 'five', '5']),
  new Set(['sixth', 'six', '6']),
  new Set(['seventh', 'seven', '7']),
];
const LAST_STEP: ReadonlySet<string> = new Set(['finally', 'last', 'lastly']);
const BEFORE_ORDINAL: ReadonlySet<string> = new Set([
  'and',
  'so',
  'then',
  'well',
  'okay',
  'but',
  'the',
  'um',
  'uh',
]);
/** "Number two", "step two": the number alone would be an amount. */
const COUNTERS: ReadonlySet<string> = new Set(['number', 'step', 'rule', 'reason', 'lesson', 'tip']);
const CARDINAL = /^(?:one|two|three|four|five|six|seven|\d)$/u;
const LIST_MARK = /[,:.–—-]["'”’)]*$/u;
/** Steps further apart than this are chapters of a talk, and no clip can hold them all. */
const LONGEST_STEP_S = 25;
const LONGEST_LIST_S = 55;

/** Which step a sentence begins: 1 for the first, Infinity for one that says it is the last, 0 for none. */
function stepOf({ tokens, words }: Sentence): number {
  let at = 0;
  while (at < 2 && BEFORE_ORDINAL.has(tokens[at] ?? '')) at += 1;
  const isCounted = COUNTERS.has(tokens[at] ?? '');
  const token = tokens[isCounted ? at + 1 : at] ?? '';
  if (LAST_STEP.has(token)) return Infinity;
  const isBareAmount = CARDINAL.test(token) && !isCounted && !LIST_MARK.test(words[at]?.text ?? '');
  return isBareAmount ? 0 : ORDINALS.findIndex((names) => names.has(token)) + 1;
}

/** The steps that follow a first one; fewer than two are no list. */
function stepsFrom(sentences: readonly Sentence[], start: number): number[] {
  const steps = [start];
  const startS = sentences[start]?.fromS ?? 0;
  for (let at = start + 1; at < sentences.length; at += 1) {
    const sentence = sentences[at];
    const since = sentences[steps.at(-1) ?? start]?.toS ?? 0;
    if (sentence === undefined || sentence.fromS - since > LONGEST_STEP_S) break;
    const step = stepOf(sentence);
    if (step === 1 || sentence.toS - startS > LONGEST_LIST_S) break;
    if (step === steps.length + 1) steps.push(at);
    else if (step === Infinity && steps.length > 1) return [...steps, at];
  }
  return steps;
}

/** Lists that are counted out loud and short enough for a clip, in order of time. */
export function findEnumerations(sentences: readonly Sentence[]): Enumeration[] {
  const found: Enumeration[] = [];
  let at = 0;
  while (at < sentences.length) {
    const sentence = sentences[at];
    const steps = sentence !== undefined && stepOf(sentence) === 1 ? stepsFrom(sentences, at) : [];
    if (steps.length > 1) found.push({ steps });
    at = Math.max(at, steps.length > 1 ? (steps.at(-1) ?? at) : at) + 1;
  }
  return found;
}

const startOf = ({ steps }: Enumeration): number => steps[0] ?? 0;
const endOf = ({ steps }: Enumeration): number => steps.at(-1) ?? 0;

/** Whether a list lies whole within a clip. */
export const isWhole = (list: Enumeration, first: number, last: number): boolean =>
  first <= startOf(list) && endOf(list) <= last;

/** Whether a clip cuts a list: it holds a step and not all of them. */
export const isCut = (list: Enumeration, first: number, last: number): boolean =>
  ((first > startOf(list) && first <= endOf(list)) || (last >= startOf(list) && last < endOf(list))) &&
  list.steps.some((at) => first <= at && at <= last);
