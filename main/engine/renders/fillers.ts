import type { Word } from '../../domain/transcript.ts';

/** Why a cut was not made. */
export type RefusalReason = 'laughter' | 'negation' | 'hedge' | 'question';

const SOUNDS = /^(u+h*m+|u+h+|e+r+m*|e+h+m+)$/u;
const NEGATIONS = /^(no|nope|not|never|none|nobody|nothing|nor|neither|without|hardly|barely|cannot|.+n't)$/u;
const HEDGES = new Set(
  'maybe perhaps probably possibly apparently allegedly supposedly roughly about almost nearly might could seems think guess suppose believe sort kind somewhat usually sometimes'.split(
    ' ',
  ),
);
/** "You know" after these is what is asked, said or known, and not a filler. */
const ASKS_BEFORE = new Set(
  "do did does don't didn't doesn't if what how as that when because whether would will 'd let lets".split(
    ' ',
  ),
);
const KNOWN_AFTER = new Set(
  'what that how why who whom where when which whether if the a an it him her them me us this these those my your his their about of nothing everything anything someone anybody better more exactly'.split(
    ' ',
  ),
);

export const bareWord = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

const isQuestion = (text: string | undefined): boolean => /\?["'”’)\]]*$/u.test(text ?? '');

/** A filler: words first to last of a list, both included; or why it is left where it is. */
export interface Filler {
  readonly first: number;
  readonly last: number;
  readonly refused?: RefusalReason;
}

/** The fillers of a run of words in order: um, uh, er, and "you know" where it says nothing. */
export function findFillers(words: readonly Word[]): Filler[] {
  const fillers: Filler[] = [];
  for (let first = 0; first < words.length; first += 1) {
    const last = fillerEnd(words, first);
    if (last === undefined) continue;
    const refused = refusalOf(words, first, last);
    fillers.push({ first, last, ...(refused === undefined ? {} : { refused }) });
    first = last;
  }
  return fillers;
}

function fillerEnd(words: readonly Word[], first: number): number | undefined {
  const word = bareWord(words[first]?.text ?? '');
  if (SOUNDS.test(word)) return first;
  if (word !== 'you' || bareWord(words[first + 1]?.text ?? '') !== 'know') return undefined;
  const before = bareWord(words[first - 1]?.text ?? '');
  const after = bareWord(words[first + 2]?.text ?? '');
  const isSetOff = /[,–—-]$/u.test(words[first + 1]?.text ?? '');
  if (ASKS_BEFORE.has(before) || (KNOWN_AFTER.has(after) && !isSetOff)) return undefined;
  return first + 1;
}

/** Nearer than this to a word, a cut may take a part of it along. */
const SAFE_GAP_S = 0.06;

/** A cut must not touch the word that turns a sentence round, and an answer of fillers is an answer. */
function refusalOf(words: readonly Word[], first: number, last: number): RefusalReason | undefined {
  const [before, after] = [words[first - 1], words[last + 1]];
  const ends = /[.!?…]["'”’)\]]*$/u;
  const isAlone = (before === undefined || ends.test(before.text)) && ends.test(words[last]?.text ?? '');
  if (isQuestion(words[last]?.text) || (isAlone && isQuestion(before?.text))) return 'question';
  const near = [
    { word: before, gapS: (words[first]?.fromS ?? 0) - (before?.toS ?? 0) },
    { word: after, gapS: (after?.fromS ?? 0) - (words[last]?.toS ?? 0) },
  ].flatMap(({ word, gapS }) => (word === undefined || gapS >= SAFE_GAP_S ? [] : [bareWord(word.text)]));
  if (near.some((word) => NEGATIONS.test(word))) return 'negation';
  return near.some((word) => HEDGES.has(word)) ? 'hedge' : undefined;
}

const SHORT_ANSWER_WORDS = 3;

/** True where a pause lies between a question and an answer of a word or three: how long it took is part of it. */
export function isAnswerPause(words: readonly Word[], before: number): boolean {
  if (!isQuestion(words[before]?.text)) return false;
  const answer = words.slice(before + 1, before + 1 + SHORT_ANSWER_WORDS);
  return answer.some((word) => /[.!…?]["'”’)\]]*$/u.test(word.text));
}

/** Laughter as transcripts write it. */
export const isWrittenLaughter = (text: string): boolean =>
  /^[[(*]?(laugh|chuckl|applau|giggl|haha|\(?crowd)/iu.test(text);
