import { ANSWERS } from './parts/standsAlone.ts';
import type { Sentence } from './sentences.ts';

/** Who holds the floor, and where somebody asks for something new. Without names everything is one turn. */
export interface Turns {
  /** First and last sentence of the turn that each sentence belongs to. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** 1 for the first sentence of each turn that hands over with a question. */
  readonly asks: Uint8Array;
  /** Running totals of `asks`: entry n sums sentences 0 to n - 1. */
  readonly askTotals: Int32Array;
}

/** "Really?" goes on with what was said; a question of this many words asks for something new. */
const FEWEST_QUESTION_WORDS = 4;
/** A turn longer than this makes a point of its own, whatever it ends with. */
const MOST_ASKING_WORDS = 80;
/** A remark in passing. */
const MOST_ASIDE_WORDS = 8;
/** An answer shorter than this leaves the listener with the question. */
const SHORTEST_ANSWER_S = 8;

export const isQuestion = (sentence: Sentence | undefined): boolean =>
  sentence !== undefined && /[?？؟]["'”’)]*$/u.test(sentence.text);

export const changesVoice = (a: Sentence | undefined, b: Sentence | undefined): boolean =>
  a?.speaker !== undefined && b?.speaker !== undefined && a.speaker !== b.speaker;

function countWords(sentences: readonly Sentence[], first: number, last: number): number {
  let words = 0;
  for (let at = first; at <= last; at += 1) words += sentences[at]?.tokens.length ?? 0;
  return words;
}

/** Reads who speaks when. */
export function readTurns(sentences: readonly Sentence[]): Turns {
  const count = sentences.length;
  const first = new Int32Array(count);
  const last = new Int32Array(count);
  for (let at = 1; at < count; at += 1)
    first[at] = changesVoice(sentences[at - 1], sentences[at]) ? at : (first[at - 1] ?? 0);
  for (let at = count - 1; at >= 0; at -= 1)
    last[at] = at + 1 < count && first[at + 1] !== at + 1 ? (last[at + 1] ?? at) : at;
  const asks = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) {
    const end = last[at] ?? at;
    const question = sentences[end];
    const isAsked = isQuestion(question) && (question?.tokens.length ?? 0) >= FEWEST_QUESTION_WORDS;
    if (first[at] === at && isAsked && end + 1 < count && countWords(sentences, at, end) <= MOST_ASKING_WORDS)
      asks[at] = 1;
  }
  const askTotals = new Int32Array(count + 1);
  asks.forEach((one, at) => {
    askTotals[at + 1] = (askTotals[at] ?? 0) + one;
  });
  return { first, last, asks, askTotals };
}

/** Whether the voice that speaks first leaves again after a few words that ask nothing. */
export function opensOnAside(sentences: readonly Sentence[], { last }: Turns, at: number): boolean {
  const end = last[at] ?? at;
  const isLeft = end + 1 < sentences.length && !isQuestion(sentences[end]);
  return isLeft && countWords(sentences, at, end) <= MOST_ASIDE_WORDS;
}

/** Whether the last voice came in for no more than a few words. */
export function endsOnAside(sentences: readonly Sentence[], { first }: Turns, at: number): boolean {
  const start = first[at] ?? at;
  return start > 0 && !isQuestion(sentences[at]) && countWords(sentences, start, at) <= MOST_ASIDE_WORDS;
}

/** Whether a sentence takes up another's remark in a few words: "No, nor did I." An answer to a question is more than that. */
function isReply(sentences: readonly Sentence[], { first }: Turns, at: number): boolean {
  const isTakenUp = first[at] === at && at > 0 && !isQuestion(sentences[at - 1]);
  return isTakenUp && ANSWERS.has(sentences[at]?.tokens[0] ?? '');
}

/** Whether a sentence is a turn of a few words between two of somebody else, or a reply as short. */
export const isAside = (sentences: readonly Sentence[], turns: Turns, at: number): boolean =>
  (turns.last[at] === at || isReply(sentences, turns, at)) &&
  at + 1 < sentences.length &&
  endsOnAside(sentences, turns, at);

/** How many further questions are put within a clip, after its first sentence. */
export const furtherQuestions = ({ askTotals }: Turns, first: number, last: number): number =>
  (askTotals[last + 1] ?? 0) - (askTotals[first + 1] ?? 0);

/** Whether a clip opens with a question and ends where the one who was asked has finished answering it. */
export function answersItself(
  sentences: readonly Sentence[],
  turns: Turns,
  first: number,
  last: number,
): boolean {
  const asked = turns.last[first] ?? first;
  if (turns.asks[turns.first[first] ?? first] !== 1 || last <= asked || turns.last[last] !== last)
    return false;
  const answerS = (sentences[last]?.toS ?? 0) - (sentences[asked]?.toS ?? 0);
  const isSameVoice = sentences[last]?.speaker === sentences[asked + 1]?.speaker;
  return isSameVoice && answerS >= SHORTEST_ANSWER_S && furtherQuestions(turns, first, last) === 0;
}
