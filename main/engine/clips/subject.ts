import { COMMON_ROOTS, COMMON_WORDS, root, stem } from './language.ts';
import { featureNumber } from './parts/catalogue.ts';
import type { Mark } from './phrases.ts';
import { foldWord, type Sentence } from './sentences.ts';
import { joinRuns, readTerms, type Runs, type Terms, type Uses } from './terms.ts';

/** A word that so many sentences share carries no subject, whatever the language. */
const EVERYWHERE = 0.08;
/** The same words said again within this time are one thought, not a return to it. */
const DISTANT_S = 60;
const RETURNING_S = 120;
/** A phrase is introduced where it is said first and comes back much later. */
const INTRODUCED_USES = 3;
const INTRODUCED_S = 180;
/** What is said in the first minutes is what the episode promises. */
const INTRODUCTION_S = 150;
const RETURNING_USES = 3;
const CENTRAL_USES = 4;
const PAIR_USES = 3;
const PHRASE_USES = 2;
const PHRASE_WORDS = 4;

const feature = {
  title: featureNumber('titleWords'),
  returning: featureNumber('returningTerms'),
  introduced: featureNumber('introducedPhrases'),
  titleSubject: featureNumber('titleSubject'),
  titleCompany: featureNumber('titleCompany'),
  promised: featureNumber('promisedWords'),
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
  return new Set(words.map(root));
}

/** Which words carry a subject: not the common ones, not numbers, not what every other sentence says. */
function findContent({ names, sentences }: Terms, sentenceCount: number): boolean[] {
  const most = Math.max(3, sentenceCount * EVERYWHERE);
  return names.map(
    (name, id) =>
      name.length > 2 && !COMMON_ROOTS.has(name) && !/\d/u.test(name) && (sentences[id] ?? 0) <= most,
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

/** How surely a word belongs to the title's company: 1 at two deviations more often beside its words than by chance. */
const LEAST_COMPANY_DEVIATIONS = 2;
const MOST_COMPANY = 2;
const COMPANY_USES = 4;

/** How much each word keeps company with the words of the title: said in the same sentence or in one beside it. */
function companyOf({ ofSentence, names, sentences }: Terms, inTitle: readonly boolean[]): Float64Array {
  const company = new Float64Array(names.length);
  const speaks = ofSentence.map((ids) => ids.some((id) => inTitle[id] === true));
  const isNear = speaks.map((own, at) => own || speaks[at - 1] === true || speaks[at + 1] === true);
  const share = isNear.filter(Boolean).length / Math.max(1, isNear.length);
  if (share === 0 || share > 0.5) return company;
  const together = new Float64Array(names.length);
  ofSentence.forEach((ids, at) => {
    if (isNear[at] === true) for (const id of new Set(ids)) together[id] = (together[id] ?? 0) + 1;
  });
  together.forEach((count, id) => {
    const uses = sentences[id] ?? 0;
    if (uses < COMPANY_USES || inTitle[id] === true) return;
    const deviations = (count - uses * share) / Math.sqrt(uses * share * (1 - share) + 0.5);
    if (deviations > LEAST_COMPANY_DEVIATIONS)
      company[id] = Math.min(MOST_COMPANY, deviations / LEAST_COMPANY_DEVIATIONS);
  });
  return company;
}

/** Words of the title wherever they are said, and the words that keep company with them. */
function markTitle(terms: Terms, title: string, add: AddMark): void {
  const wanted = titleWords(title);
  if (wanted.size === 0) return;
  const inTitle = terms.names.map((name) => wanted.has(name));
  const company = companyOf(terms, inTitle);
  const rarity = (id: number): number =>
    Math.log2(1 + terms.ofSentence.length / (1 + (terms.sentences[id] ?? 0)));
  terms.ofSentence.forEach((ids, at) => {
    ids.forEach((id, from) => {
      const to = from + 1;
      if (inTitle[id] === true) {
        const uses = terms.uses.count[id] ?? 0;
        add(at, { feature: feature.title, from, to, value: 1 / Math.sqrt(uses) });
        add(at, { feature: feature.titleSubject, from, to, value: rarity(id) });
      }
      const worth = company[id] ?? 0;
      if (worth > 0) add(at, { feature: feature.titleCompany, from, to, value: worth });
    });
  });
}

/** Words that the first minutes announced, wherever they are taken up later; rarer ones count for more. */
function markPromised(
  sentences: readonly Sentence[],
  terms: Terms,
  isContent: readonly boolean[],
  add: AddMark,
): void {
  const untilS = (sentences[0]?.fromS ?? 0) + INTRODUCTION_S;
  const promised = new Set<number>();
  sentences.forEach(({ tokens, fromS }) => {
    if (fromS < untilS) for (const token of tokens) promised.add(terms.numberOf(token) ?? -1);
  });
  terms.ofSentence.forEach((ids, at) => {
    if ((sentences[at]?.fromS ?? 0) < untilS) return;
    ids.forEach((id, from) => {
      if (isContent[id] !== true || !promised.has(id)) return;
      const value = 1 / Math.sqrt(terms.uses.count[id] ?? 1);
      add(at, { feature: feature.promised, from, to: from + 1, value });
    });
  });
}

function markWords(terms: Terms, isContent: readonly boolean[], add: AddMark): void {
  terms.ofSentence.forEach((ids, at) => {
    ids.forEach((id, from) => {
      const count = terms.uses.count[id] ?? 0;
      const to = from + 1;
      if (isContent[id] !== true) return;
      if (count === 1) add(at, { feature: feature.rare, from, to, value: 1 });
      if (count >= CENTRAL_USES) add(at, { feature: feature.central, from, to, value: Math.log2(count) - 1 });
    });
  });
}

type IsWanted = (sentence: number, word: number) => boolean;

function markRuns(
  { ofSentence, uses }: Runs,
  [number, least, length]: readonly [number, number, number],
  isWanted: IsWanted,
  add: AddMark,
): void {
  ofSentence.forEach((ids, at) => {
    ids.forEach((id, from) => {
      if (recurs(uses, id, least) && isWanted(at, from))
        add(at, { feature: number, from, to: from + length, value: 1 });
    });
  });
}

/** The first use of each phrase of two words that the episode comes back to much later. */
function markIntroduced({ ofSentence, uses }: Runs, isWanted: IsWanted, add: AddMark): void {
  const isKnown = new Uint8Array(uses.count.length);
  ofSentence.forEach((ids, at) => {
    ids.forEach((id, from) => {
      if (isKnown[id] === 1) return;
      isKnown[id] = 1;
      const count = uses.count[id] ?? 0;
      if (count < INTRODUCED_USES || spanS(uses, id) <= INTRODUCED_S || !isWanted(at, from)) return;
      add(at, { feature: feature.introduced, from, to: from + 2, value: Math.log2(count) });
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
  const isCommon = terms.names.map((name) => COMMON_ROOTS.has(name));
  const saysSomething = (at: number, word: number): boolean => {
    const ids = terms.ofSentence[at] ?? [];
    return isCommon[ids[word] ?? -1] !== true || isCommon[ids[word + 1] ?? -1] !== true;
  };
  markReturning(terms, isContent, add);
  markTitle(terms, title, add);
  markPromised(sentences, terms, isContent, add);
  markWords(terms, isContent, add);
  markIntroduced(pairs, saysSomething, add);
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
