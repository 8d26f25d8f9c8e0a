import { root } from './language.ts';
import type { Sentence } from './sentences.ts';

/** How often something was said, and when first and last. */
export interface Uses {
  readonly count: number[];
  readonly firstS: number[];
  readonly lastS: number[];
}

/** The words of an episode as numbers: the same number is the same word, whatever its ending. */
export interface Terms {
  /** The word behind each number. */
  readonly names: readonly string[];
  /** Numbers of the words of each sentence; empty where the sentence is not counted. */
  readonly ofSentence: readonly (readonly number[])[];
  readonly uses: Uses;
  /** In how many sentences each word is said. */
  readonly sentences: readonly number[];
  /** Where each word is said first. */
  readonly firstSentence: readonly number[];
  readonly firstWord: readonly number[];
  /** The number of a word; undefined if no sentence that counts says it. */
  readonly numberOf: (token: string) => number | undefined;
}

const noUses = (): Uses => ({ count: [], firstS: [], lastS: [] });

function use(uses: Uses, id: number, atS: number): void {
  const { count, firstS, lastS } = uses;
  if (count[id] === undefined) firstS[id] = atS;
  count[id] = (count[id] ?? 0) + 1;
  lastS[id] = atS;
}

/** Reads the words of all sentences that count. */
export function readTerms(sentences: readonly Sentence[], isCounted: (sentence: number) => boolean): Terms {
  const byToken = new Map<string, number>();
  const byStem = new Map<string, number>();
  const names: string[] = [];
  const numberOf = (token: string): number => {
    const known = byToken.get(token);
    if (known !== undefined) return known;
    const name = root(token);
    const id = byStem.get(name) ?? names.length;
    if (id === names.length) names.push(name);
    byStem.set(name, id);
    byToken.set(token, id);
    return id;
  };
  const uses = noUses();
  const inSentences: number[] = [];
  const lastSentence: number[] = [];
  const firstSentence: number[] = [];
  const firstWord: number[] = [];
  const ofSentence = sentences.map(({ tokens, fromS }, at) => {
    if (!isCounted(at)) return [];
    return tokens.map((token, word) => {
      const id = numberOf(token);
      if (uses.count[id] === undefined) [firstSentence[id], firstWord[id]] = [at, word];
      use(uses, id, fromS);
      if (lastSentence[id] !== at) inSentences[id] = (inSentences[id] ?? 0) + 1;
      lastSentence[id] = at;
      return id;
    });
  });
  return {
    names,
    ofSentence,
    uses,
    sentences: inSentences,
    firstSentence,
    firstWord,
    numberOf: (token) => byStem.get(root(token)),
  };
}

/** Runs of neighbouring words or pairs as numbers, in the manner of the terms themselves. */
export interface Runs {
  readonly ofSentence: readonly (readonly number[])[];
  readonly uses: Uses;
}

/**
 * Joins each item of a sentence with the one `apart` places on: words with their neighbours make pairs, pairs with the
 * pair two places on make phrases of four words.
 */
export function joinRuns(
  items: readonly (readonly number[])[],
  apart: number,
  sentences: readonly Sentence[],
): Runs {
  const known = new Map<number, number>();
  const most = items.reduce((max, ids) => ids.reduce((m, id) => Math.max(m, id), max), 0) + 1;
  const uses = noUses();
  const ofSentence = items.map((ids, at) => {
    const joined: number[] = [];
    const atS = sentences[at]?.fromS ?? 0;
    for (let i = 0; i + apart < ids.length; i += 1) {
      const key = (ids[i] ?? 0) * most + (ids[i + apart] ?? 0);
      const id = known.get(key) ?? known.size;
      known.set(key, id);
      use(uses, id, atS);
      joined.push(id);
    }
    return joined;
  });
  return { ofSentence, uses };
}
