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

function markTerms(uses: Map<string, TermUse>, isContent: (term: string) => boolean, add: AddMark): void {
  for (const [term, use] of uses) {
    if (use.count < 4 || use.lastS - use.firstS < DISTANT_S * 3 || !isContent(term)) continue;
    add(use.firstSentence, {
      feature: feature.returning,
      from: use.firstWord,
      to: use.firstWord + 1,
      value: Math.log2(use.count),
    });
  }
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

const recurs = (use: PairUse | undefined, least: number): boolean =>
  use !== undefined && use.count >= least && use.lastS - use.firstS > DISTANT_S;

interface Subject {
  readonly uses: ReadonlyMap<string, TermUse>;
  readonly pairs: ReadonlyMap<string, PairUse>;
  readonly phrases: ReadonlyMap<string, PairUse>;
  readonly inTitle: ReadonlySet<string>;
  readonly isContent: (term: string) => boolean;
}

/** What one word of a sentence, and the pair and the phrase that begin with it, say about the subject. */
function markWord(subject: Subject, terms: readonly string[], word: number): Mark[] {
  const term = terms[word] ?? '';
  const count = subject.uses.get(term)?.count ?? 0;
  const content = subject.isContent(term);
  const marks: Mark[] = [];
  const mark = (name: number, length: number, value: number): void => {
    marks.push({ feature: name, from: word, to: word + length, value });
  };
  if (subject.inTitle.has(term)) mark(feature.title, 1, 1 / Math.sqrt(count));
  if (content && count === 1) mark(feature.rare, 1, 1);
  if (content && count > 3) mark(feature.central, 1, Math.log2(count) - 1);
  const next = terms[word + 1];
  if (next !== undefined && (content || subject.isContent(next)))
    if (recurs(subject.pairs.get(`${term} ${next}`), 3)) mark(feature.pairs, 2, 1);
  if (word + PHRASE_WORDS <= terms.length)
    if (recurs(subject.phrases.get(terms.slice(word, word + PHRASE_WORDS).join(' ')), 2))
      mark(feature.phrases, PHRASE_WORDS, 1);
  return marks;
}

/**
 * What the episode is about, found by counting: words of the title, terms it returns to at their first use, pairs and
 * phrases that recur, and words that are said only once.
 */
export function markSubject(spoken: Spoken, title: string, add: AddMark): void {
  const stems = spoken.sentences.map(({ tokens }) => tokens.map(stem));
  const uses = countTerms(spoken, stems);
  const most = Math.max(3, spoken.sentences.length * EVERYWHERE);
  const isContent = (term: string): boolean =>
    term.length > 2 && !COMMON_WORDS.has(term) && !isNumber(term) && (uses.get(term)?.sentences ?? 0) <= most;
  const subject: Subject = {
    uses,
    isContent,
    inTitle: titleTerms(title),
    pairs: countRuns(spoken, stems, 2),
    phrases: countRuns(spoken, stems, PHRASE_WORDS),
  };
  markTerms(uses, isContent, add);
  stems.forEach((terms, at) => {
    if (!spoken.isCounted(at)) return;
    terms.forEach((_, word) => {
      for (const mark of markWord(subject, terms, word)) add(at, mark);
    });
  });
}
