import { ANSWERS, LINKS, POINTERS, STUMBLES } from './parts/standsAlone.ts';
import { FEATURES } from './parts/catalogue.ts';
import { COMMON_WORDS } from './language.ts';
import { foldWord, endsSentence, type Sentence } from './sentences.ts';
import type { Reading } from './reading.ts';

const LONGEST_CHARACTERS = 60;
const FEWEST_WORDS = 4;
const MOST_WORDS = 12;
const CLAUSE_END = /[,;:.!?…–—。！？]["'”’)]*$/u;
const TRAILING_MARKS = /[\s,;:.…–—"“”'’)\]-]+$/u;
const LEADING_MARKS = /^[\s"“”'‘([–—-]+/u;

/** Last words that promise more. */
const HANGING: ReadonlySet<string> = new Set(
  'and or but because so that which who with to of for in on at by from as than the a an if when is are was my your our their its like into about'.split(
    ' ',
  ),
);
const WEAK_FIRST: ReadonlySet<string> = new Set(
  "um uh you well okay i mean i'm i've i'd we we're if when to of in on as with for at".split(' '),
);

/** Words that make small talk of a sentence. */
const CHATTER: ReadonlySet<string> = new Set(
  'um uh yeah thanks thank guys mean guess okay anyway hi hello really love place fan ask episode podcast'.split(
    ' ',
  ),
);

interface Clause {
  readonly text: string;
  readonly worth: number;
}

interface Draft {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly isSentence: boolean;
  /** Points of the marked words in it. */
  readonly marked: number;
}

/** How well a run of words serves as a title; one that hangs or points at something unheard is worth nothing. */
function worthOf({ text, tokens, isSentence, marked }: Draft): number {
  const first = tokens[0] ?? '';
  if (text.length > LONGEST_CHARACTERS || tokens.length < FEWEST_WORDS || tokens.length > MOST_WORDS)
    return 0;
  if (LINKS.has(first) || POINTERS.has(first) || ANSWERS.has(first) || HANGING.has(tokens.at(-1) ?? ''))
    return 0;
  const subjects = tokens.filter((token) => token.length > 3 && !COMMON_WORDS.has(token)).length;
  const weak = tokens.filter((token) => CHATTER.has(token)).length + (WEAK_FIRST.has(first) ? 1 : 0);
  const repeats = tokens.some((token, i) => i > 0 && token === tokens[i - 1]) ? 1 : 0;
  const worth = 1 + marked + Math.min(3, subjects) + (isSentence ? 2 : 0) + Math.min(tokens.length, 8) / 8;
  return Math.max(0.1, worth - 1.5 * (weak + repeats) - (text.endsWith('?') ? 1 : 0));
}

const tidy = (text: string): string => {
  const bare = text.replace(LEADING_MARKS, '').replace(TRAILING_MARKS, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
};

/** Where each clause of a sentence begins and ends, by its commas and stops; the whole sentence is one of them. */
function clauseRanges({ words }: Sentence): (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  let from = 0;
  words.forEach((word, i) => {
    if (i < words.length - 1 && !CLAUSE_END.test(word.text)) return;
    ranges.push([from, i + 1]);
    from = i + 1;
  });
  return ranges.length > 1 ? [...ranges, [0, words.length]] : ranges;
}

const MOST_MARKED = 5;

function clausesOf(reading: Reading, at: number, pointsOf: (feature: number) => number): Clause[] {
  const sentence = reading.sentences[at];
  if (sentence === undefined) return [];
  return clauseRanges(sentence).flatMap(([begin, to]) => {
    let from = begin;
    while (from < to - 1 && STUMBLES.has(sentence.tokens[from] ?? '')) from += 1;
    const words = sentence.words.slice(from, to).map((word) => word.text);
    const marked = (reading.marks[at] ?? [])
      .filter((mark) => mark.from >= from && mark.to <= to && FEATURES[mark.feature]?.place === 'anywhere')
      .reduce((sum, { feature }) => sum + pointsOf(feature) / 4, 0);
    const draft: Draft = {
      text: tidy(words.join(' ')),
      tokens: sentence.tokens.slice(from, to).filter((token) => token !== ''),
      isSentence: begin === 0 && to === sentence.words.length && endsSentence(sentence.text),
      marked: Math.min(MOST_MARKED, marked),
    };
    const worth = worthOf(draft);
    return worth > 0 ? [{ text: draft.text, worth }] : [];
  });
}

/** The first words of a text that make a title, for a clip without one fitting clause. */
function firstWords(text: string): string {
  const words = text.split(/\s+/u);
  let title = '';
  for (const word of words.slice(0, MOST_WORDS)) {
    const longer = title === '' ? word : `${title} ${word}`;
    if (longer.length > LONGEST_CHARACTERS) break;
    title = longer;
  }
  const kept = title.split(' ');
  while (kept.length > 1 && HANGING.has(foldWord(kept.at(-1) ?? ''))) kept.pop();
  return tidy(kept.join(' ')) || tidy(text.slice(0, LONGEST_CHARACTERS)) || 'Untitled moment';
}

/** The first words of the first sentence whose first words are still free. */
function firstUntaken(
  { sentences }: Reading,
  first: number,
  last: number,
  taken?: ReadonlySet<string>,
): string {
  for (const { text } of sentences.slice(first, last + 1)) {
    const title = firstWords(text);
    if (taken?.has(title) !== true) return title;
  }
  return firstWords(sentences[first]?.text ?? '');
}

export type TitleOf = (first: number, last: number, taken?: ReadonlySet<string>) => string;

/**
 * Titles for windows of one episode: the best whole clause of 4 to 12 words and at most 60 characters that the window
 * holds, that neither points at something unheard nor hangs. Titles already taken are passed over where there is another.
 */
export function titler(reading: Reading, pointsOf: (feature: number) => number): TitleOf {
  const known = new Map<number, readonly Clause[]>();
  const clausesAt = (at: number): readonly Clause[] => {
    const found = known.get(at) ?? clausesOf(reading, at, pointsOf);
    known.set(at, found);
    return found;
  };
  return (first, last, taken) => {
    let best: Clause | undefined;
    for (let at = first; at <= last; at += 1)
      for (const clause of clausesAt(at))
        if ((best === undefined || clause.worth > best.worth) && taken?.has(clause.text) !== true)
          best = clause;
    return best?.text ?? firstUntaken(reading, first, last, taken);
  };
}
