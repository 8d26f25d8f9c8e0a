import { featureNumber } from './parts/catalogue.ts';
import type { Mark } from './phrases.ts';
import type { Sentence } from './sentences.ts';
import { COMMON_WORDS, stem } from './language.ts';
import { foldWord } from './sentences.ts';

/** A word that most sentences of a language share carries no subject, whatever the language. */
const EVERYWHERE = 0.08;
const DISTANT_S = 60;

interface TermUse {
  count: number;
  sentences: number;
  lastSentence: number;
  firstSentence: number;
  firstWord: number;
  firstS: number;
  lastS: number;
}

interface Spoken {
  readonly sentences: readonly Sentence[];
  /** Sentences that are off limits say nothing about the subject of the episode. */
  readonly isCounted: (sentence: number) => boolean;
}

type AddMark = (sentence: number, mark: Mark) => void;

function countTerms(
  { sentences, isCounted }: Spoken,
  stems: readonly (readonly string[])[],
): Map<string, TermUse> {
  const uses = new Map<string, TermUse>();
  sentences.forEach((sentence, at) => {
    if (!isCounted(at)) return;
    stems[at]?.forEach((term, word) => {
      const use = uses.get(term);
      if (use === undefined) {
        const { fromS } = sentence;
        uses.set(term, {
          count: 1,
          sentences: 1,
          lastSentence: at,
          firstSentence: at,
          firstWord: word,
          firstS: fromS,
          lastS: fromS,
        });
        return;
      }
      use.count += 1;
      if (use.lastSentence !== at) use.sentences += 1;
      use.lastSentence = at;
      use.lastS = sentence.fromS;
    });
  });
  return uses;
}

const isNumber = (term: string): boolean => /\d/u.test(term);

/** The words of a title that can be met again in speech; "$42B" is met as 42. */
function titleTerms(title: string): Set<string> {
  const terms = title
    .split(/[\s/–—|-]+/u)
    .map(foldWord)
    .filter((word) => word.length > 2 && !COMMON_WORDS.has(word))
    .map(stem);
  return new Set(terms);
}

const feature = {
  title: featureNumber('titleWords'),
  returning: featureNumber('returningTerms'),
  pairs: featureNumber('recurringPairs'),
  phrases: featureNumber('repeatedPhrases'),
  central: featureNumber('centralWords'),
  rare: featureNumber('rareHere'),
};

function markTerms(
  spoken: Spoken,
  uses: Map<string, TermUse>,
  isContent: (term: string) => boolean,
  add: AddMark,
): void {
  for (const [term, use] of uses) {
    if (use.count < 4 || use.lastS - use.firstS < DISTANT_S * 3 || !isContent(term)) continue;
    add(use.firstSentence, {
      feature: feature.returning,
      from: use.firstWord,
      to: use.firstWord + 1,
      value: Math.log2(use.count),
    });
  }
  void spoken;
}

interface PairUse {
  count: number;
  firstS: number;
  lastS: number;
}

function countRuns(
  spoken: Spoken,
  stems: readonly (readonly string[])[],
  length: number,
): Map<string, PairUse> {
  const uses = new Map<string, PairUse>();
  spoken.sentences.forEach(({ fromS }, at) => {
    const terms = stems[at] ?? [];
    if (!spoken.isCounted(at)) return;
    for (let i = 0; i + length <= terms.length; i += 1) {
      const key =
        length === 2 ? `${terms[i] ?? ''} ${terms[i + 1] ?? ''}` : terms.slice(i, i + length).join(' ');
      const use = uses.get(key);
      if (use === undefined) uses.set(key, { count: 1, firstS: fromS, lastS: fromS });
      else {
        use.count += 1;
        use.lastS = fromS;
      }
    }
  });
  return uses;
}

const PHRASE_WORDS = 4;

/**
 * What the episode is about, found by counting: words of the title, terms it returns to at their first use, pairs and
 * phrases that recur, and words that are said only once.
 */
export function markSubject(spoken: Spoken, title: string, add: AddMark): void {
  const stems = spoken.sentences.map(({ tokens }) => tokens.map(stem));
  const uses = countTerms(spoken, stems);
  const counted = spoken.sentences.length;
  const isContent = (term: string): boolean =>
    term.length > 2 &&
    !COMMON_WORDS.has(term) &&
    !isNumber(term) &&
    (uses.get(term)?.sentences ?? 0) <= Math.max(3, counted * EVERYWHERE);
  const inTitle = titleTerms(title);
  markTerms(spoken, uses, isContent, add);
  const pairs = countRuns(spoken, stems, 2);
  const phrases = countRuns(spoken, stems, PHRASE_WORDS);
  stems.forEach((terms, at) => {
    if (!spoken.isCounted(at)) return;
    terms.forEach((term, word) => {
      const use = uses.get(term);
      if (use === undefined) return;
      const content = isContent(term);
      if (inTitle.has(term))
        add(at, { feature: feature.title, from: word, to: word + 1, value: 1 / Math.sqrt(use.count) });
      if (content && use.count === 1) add(at, { feature: feature.rare, from: word, to: word + 1, value: 1 });
      if (content && use.count > 3)
        add(at, { feature: feature.central, from: word, to: word + 1, value: Math.log2(use.count) - 1 });
      const next = terms[word + 1];
      if (next !== undefined && (content || isContent(next))) {
        const pair = pairs.get(`${term} ${next}`);
        if (pair !== undefined && pair.count > 2 && pair.lastS - pair.firstS > DISTANT_S)
          add(at, { feature: feature.pairs, from: word, to: word + 2, value: 1 });
      }
      if (word + PHRASE_WORDS <= terms.length) {
        const run = phrases.get(terms.slice(word, word + PHRASE_WORDS).join(' '));
        if (run !== undefined && run.count > 1 && run.lastS - run.firstS > DISTANT_S)
          add(at, { feature: feature.phrases, from: word, to: word + PHRASE_WORDS, value: 1 });
      }
    });
  });
}
