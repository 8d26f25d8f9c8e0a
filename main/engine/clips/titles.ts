import type { ClipTitle } from '../../domain/clip.ts';
import { overlapS, toMilliseconds } from '../../domain/time.ts';
import type { Word } from '../../domain/transcript.ts';
import { clausesOf, isSelfContained } from './clauses.ts';
import { doubtsBetween } from './doubt.ts';
import { COMMON_WORDS } from './language.ts';
import { markedPoints, type PointsOf } from './lines.ts';
import { featureNumber } from './parts/catalogue.ts';
import { isIdle, type Reading } from './reading.ts';
import { foldWord } from './sentences.ts';
import { isQuestion } from './turns.ts';

const LONGEST_CHARACTERS = 60;
const FEWEST_WORDS = 4;
const MOST_WORDS = 12;
const TRAILING_MARKS = /[\s,;:.…–—"“”'’)\]-]+$/u;
const LEADING_MARKS = /^[\s"“”'‘([–—-]+/u;

/** Last words that promise more. */
const HANGING: ReadonlySet<string> = new Set(
  'and or but because so that which who with to of for in on at by from as than the a an if when is are was my your our their its like into about largely mostly mainly partly just only even not'.split(
    ' ',
  ),
);
const WEAK_FIRST: ReadonlySet<string> = new Set(
  "um uh you well okay i mean i'm i've i'd we we're if when to of in on as with for at".split(' '),
);

/** Subjects that show that "that" before them only joins an answer to its question. */
const ANSWER_SUBJECTS: ReadonlySet<string> = new Set(
  'nobody everybody everyone people most you we i no nothing everything some the a every all if when'.split(
    ' ',
  ),
);

/** Words that make small talk of a sentence. */
const CHATTER: ReadonlySet<string> = new Set(
  'um uh yeah thanks thank guys mean guess okay anyway hi hello really love place fan ask episode podcast'.split(
    ' ',
  ),
);

interface Title extends ClipTitle {
  readonly worth: number;
}

interface Draft {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly isSentence: boolean;
  readonly isQuotable: boolean;
  /** Points of the marked words in it. */
  readonly marked: number;
}

/** A question is a title only where nothing in the clip is said as well. */
const QUESTION_COST = 2;

/** Worth of a run of words that fits but points at something unheard: better than the first words, worse than all else. */
const LAST_RESORT = 0.05;

/** How well a run of words serves as a title; one that hangs or does not fit is worth nothing. */
function worthOf({ text, tokens, isSentence, isQuotable, marked }: Draft): number {
  const first = tokens[0] ?? '';
  if (text.length > LONGEST_CHARACTERS || tokens.length < FEWEST_WORDS || tokens.length > MOST_WORDS)
    return 0;
  if (HANGING.has(tokens.at(-1) ?? '')) return 0;
  if (!isSelfContained(first)) return isSentence ? LAST_RESORT : 0;
  const subjects = tokens.filter((token) => token.length > 3 && !COMMON_WORDS.has(token)).length;
  const weak = tokens.filter((token) => CHATTER.has(token)).length + (WEAK_FIRST.has(first) ? 1 : 0);
  const repeats = tokens.some((token, i) => i > 0 && token === tokens[i - 1]) ? 1 : 0;
  const shape = (isSentence ? 2.5 : 0) + (isQuotable ? 1.5 : 0) + Math.min(tokens.length, 8) / 8;
  const worth = 1 + marked + Math.min(3, subjects) * 0.7 + shape;
  return Math.max(0.1, worth - 1.5 * (weak + repeats) - (text.endsWith('?') ? QUESTION_COST : 0));
}

const tidy = (text: string): string => {
  const bare = text.replace(LEADING_MARKS, '').replace(TRAILING_MARKS, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
};

const textOf = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');

const titleOf = (text: string, words: readonly Word[]): ClipTitle => ({
  text,
  fromS: toMilliseconds(words[0]?.fromS ?? 0),
  toS: toMilliseconds(words.at(-1)?.toS ?? 0),
});

const MOST_MARKED = 5;
const QUOTABLE = featureNumber('quotableLine');

/** An answer such as "That nobody comes" says the same without its first word. */
function answerStart({ sentences }: Reading, at: number, from: number): number {
  const { tokens = [] } = sentences[at] ?? {};
  const isAnswer = from === 0 && tokens[0] === 'that' && isQuestion(sentences[at - 1]);
  return isAnswer && ANSWER_SUBJECTS.has(tokens[1] ?? '') ? 1 : from;
}

function titlesIn(reading: Reading, at: number, pointsOf: PointsOf): Title[] {
  const sentence = reading.sentences[at];
  const marks = reading.marks[at] ?? [];
  if (sentence === undefined) return [];
  const isWeak = isIdle(marks);
  return clausesOf(sentence, reading.english).flatMap((clause) => {
    const from = answerStart(reading, at, clause.from);
    const { to, isSentence } = clause;
    const words = sentence.words.slice(from, to);
    const draft: Draft = {
      text: tidy(textOf(words)),
      tokens: sentence.tokens.slice(from, to).filter((token) => token !== ''),
      isSentence,
      isQuotable: isSentence && marks.some(({ feature }) => feature === QUOTABLE),
      marked: Math.min(MOST_MARKED, markedPoints(reading, at, from, to, pointsOf) / 4),
    };
    const isDoubtful = doubtsBetween(reading.doubts, at, from, to) > 0;
    const worth = isWeak || isDoubtful ? Math.min(LAST_RESORT, worthOf(draft)) : worthOf(draft);
    return worth > 0 ? [{ ...titleOf(draft.text, words), worth }] : [];
  });
}

/** The first words of a sentence that make a title, for a clip without one fitting clause. */
function firstWords(words: readonly Word[]): ClipTitle {
  let count = 0;
  while (
    count < Math.min(MOST_WORDS, words.length) &&
    textOf(words.slice(0, count + 1)).length <= LONGEST_CHARACTERS
  )
    count += 1;
  while (count > 1 && HANGING.has(foldWord(words[count - 1]?.text ?? ''))) count -= 1;
  const kept = words.slice(0, Math.max(1, count));
  const text = tidy(textOf(kept).slice(0, LONGEST_CHARACTERS));
  return titleOf(text === '' ? 'Untitled moment' : text, kept);
}

/** The first words of the first sentence whose first words are still free. */
function firstUntaken(
  { sentences, doubts }: Reading,
  first: number,
  last: number,
  taken?: ReadonlySet<string>,
): ClipTitle {
  for (const mayDoubt of [false, true])
    for (let at = first; at <= last; at += 1) {
      if (!mayDoubt && doubts[at] !== undefined) continue;
      const title = firstWords(sentences[at]?.words ?? []);
      if (taken?.has(title.text) !== true) return title;
    }
  return firstWords(sentences[first]?.words ?? []);
}

/** Up to `count` titles for a window, best first; there is always one. */
export type TitlesOf = (
  first: number,
  last: number,
  count: number,
  taken?: ReadonlySet<string>,
) => readonly ClipTitle[];

/** The last line is the one that the clip leaves the listener with. */
const LANDING_WORTH = 0.75;

/** The best titles that share no words, and then, where there are too few, others that do. */
function pick(ranked: readonly Title[], count: number): Title[] {
  const [best] = ranked;
  if (best === undefined) return [];
  // What points at something unheard is better than no title, and worse than fewer titles.
  const proper = ranked.filter(({ worth }) => worth > LAST_RESORT && best.worth > LAST_RESORT);
  const chosen = [best];
  for (const mayShare of [false, true])
    for (const title of proper) {
      if (chosen.length >= count) break;
      const isNew = chosen.every((other) => other.text !== title.text);
      const isApart = chosen.every((other) => overlapS(other, title) === 0);
      if (isNew && (mayShare || isApart)) chosen.push(title);
    }
  return chosen;
}

/**
 * Titles for windows of one episode: the strongest whole clauses of 4 to 12 words and at most 60 characters that the
 * window holds, that neither point at something unheard nor hang. Titles already taken are passed over where there is
 * another.
 */
export function titler(reading: Reading, pointsOf: PointsOf): TitlesOf {
  const known = new Map<number, readonly Title[]>();
  const titlesAt = (at: number): readonly Title[] => {
    const found = known.get(at) ?? titlesIn(reading, at, pointsOf);
    known.set(at, found);
    return found;
  };
  return (first, last, count, taken) => {
    const all: Title[] = [];
    for (let at = first; at <= last; at += 1)
      for (const title of titlesAt(at)) {
        const landing = at === last && title.worth > LAST_RESORT ? LANDING_WORTH : 0;
        if (taken?.has(title.text) !== true) all.push({ ...title, worth: title.worth + landing });
      }
    const chosen = pick(
      all.sort((a, b) => b.worth - a.worth),
      count,
    ).map(({ text, fromS, toS }) => ({ text, fromS, toS }));
    return chosen.length > 0 ? chosen : [firstUntaken(reading, first, last, taken)];
  };
}
