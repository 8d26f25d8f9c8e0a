import { doubtsBetween, isLoop, readDoubts, withoutDoubtful, type Doubts } from './doubt.ts';
import { FEATURES, featureNumber } from './parts/catalogue.ts';
import { ANSWERS, LINKS, POINTERS } from './parts/standsAlone.ts';
import { hasNumber, noteClosing, noteOpening, seamAfter, type Note, type Surroundings } from './edges.ts';
import { findEnumerations, type Enumeration } from './enumerations.ts';
import { findBreaks, pausesAfter } from './pauses.ts';
import type { OffLimits } from '../../domain/offLimits.ts';
import { changesVoice, isAside, isQuestion, readTurns, type Turns } from './turns.ts';
import type { PartName } from './parts/part.ts';
import { markPhrases, type Mark } from './phrases.ts';
import { isUnsure } from '../../domain/transcript.ts';
import { endsSentence, isMostlyPunctuated, type Sentence } from './sentences.ts';
import { isEnglish } from './language.ts';
import { markSubject } from './subject.ts';
import { findOffLimits, withoutAllowed, type OffLimitsRun } from './offLimits.ts';

/** An episode after one reading: what stands where, ready to be summed over any window. */
export interface Reading {
  readonly sentences: readonly Sentence[];
  /** False where the word lists cannot speak. */
  readonly english: boolean;
  /** BCP 47 tag, where somebody named the language. */
  readonly language: string | undefined;
  readonly marks: readonly (readonly Mark[])[];
  readonly offLimits: readonly OffLimitsRun[];
  /** Running totals over sentences: entry n sums sentences 0 to n - 1. */
  readonly markTotals: readonly (Float64Array | undefined)[];
  readonly wordTotals: Float64Array;
  readonly unsureTotals: Float64Array;
  readonly doubts: Doubts;
  /** Words that the recogniser guessed, and those of lines that come again word for word. */
  readonly doubtTotals: Float64Array;
  readonly offLimitsTotals: Int32Array;
  readonly deadAirTotals: Float64Array;
  readonly seamTotals: Float64Array;
  readonly turns: Turns;
  readonly lists: readonly Enumeration[];
  readonly durationS: number;
}

export interface ReadingInput {
  readonly sentences: readonly Sentence[];
  readonly durationS: number;
  readonly title: string;
  readonly language?: string;
  readonly offLimitsPhrases: readonly string[];
  /** Found off limits before, and allowed by a person. */
  readonly allowed?: readonly OffLimits[];
}

/** A pause that a listener does not notice. */
const UNNOTICED_PAUSE_S = 1;

/** How many sentences of a window are off limits. */
export const offLimitsCount = ({ offLimitsTotals }: Reading, first: number, last: number): number =>
  (offLimitsTotals[last + 1] ?? 0) - (offLimitsTotals[first] ?? 0);

export const isOffLimits = (reading: Reading, sentence: number): boolean =>
  offLimitsCount(reading, sentence, sentence) > 0;

const runningTotal = (count: number, valueAt: (index: number) => number): Float64Array => {
  const totals = new Float64Array(count + 1);
  for (let i = 0; i < count; i += 1) totals[i + 1] = (totals[i] ?? 0) + valueAt(i);
  return totals;
};

const NOT_QUOTABLE: ReadonlySet<string> = new Set(
  "he she they them his her their he's she's they're i'd we'd said um uh here there this these those mean know okay".split(
    ' ',
  ),
);
const IS_GENERAL: ReadonlySet<string> = new Set(
  "is are isn't aren't don't doesn't never always you can can't will won't it's that's people everyone nobody nothing every must".split(
    ' ',
  ),
);

function isQuotable({ tokens, text }: Sentence): boolean {
  const first = tokens[0] ?? '';
  if (tokens.length < 6 || tokens.length > 16 || !endsSentence(text)) return false;
  if (LINKS.has(first) || POINTERS.has(first) || ANSWERS.has(first)) return false;
  return (
    tokens.some((token) => IS_GENERAL.has(token)) &&
    !tokens.some((token) => NOT_QUOTABLE.has(token) || hasNumber(token))
  );
}

/** Twenty percent, 20%; "half" and "double" are said of too many other things. */
const PROPORTION = /%$|^per ?cent$/u;

/** Nothing longer is a quick reply. */
const MOST_QUICK_WORDS = 6;

/** Notes what laughter follows: voices that take turns, a few words at a time. */
function notePlay({ sentences }: Surroundings, at: number, note: Note): void {
  const sentence = sentences[at];
  if (sentence === undefined) return;
  const count = sentence.words.length;
  if (changesVoice(sentences[at - 1], sentence)) note('voices', 0, 1);
  if (count <= MOST_QUICK_WORDS) note('quickReplies', 0, count);
  if (/[!！]["'”’)]*$/u.test(sentence.text)) note('exclamations', count - 1, count);
  if (isQuestion(sentence)) note('askedInPlay', 0, count);
}

function markSentence(around: Surroundings, at: number, english: boolean): Mark[] {
  const { sentences, turns } = around;
  const sentence = sentences[at];
  if (sentence === undefined) return [];
  const marks = english ? markPhrases(sentence) : [];
  const note: Note = (name, from, to, value = 1) => {
    const feature = featureNumber(name);
    if (english || FEATURES[feature]?.anyLanguage === true) marks.push({ feature, from, to, value });
  };
  noteOpening(around, at, note);
  noteClosing(around, at, note);
  sentence.tokens.forEach((token, word) => {
    if (hasNumber(token)) note('numbers', word, word + 1);
    if (PROPORTION.test(token)) note('proportions', word, word + 1);
  });
  if (english && isQuotable(sentence)) note('quotableLine', 0, sentence.words.length);
  notePlay(around, at, note);
  if (isAside(sentences, turns, at)) note('asides', 0, sentence.words.length);
  if (isLoop(sentences, at)) note('loops', 0, sentence.words.length);
  return marks;
}

const IDLE: ReadonlySet<number> = new Set([featureNumber('smallTalk'), featureNumber('asides')]);
/** Small talk and remarks in passing. */
export const isIdle = (marks: readonly Mark[]): boolean => marks.some(({ feature }) => IDLE.has(feature));
const PACE: ReadonlySet<string> = new Set<PartName>(['shape', 'pace', 'humour', 'story']);
const isContent = ({ feature }: Mark): boolean => {
  const { place, part } = FEATURES[feature] ?? {};
  return place === 'anywhere' && !PACE.has(part ?? '');
};

/** Small talk and remarks in passing earn nothing by their words: "no, not at all" is no claim. */
const dropIdleClaims = (marks: Mark[]): Mark[] =>
  isIdle(marks) ? marks.filter((mark) => !isContent(mark)) : marks;

function countOffLimits(count: number, runs: readonly OffLimitsRun[]): Uint8Array {
  const isOff = new Uint8Array(count);
  for (const { first, last } of runs) isOff.fill(1, first, last + 1);
  return isOff;
}

/** Reads an episode once, front to back; everything after this is sums. */
export function readEpisode({
  sentences,
  durationS,
  title,
  language,
  offLimitsPhrases,
  allowed = [],
}: ReadingInput): Reading {
  const english = isEnglish(sentences, language);
  const offLimits = withoutAllowed(findOffLimits(sentences, offLimitsPhrases, english), sentences, allowed);
  const isOff = countOffLimits(sentences.length, offLimits);
  const turns = readTurns(sentences);
  const pausesS = pausesAfter(sentences);
  const breaks = findBreaks(pausesS);
  const around = { sentences, turns, breaks, isPunctuated: isMostlyPunctuated(sentences) };
  const isCounted = (at: number): boolean => isOff[at] === 0;
  const doubts = readDoubts(sentences);
  const marks = sentences.map((_, at) =>
    withoutDoubtful(dropIdleClaims(markSentence(around, at, english)), at, doubts),
  );
  const idle = marks.map(isIdle);
  markSubject(sentences, isCounted, title, (at, mark) => {
    if (idle[at] !== true) marks[at]?.push(...withoutDoubtful([mark], at, doubts));
  });
  return {
    sentences,
    english,
    language,
    marks,
    offLimits,
    markTotals: totalMarks(marks, isCounted),
    unsureTotals: runningTotal(sentences.length, (at) => sentences[at]?.words.filter(isUnsure).length ?? 0),
    doubts,
    doubtTotals: runningTotal(sentences.length, (at) =>
      doubtsBetween(doubts, at, 0, doubts[at]?.length ?? 0),
    ),
    wordTotals: runningTotal(sentences.length, (at) => sentences[at]?.words.length ?? 0),
    offLimitsTotals: Int32Array.from(runningTotal(sentences.length, (at) => isOff[at] ?? 0)),
    deadAirTotals: runningTotal(sentences.length, (at) =>
      Math.max(0, (pausesS[at] ?? 0) - UNNOTICED_PAUSE_S),
    ),
    seamTotals: runningTotal(sentences.length, (at) => seamAfter(around, at)),
    turns,
    lists: english ? findEnumerations(sentences) : [],
    durationS,
  };
}

function totalMarks(
  marks: readonly (readonly Mark[])[],
  isCounted: (sentence: number) => boolean,
): (Float64Array | undefined)[] {
  const totals = FEATURES.map(({ place }) =>
    place === 'anywhere' ? new Float64Array(marks.length + 1) : undefined,
  );
  marks.forEach((ofSentence, at) => {
    for (const total of totals) if (total !== undefined) total[at + 1] = total[at] ?? 0;
    if (!isCounted(at)) return;
    for (const { feature, value } of ofSentence) {
      const total = totals[feature];
      if (total !== undefined) total[at + 1] = (total[at + 1] ?? 0) + value;
    }
  });
  return totals;
}
