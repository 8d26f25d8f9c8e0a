import { LINKS, POINTERS, ANSWERS } from './parts/standsAlone.ts';
import { foldWord, endsSentence } from './sentences.ts';
import type { Reading } from './reading.ts';

const LONGEST_CHARACTERS = 60;
const FEWEST_WORDS = 4;
const MOST_WORDS = 12;
const CLAUSE_END = /[,;:.!?…–—。！？]["'”’)]*$/u;
const TRAILING_MARKS = /[\s,;:.…–—-]+$/u;
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

interface Clause {
  readonly text: string;
  readonly worth: number;
}

/** How well a run of words serves as a title; a title that hangs or points at something unheard is worth nothing. */
function worthOf(tokens: readonly string[], isSentence: boolean, marked: number): number {
  const first = tokens[0] ?? '';
  const last = tokens.at(-1) ?? '';
  if (tokens.length < FEWEST_WORDS || tokens.length > MOST_WORDS) return 0;
  if (LINKS.has(first) || POINTERS.has(first) || ANSWERS.has(first) || HANGING.has(last)) return 0;
  return 1 + marked + (isSentence ? 2 : 0) + (WEAK_FIRST.has(first) ? 0 : 1) + Math.min(tokens.length, 8) / 8;
}

const tidy = (text: string): string => {
  const bare = text.replace(LEADING_MARKS, '').replace(TRAILING_MARKS, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
};

/** The clauses of a sentence, by its commas and stops. */
function clausesOf(reading: Reading, at: number, pointsOf: (feature: number) => number): Clause[] {
  const sentence = reading.sentences[at];
  if (sentence === undefined) return [];
  const clauses: Clause[] = [];
  let from = 0;
  sentence.words.forEach((word, i) => {
    const isLast = i === sentence.words.length - 1;
    if (!isLast && !CLAUSE_END.test(word.text)) return;
    const text = tidy(
      sentence.words
        .slice(from, i + 1)
        .map(({ text }) => text)
        .join(' '),
    );
    const tokens = sentence.tokens.slice(from, i + 1).filter((token) => token !== '');
    const marked = (reading.marks[at] ?? [])
      .filter((mark) => mark.from >= from && mark.to <= i + 1)
      .reduce((sum, { feature }) => sum + Math.max(0, pointsOf(feature)) / 4, 0);
    const isSentence = from === 0 && isLast && endsSentence(word.text);
    const worth = text.length > LONGEST_CHARACTERS ? 0 : worthOf(tokens, isSentence, Math.min(3, marked));
    if (worth > 0) clauses.push({ text, worth });
    from = i + 1;
  });
  return clauses;
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

/**
 * Titles for windows of one episode: the best whole clause of 4 to 12 words and at most 60 characters that the window
 * holds, that neither points at something unheard nor hangs.
 */
export function titler(
  reading: Reading,
  pointsOf: (feature: number) => number,
): (first: number, last: number) => string {
  const known = new Map<number, Clause | undefined>();
  const bestOf = (at: number): Clause | undefined => {
    if (!known.has(at))
      known.set(
        at,
        clausesOf(reading, at, pointsOf).reduce<Clause | undefined>(
          (best, clause) => (best === undefined || clause.worth > best.worth ? clause : best),
          undefined,
        ),
      );
    return known.get(at);
  };
  return (first, last) => {
    let best: Clause | undefined;
    for (let at = first; at <= last; at += 1) {
      const clause = bestOf(at);
      if (clause !== undefined && (best === undefined || clause.worth > best.worth)) best = clause;
    }
    return best?.text ?? firstWords(reading.sentences[first]?.text ?? '');
  };
}
