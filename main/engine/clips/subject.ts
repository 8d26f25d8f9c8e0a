import { COMMON_WORDS, stem } from './language.ts';
import { featureNumber } from './parts/catalogue.ts';
import type { Mark } from './phrases.ts';
import { foldWord, type Sentence } from './sentences.ts';
import { joinRuns, readTerms, type Runs, type Terms, type Uses } from './terms.ts';

/** A word that so many sentences share carries no subject, whatever the language. */
const EVERYWHERE = 0.08;
/** The same words said again within this time are one thought, not a return to it. */
const DISTANT_S = 60;
const RETURNING_S = 180;
const RETURNING_USES = 4;
const CENTRAL_USES = 4;
const PAIR_USES = 3;
const PHRASE_USES = 2;
const PHRASE_WORDS = 4;

const feature = {
  title: featureNumber('titleWords'),
  returning: featureNumber('returningTerms'),
  pairs: featureNumber('recurringPairs'),
  phrases: featureNumber('repeatedPhrases'),
  central: featureNumber('centralWords'),
  rare: featureNumber('rareHere'),
};

type AddMark = (sentence: number, mark: Mark) => void;

/** The words of a title that can be met again in speech. */
function titleWords(title: string): ReadonlySet<string> {
  const words = title
    .split(/[\s/–—|-]+/u)
    .map(foldWord)
    .filter((word) => word.length > 2 && !COMMON_WORDS.has(word));
  return new Set(words.map(stem));
}

/** Which words carry a subject: not the common ones, not numbers, not what every other sentence says. */
function findContent({ names, sentences }: Terms, sentenceCount: number): boolean[] {
  const most = Math.max(3, sentenceCount * EVERYWHERE);
  return names.map(
    (name, id) =>
      name.length > 2 && !COMMON_WORDS.has(name) && !/\d/u.test(name) && (sentences[id] ?? 0) <= most,
  );
}

const spanS = ({ firstS, lastS }: Uses, id: number): number => (lastS[id] ?? 0) - (firstS[id] ?? 0);
const recurs = (uses: Uses, id: number, least: number): boolean =>
  (uses.count[id] ?? 0) >= least && spanS(uses, id) > DISTANT_S;

/** The first use of each term that the episode comes back to much later. */
function markReturning(terms: Terms, isContent: readonly boolean[], add: AddMark): void {
  const { uses, firstSentence, firstWord } = terms;
  isContent.forEach((content, id) => {
    const count = uses.count[id] ?? 0;
    if (!content || count < RETURNING_USES || spanS(uses, id) < RETURNING_S) return;
    const from = firstWord[id] ?? 0;
    add(firstSentence[id] ?? 0, { feature: feature.returning, from, to: from + 1, value: Math.log2(count) });
  });
}

function markWords(terms: Terms, isContent: readonly boolean[], title: string, add: AddMark): void {
  const wanted = titleWords(title);
  const inTitle = terms.names.map((name) => wanted.has(name));
  terms.ofSentence.forEach((ids, at) => {
    ids.forEach((id, from) => {
      const count = terms.uses.count[id] ?? 0;
      const to = from + 1;
      if (inTitle[id] === true) add(at, { feature: feature.title, from, to, value: 1 / Math.sqrt(count) });
      if (isContent[id] !== true) return;
      if (count === 1) add(at, { feature: feature.rare, from, to, value: 1 });
      if (count >= CENTRAL_USES) add(at, { feature: feature.central, from, to, value: Math.log2(count) - 1 });
    });
  });
}

function markRuns(
  { ofSentence, uses }: Runs,
  [number, least, length]: readonly [number, number, number],
  isWanted: (sentence: number, word: number) => boolean,
  add: AddMark,
): void {
  ofSentence.forEach((ids, at) => {
    ids.forEach((id, from) => {
      if (recurs(uses, id, least) && isWanted(at, from))
        add(at, { feature: number, from, to: from + length, value: 1 });
    });
  });
}

/**
 * What the episode is about, found by counting: words of the title, terms it returns to at their first use, pairs and
 * phrases that recur, and words that are said only once. Sentences that are off limits are not counted.
 */
export function markSubject(
  sentences: readonly Sentence[],
  isCounted: (sentence: number) => boolean,
  title: string,
  add: AddMark,
): void {
  const terms = readTerms(sentences, isCounted);
  const isContent = findContent(terms, sentences.length);
  const pairs = joinRuns(terms.ofSentence, 1, sentences);
  const phrases = joinRuns(pairs.ofSentence, 2, sentences);
  const holdsContent = (at: number, word: number): boolean => {
    const ids = terms.ofSentence[at] ?? [];
    return isContent[ids[word] ?? -1] === true || isContent[ids[word + 1] ?? -1] === true;
  };
  markReturning(terms, isContent, add);
  markWords(terms, isContent, title, add);
  markRuns(pairs, [feature.pairs, PAIR_USES, 2], holdsContent, add);
  markRuns(phrases, [feature.phrases, PHRASE_USES, PHRASE_WORDS], () => true, add);
}

/** Reads the words by which two clips are told apart, each sentence once however many windows hold it. */
export function subjectReader(
  sentences: readonly Sentence[],
): (first: number, last: number) => ReadonlySet<string> {
  const known = new Map<number, readonly string[]>();
  const wordsAt = (at: number): readonly string[] => {
    const found =
      known.get(at) ??
      (sentences[at]?.tokens ?? []).filter((token) => token !== '' && !COMMON_WORDS.has(token)).map(stem);
    known.set(at, found);
    return found;
  };
  return (first, last) => {
    const words = new Set<string>();
    for (let at = first; at <= last; at += 1) for (const word of wordsAt(at)) words.add(word);
    return words;
  };
}
