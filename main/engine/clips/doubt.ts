import { isUnsure, type DoubtfulWords } from '../../domain/transcript.ts';
import { FEATURES, featureNumber } from './parts/catalogue.ts';
import type { PartName } from './parts/part.ts';
import { standsAt, type Mark } from './phrases.ts';
import type { Sentence } from './sentences.ts';

/** Which words of a sentence may not be what was said: 1 for each that is doubtful; undefined where none is. */
export type Doubts = readonly (Uint8Array | undefined)[];

const LOOP_WORDS = 4;
const LOOP_REACH = 3;

/** Sentences that say again what one of the last three said: a sign of a recogniser caught in a loop. */
export function isLoop(sentences: readonly Sentence[], at: number): boolean {
  const tokens = sentences[at]?.tokens ?? [];
  if (tokens.length < LOOP_WORDS) return false;
  for (let back = 1; back <= LOOP_REACH; back += 1) {
    const before = sentences[at - back]?.tokens;
    if (before?.length === tokens.length && standsAt(tokens, before, 0)) return true;
  }
  return false;
}

/** The words that the recogniser was guessing, and every word of a line that comes again word for word. */
export const readDoubts = (sentences: readonly Sentence[]): Doubts =>
  sentences.map(({ words }, at) => {
    if (isLoop(sentences, at)) return new Uint8Array(words.length).fill(1);
    return words.some(isUnsure) ? Uint8Array.from(words, (word) => (isUnsure(word) ? 1 : 0)) : undefined;
  });

/** How many words between two words of a sentence are doubtful; `to` is exclusive. */
export function doubtsBetween(doubts: Doubts, at: number, from: number, to: number): number {
  const flags = doubts[at];
  if (flags === undefined) return 0;
  let count = 0;
  for (let word = Math.max(0, from); word < to; word += 1) count += flags[word] ?? 0;
  return count;
}

/** Parts that praise what is said; how a clip is built shows in the words beside the doubtful ones as well. */
const OF_WHAT_IS_SAID: ReadonlySet<PartName | undefined> = new Set<PartName>([
  'hook',
  'theme',
  'insight',
  'stakes',
  'story',
  'humour',
  'quotability',
]);
const CLEAN_OPENING = featureNumber('opensClean');
const QUOTABLE = featureNumber('quotableLine');
/** A phrase in which one word of five is guessed is guessed. */
const DOUBTFUL_SHARE = 0.2;

/** The marks of a sentence without those whose words may not have been said: they earn nothing. */
export function withoutDoubtful(marks: readonly Mark[], at: number, doubts: Doubts): Mark[] {
  if (doubts[at] === undefined) return [...marks];
  return marks.filter(({ feature, from, to }) => {
    const isOfWords = OF_WHAT_IS_SAID.has(FEATURES[feature]?.part) || feature === CLEAN_OPENING;
    if (!isOfWords) return true;
    const doubtful = doubtsBetween(doubts, at, from, to);
    return feature === QUOTABLE ? doubtful === 0 : doubtful < (to - from) * DOUBTFUL_SHARE;
  });
}

/** Every run of doubtful words of an episode, in order of time. */
export function listDoubts(sentences: readonly Sentence[]): DoubtfulWords[] {
  const doubts = readDoubts(sentences);
  return sentences.flatMap(({ words }, at) => {
    const why = isLoop(sentences, at) ? 'repeated' : 'unsure';
    const runs: (typeof words)[number][][] = [];
    words.forEach((word, index) => {
      if (doubtsBetween(doubts, at, index, index + 1) === 0) return;
      const last = runs.at(-1);
      if (last !== undefined && doubtsBetween(doubts, at, index - 1, index) > 0) last.push(word);
      else runs.push([word]);
    });
    return runs.map((run) => ({
      text: run.map(({ text }) => text).join(' '),
      fromS: run[0]?.fromS ?? 0,
      toS: run.at(-1)?.toS ?? 0,
      why,
    }));
  });
}
