import type { Sentence } from './sentences.ts';

/** A pause that parts two subjects is this much longer than the usual one, among the longest of the episode, and noticed. */
const LONGER_THAN_USUAL = 1.5;
const AMONG_LONGEST = 0.75;
const SHORTEST_BREAK_S = 0.6;

/** The pause after each sentence, in seconds; none after the last. */
export const pausesAfter = (sentences: readonly Sentence[]): Float64Array =>
  Float64Array.from(sentences, ({ toS }, at) => Math.max(0, (sentences[at + 1]?.fromS ?? toS) - toS));

/**
 * After which sentences a pause says that something new begins: 1.5 times as long as pauses usually are in this
 * episode, and longer than three in four of them. Readers and talkers alike pause longer between subjects than within one.
 */
export function findBreaks(pausesS: Float64Array): Uint8Array {
  const heard = pausesS.filter((pauseS) => pauseS > 0).sort();
  const lengthAt = (share: number): number => heard[Math.floor(heard.length * share)] ?? 0;
  const leastS = Math.max(SHORTEST_BREAK_S, lengthAt(0.5) * LONGER_THAN_USUAL, lengthAt(AMONG_LONGEST));
  return Uint8Array.from(pausesS, (pauseS) => (pauseS >= leastS ? 1 : 0));
}
