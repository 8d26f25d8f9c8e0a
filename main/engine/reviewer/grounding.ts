import { toMilliseconds, type TimeRange } from '../../domain/time.ts';
import type { Word } from '../../domain/transcript.ts';
import { foldWord, type Spoken, type SpokenSentence } from './spoken.ts';
import { formsOf, isQuestionWord, type Form } from './wordForms.ts';

/** Words of a clip, and where they are said. */
export type Said = TimeRange & { readonly text: string };

export type Grounded =
  { readonly isSaid: true; readonly said: Said } | { readonly isSaid: false; readonly why: string };

const LONGEST_LINE = 80;
const FEWEST_WORDS = 2;
const MOST_WORDS = 14;
/** A negation this many words before or after the words of a title belongs to them. */
const NEGATION_REACH = 5;
const FOREIGN = /https?:|www\.|[@#<>{}[\]|\\]|\p{Cc}|\.(com|org|net|io|example)\b/iu;

const refused = (why: string): Grounded => ({ isSaid: false, why });

interface Placed extends Form {
  readonly word: Word;
  /** Which word of its stretch it belongs to. */
  readonly at: number;
}

/** The words of a stretch that carry meaning, each with the word it comes from. */
const placed = (stretch: readonly SpokenSentence[]): Placed[] => {
  const words = stretch.flatMap((sentence) =>
    sentence.words.map((word, i) => ({ word, folded: sentence.folded[i] ?? '' })),
  );
  return words.flatMap(({ word, folded }, at) => formsOf(folded).map((form) => ({ ...form, word, at })));
};

/** The tightest run in which these forms come in this order; undefined where they do not. */
function follow(forms: readonly Form[], said: readonly Placed[]): readonly Placed[] | undefined {
  let best: readonly Placed[] | undefined;
  for (const [start, first] of said.entries()) {
    if (first.stem !== forms[0]?.stem) continue;
    const run: Placed[] = [];
    for (const each of said.slice(start)) if (each.stem === forms[run.length]?.stem) run.push(each);
    if (run.length < forms.length) continue;
    const length = (taken: readonly Placed[]): number => (taken.at(-1)?.at ?? 0) - (taken[0]?.at ?? 0);
    if (best === undefined || length(run) < length(best)) best = run;
  }
  return best;
}

const CLAUSE_END = /[,;:.!?…]["”’)]*$/u;
const SENTENCE_END = /[.!?…]["”’)]*$/u;

/**
 * Negations around the words of a line that the line leaves out: it would say the opposite. What comes before reaches over
 * commas ("never, ever buy"), what comes after does not ("it costs nothing, and nobody knows").
 */
function losesNegation(run: readonly Placed[], said: readonly Placed[], words: readonly Word[]): boolean {
  const first = run[0]?.at ?? 0;
  const last = run.at(-1)?.at ?? 0;
  const isOpen = (from: number, to: number, end: RegExp): boolean =>
    words.slice(from, to).every(({ text }) => !end.test(text));
  const reaches = (at: number): boolean => {
    if (at < first) return first - at <= NEGATION_REACH && isOpen(at, first, SENTENCE_END);
    if (at > last) return at - last <= NEGATION_REACH && isOpen(last, at, CLAUSE_END);
    return true;
  };
  return said.some((each) => each.isNegation && reaches(each.at) && !run.includes(each));
}

const saidBy = (text: string, run: readonly { readonly word: Word }[]): Said => ({
  text,
  fromS: toMilliseconds(run[0]?.word.fromS ?? 0),
  toS: toMilliseconds(run.at(-1)?.word.toS ?? 0),
});

/** What is wrong with a line whatever the clip says; undefined where nothing is. */
function faultOf(line: string, words: readonly string[]): string | undefined {
  if (line.length > LONGEST_LINE) return `it is longer than ${LONGEST_LINE} characters`;
  if (words.length < FEWEST_WORDS || words.length > MOST_WORDS)
    return `it has ${words.length} words; ${FEWEST_WORDS} to ${MOST_WORDS} are taken`;
  if (FOREIGN.test(line)) return 'it holds an address or marks that nobody says';
  return undefined;
}

/**
 * Whether a clip says what a title or hook says. Every word that carries meaning has to be said, in the same order, within
 * two sentences that follow each other; no negation may be added or lost; a question may not become a claim.
 */
export function groundLine(text: string, { sentences }: Spoken): Grounded {
  const line = text.replace(/\s+/gu, ' ').trim();
  const words = line
    .split(' ')
    .map(foldWord)
    .filter((word) => word !== '');
  const fault = faultOf(line, words);
  if (fault !== undefined) return refused(fault);
  const forms = words.flatMap(formsOf);
  if (forms.length === 0) return refused('it names nothing');
  const asks = line.endsWith('?') || isQuestionWord(words[0] ?? '');
  let why = unsaid(forms, sentences);
  for (let at = 0; at < sentences.length; at += 1)
    for (const stretch of [sentences.slice(at, at + 1), sentences.slice(at, at + 2)]) {
      const said = placed(stretch);
      const run = follow(forms, said);
      if (run === undefined) continue;
      if (
        losesNegation(
          run,
          said,
          stretch.flatMap(({ words: each }) => each),
        )
      )
        why = 'it leaves out a "not" and says the opposite';
      else if (!asks && stretch.some((sentence) => /\?["”’)]*$/u.test(sentence.text)))
        why = 'it makes a claim of a question';
      else return { isSaid: true, said: saidBy(line, run) };
    }
  return refused(why);
}

/** Which of the words nobody says; where each is said somewhere, they are not said together. */
function unsaid(forms: readonly Form[], sentences: readonly SpokenSentence[]): string {
  const known = new Set(placed(sentences).map(({ stem }) => stem));
  const missing = forms.filter(({ stem }) => !known.has(stem)).map(({ stem }) => `"${stem}"`);
  return missing.length > 0
    ? `the clip does not say ${[...new Set(missing)].join(', ')}`
    : 'the clip does not say this in one breath';
}

const FEWEST_QUOTED = 2;

/** Where a quotation stands in a clip, word for word, in the clip's own spelling; undefined where it does not. */
export function findQuote(quote: string, { sentences }: Spoken): Said | undefined {
  const quoted = quote
    .split(/\s+/u)
    .map(foldWord)
    .filter((word) => word !== '');
  if (quoted.length < FEWEST_QUOTED) return undefined;
  const said = sentences
    .flatMap(({ words, folded }) => words.map((word, i) => ({ word, folded: folded[i] ?? '' })))
    .filter(({ folded }) => folded !== '');
  for (let at = 0; at + quoted.length <= said.length; at += 1)
    if (quoted.every((word, i) => said[at + i]?.folded === word)) {
      const run = said.slice(at, at + quoted.length);
      return saidBy(run.map(({ word }) => word.text).join(' '), run);
    }
  return undefined;
}

const MOST_TAG_WORDS = 4;
const SHORTEST_TAG = 4;

/** A hashtag of words that a clip says one after the other, as it is written above a post; undefined where it is none. */
export function groundHashtag(text: string, { sentences }: Spoken): string | undefined {
  const tag = text.replace(/^#/u, '').trim();
  if (!/^[\p{L}\p{N}]+$/u.test(tag) || tag.length < SHORTEST_TAG) return undefined;
  const wanted = tag.toLowerCase();
  const isSaid = sentences.some(({ folded }) =>
    folded.some((_, at) => {
      let joined = '';
      for (const word of folded.slice(at, at + MOST_TAG_WORDS)) {
        joined += word.replace(/[^\p{L}\p{N}]/gu, '');
        if (joined === wanted) return true;
      }
      return false;
    }),
  );
  return isSaid ? `#${tag}` : undefined;
}
