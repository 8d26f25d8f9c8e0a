import type { FeatureName } from './parts/catalogue.ts';
import { ANSWERS, EARLY_POINTERS, LINKS, POINTERS, STUMBLES } from './parts/standsAlone.ts';
import { endsSentence, type Sentence } from './sentences.ts';
import { changesVoice, endsOnAside, isQuestion, opensOnAside, type Turns } from './turns.ts';

/** What the beginning and the ending of a clip are judged by. */
export interface Surroundings {
  readonly sentences: readonly Sentence[];
  readonly turns: Turns;
  /** 1 after which sentences a pause says that something new begins. */
  readonly breaks: Uint8Array;
  /** Half of the sentences end in a full stop or the like: its absence elsewhere means something. */
  readonly isPunctuated: boolean;
}

export type Note = (name: FeatureName, from: number, to: number, value?: number) => void;

const DIGIT = /\d/u;
export const hasNumber = (token: string): boolean => DIGIT.test(token);

/** Whether a text begins with a small letter. */
const isLowerCase = (text: string): boolean => text.charAt(0) !== text.charAt(0).toUpperCase();

/** The first word that points at something not yet heard; -1 if none of the first few does. */
function pointerIn(tokens: readonly string[], from: number): number {
  if (POINTERS.has(tokens[from] ?? '')) return from;
  const early = tokens.slice(from + 1, from + 4).findIndex((token) => EARLY_POINTERS.has(token));
  return early < 0 ? -1 : from + 1 + early;
}

/** Notes what a clip that begins with this sentence would begin with. */
export function noteOpening({ sentences, turns, breaks }: Surroundings, at: number, note: Note): void {
  const sentence = sentences[at];
  if (sentence === undefined) return;
  const previous = sentences[at - 1];
  const { tokens, words } = sentence;
  const first = tokens[0] ?? '';
  const few = Math.min(words.length, 3);
  const answersOutside = isQuestion(previous) && !isQuestion(sentence) && changesVoice(previous, sentence);
  const startsLow = isLowerCase(sentence.text) && previous !== undefined && !endsSentence(previous.text);
  const isMidSentence = !sentence.opensSentence || startsLow;
  const isLink = LINKS.has(first);
  const pointer = pointerIn(tokens, isLink || STUMBLES.has(first) ? 1 : 0);
  note(isMidSentence ? 'opensMidSentence' : 'opensWhole', 0, few);
  if (isLink) note('opensWithLink', 0, 1);
  if (pointer >= 0) note('opensWithPointer', pointer, pointer + 1);
  if (ANSWERS.has(first)) note('opensWithAnswer', 0, 1);
  else if (answersOutside) note('opensWithAnswer', 0, few);
  else if (!isLink && pointer < 0 && !STUMBLES.has(first) && !isMidSentence) note('opensClean', 0, few);
  if (isQuestion(sentence)) note('opensWithQuestion', 0, words.length);
  if (opensOnAside(sentences, turns, at)) note('opensOnAside', 0, words.length);
  if (at > 0 && breaks[at - 1] === 1) note('opensAfterPause', 0, few);
  const number = tokens.slice(0, 12).findIndex(hasNumber);
  if (number >= 0) note('opensWithNumber', number, number + 1);
}

const SHORT_WORDS = 12;

/** Notes what a clip that ends with this sentence would end on. */
export function noteClosing(
  { sentences, turns, breaks, isPunctuated }: Surroundings,
  at: number,
  note: Note,
): void {
  const sentence = sentences[at];
  if (sentence === undefined) return;
  const next = sentences[at + 1];
  const count = sentence.words.length;
  const tail = Math.max(0, count - 3);
  const isWhole = sentence.closesSentence && (!isPunctuated || endsSentence(sentence.text));
  if (isQuestion(sentence)) note('endsOnQuestion', 0, count);
  else if (isWhole) note('endsWhole', tail, count);
  else note('endsHanging', tail, count);
  if (isWhole && count >= 3 && count <= SHORT_WORDS && !isQuestion(sentence)) note('endsShort', 0, count);
  if (endsOnAside(sentences, turns, at)) note('endsOnAside', 0, count);
  if (next === undefined || changesVoice(sentence, next)) note('endsTurn', tail, count);
  else if (LINKS.has(next.tokens[0] ?? '')) note('runsOn', tail, count);
  if (breaks[at] === 1) note('endsWithPause', tail, count);
}

/**
 * How sure it is that a subject ends after a sentence: 1 for a long pause, 2 where another voice goes on after it, unless
 * that voice answers a question.
 */
export function seamAfter({ sentences, breaks }: Surroundings, at: number): number {
  if (breaks[at] !== 1) return 0;
  const isHandedOver = changesVoice(sentences[at], sentences[at + 1]) && !isQuestion(sentences[at]);
  return isHandedOver ? 2 : 1;
}
