import { FEATURES, featureNumber, type FeatureName } from './parts/catalogue.ts';
import { ANSWERS, EARLY_POINTERS, LINKS, POINTERS, STUMBLES } from './parts/standsAlone.ts';
import { markPhrases, type Mark } from './phrases.ts';
import type { Word } from '../../domain/transcript.ts';
import { endsSentence, type Sentence } from './sentences.ts';
import { isEnglish } from './language.ts';
import { markSubject } from './subject.ts';
import { findOffLimits, type OffLimitsRun } from './offLimits.ts';

/** An episode after one reading: what stands where, ready to be summed over any window. */
export interface Reading {
  readonly sentences: readonly Sentence[];
  /** False where the word lists cannot speak. */
  readonly english: boolean;
  readonly marks: readonly (readonly Mark[])[];
  readonly offLimits: readonly OffLimitsRun[];
  /** Running totals over sentences: entry n sums sentences 0 to n - 1. */
  readonly markTotals: readonly (Float64Array | undefined)[];
  readonly wordTotals: Float64Array;
  readonly unsureTotals: Float64Array;
  readonly offLimitsTotals: Int32Array;
  readonly deadAirTotals: Float64Array;
  readonly durationS: number;
}

export interface ReadingInput {
  readonly sentences: readonly Sentence[];
  readonly durationS: number;
  readonly title: string;
  readonly language?: string;
  readonly offLimitsPhrases: readonly string[];
}

/** A pause that a listener does not notice. */
const UNNOTICED_PAUSE_S = 1;

/** Below this a recogniser is guessing. */
const UNSURE_CONFIDENCE = 0.4;

export const isUnsure = ({ confidence }: Word): boolean =>
  confidence !== null && confidence < UNSURE_CONFIDENCE;

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

const isQuestion = (sentence: Sentence): boolean => /[?？؟]["'”’)]*$/u.test(sentence.text);
const hasNumber = (token: string): boolean => /\d/u.test(token);
const changesVoice = (a: Sentence | undefined, b: Sentence | undefined): boolean =>
  a?.speaker !== undefined && b?.speaker !== undefined && a.speaker !== b.speaker;

type Note = (name: FeatureName, from: number, to: number, value?: number) => void;

/** The first word that points at something not yet heard; -1 if none of the first few does. */
function pointerIn(tokens: readonly string[], from: number): number {
  if (POINTERS.has(tokens[from] ?? '')) return from;
  const early = tokens.slice(from + 1, from + 4).findIndex((token) => EARLY_POINTERS.has(token));
  return early < 0 ? -1 : from + 1 + early;
}

function noteOpening(sentence: Sentence, previous: Sentence | undefined, note: Note): void {
  const { tokens, words } = sentence;
  const first = tokens[0] ?? '';
  const few = Math.min(words.length, 3);
  const answersOutside =
    previous !== undefined &&
    isQuestion(previous) &&
    !isQuestion(sentence) &&
    changesVoice(previous, sentence);
  const startsLow = /^\p{Ll}/u.test(sentence.text) && previous !== undefined && !endsSentence(previous.text);
  const isLink = LINKS.has(first);
  const pointer = pointerIn(tokens, isLink || STUMBLES.has(first) ? 1 : 0);
  if (!sentence.opensSentence || startsLow) note('opensMidSentence', 0, few);
  if (isLink) note('opensWithLink', 0, 1);
  if (pointer >= 0) note('opensWithPointer', pointer, pointer + 1);
  if (ANSWERS.has(first)) note('opensWithAnswer', 0, 1);
  else if (answersOutside) note('opensWithAnswer', 0, few);
  else if (!isLink && pointer < 0 && !STUMBLES.has(first) && sentence.opensSentence && !startsLow)
    note('opensClean', 0, few);
  if (isQuestion(sentence)) note('opensWithQuestion', 0, words.length);
  const number = tokens.slice(0, 12).findIndex(hasNumber);
  if (number >= 0) note('opensWithNumber', number, number + 1);
}

const PAUSE_AFTER_S = 0.35;
const SHORT_WORDS = 12;

function noteClosing(
  sentence: Sentence,
  next: Sentence | undefined,
  isPunctuated: boolean,
  note: Note,
): void {
  const count = sentence.words.length;
  const tail = Math.max(0, count - 3);
  const isWhole = sentence.closesSentence && (!isPunctuated || endsSentence(sentence.text));
  if (isQuestion(sentence)) note('endsOnQuestion', 0, count);
  else if (isWhole) note('endsWhole', tail, count);
  else note('endsHanging', tail, count);
  if (isWhole && count >= 3 && count <= SHORT_WORDS && !isQuestion(sentence)) note('endsShort', 0, count);
  if (next === undefined || changesVoice(sentence, next)) note('endsTurn', tail, count);
  else if (LINKS.has(next.tokens[0] ?? '')) note('runsOn', tail, count);
  if (next !== undefined && next.fromS - sentence.toS >= PAUSE_AFTER_S) note('endsWithPause', tail, count);
}

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

/** Sentences that say again what one of the last three said: a sign of a recogniser caught in a loop. */
function isLoop(sentences: readonly Sentence[], at: number): boolean {
  const text = sentences[at]?.tokens.join(' ') ?? '';
  if ((sentences[at]?.tokens.length ?? 0) < 4) return false;
  for (let back = 1; back <= 3; back += 1) if (sentences[at - back]?.tokens.join(' ') === text) return true;
  return false;
}

function markSentence(
  sentences: readonly Sentence[],
  at: number,
  isPunctuated: boolean,
  english: boolean,
): Mark[] {
  const sentence = sentences[at];
  if (sentence === undefined) return [];
  const marks = english ? markPhrases(sentence) : [];
  const note: Note = (name, from, to, value = 1) => {
    const feature = featureNumber(name);
    if (english || FEATURES[feature]?.anyLanguage === true) marks.push({ feature, from, to, value });
  };
  noteOpening(sentence, sentences[at - 1], note);
  noteClosing(sentence, sentences[at + 1], isPunctuated, note);
  sentence.tokens.forEach((token, word) => {
    if (hasNumber(token)) note('numbers', word, word + 1);
  });
  if (english && isQuotable(sentence)) note('quotableLine', 0, sentence.words.length);
  if (changesVoice(sentences[at - 1], sentence)) note('voices', 0, 1);
  if (isLoop(sentences, at)) note('loops', 0, sentence.words.length);
  return marks;
}

/** Half of the sentences end in a full stop or the like: its absence elsewhere means something. */
const isMostlyPunctuated = (sentences: readonly Sentence[]): boolean =>
  sentences.filter(({ text }) => endsSentence(text)).length * 2 >= sentences.length;

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
}: ReadingInput): Reading {
  const english = isEnglish(sentences, language);
  const offLimits = findOffLimits(sentences, offLimitsPhrases, english);
  const isOff = countOffLimits(sentences.length, offLimits);
  const isPunctuated = isMostlyPunctuated(sentences);
  const isCounted = (at: number): boolean => isOff[at] === 0;
  const marks = sentences.map((_, at) => markSentence(sentences, at, isPunctuated, english));
  markSubject({ sentences, isCounted }, title, (at, mark) => marks[at]?.push(mark));
  return {
    sentences,
    english,
    marks,
    offLimits,
    markTotals: totalMarks(marks, isCounted),
    unsureTotals: runningTotal(sentences.length, (at) => sentences[at]?.words.filter(isUnsure).length ?? 0),
    wordTotals: runningTotal(sentences.length, (at) => sentences[at]?.words.length ?? 0),
    offLimitsTotals: Int32Array.from(runningTotal(sentences.length, (at) => isOff[at] ?? 0)),
    deadAirTotals: runningTotal(sentences.length, (at) => {
      const gapS = (sentences[at + 1]?.fromS ?? 0) - (sentences[at]?.toS ?? 0);
      return Math.max(0, gapS - UNNOTICED_PAUSE_S);
    }),
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
