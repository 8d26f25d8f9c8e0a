import type { CaptionWord } from './cue.ts';

/** How much may be on screen at once. */
export interface BeatLimits {
  readonly maxWords: number;
  readonly idealCharacters: number;
  readonly maxCharacters: number;
}

/** Words that lean on the next one: a beat that ends with them leaves the eye hanging. */
const LEANING = new Set(
  'a an the of to in on at by for from with and or but so that as if than is are was were be my your his her its our their this i we you he she they it not no very'.split(
    ' ',
  ),
);
const CLAUSE_END = /[,;:–—]["'”’)\]]*$/u;
const SHORTEST_BEAT_S = 0.35;

/** What a beat costs, in squared characters away from the ideal length. */
const COST = { tooShortInTime: 400, leaning: 25, orphan: 30, crossesClause: 20, clauseEnd: -12 } as const;

/** Divides a phrase into beats by the cheapest sequence of breaks; one word over the limit stands alone. */
export function inBeats(words: readonly CaptionWord[], limits: BeatLimits): CaptionWord[][] {
  // best[n]: the cheapest way to divide the first n words, and where its last beat starts.
  const best: { cost: number; start: number }[] = [{ cost: 0, start: 0 }];
  for (let end = 1; end <= words.length; end += 1) {
    let cheapest = { cost: Number.POSITIVE_INFINITY, start: end - 1 };
    for (let start = end - 1; start >= Math.max(0, end - limits.maxWords); start -= 1) {
      const beat = words.slice(start, end);
      if (beat.length > 1 && characters(beat) > limits.maxCharacters) break;
      const cost = (best[start]?.cost ?? 0) + beatCost(beat, words[end], limits);
      if (cost < cheapest.cost) cheapest = { cost, start };
    }
    best.push(cheapest);
  }
  return walkBack(words, best);
}

function walkBack(words: readonly CaptionWord[], best: readonly { start: number }[]): CaptionWord[][] {
  const beats: CaptionWord[][] = [];
  for (let end = words.length; end > 0;) {
    const start = best[end]?.start ?? 0;
    beats.unshift(words.slice(start, end));
    end = start;
  }
  return beats;
}

const characters = (beat: readonly CaptionWord[]): number =>
  beat.reduce((sum, word) => sum + Array.from(word.text).length + 1, -1);

function beatCost(beat: readonly CaptionWord[], next: CaptionWord | undefined, limits: BeatLimits): number {
  const last = beat.at(-1);
  const first = beat[0];
  if (first === undefined || last === undefined) return 0;
  const shownS = (next?.fromS ?? last.toS) - first.fromS;
  const inner = beat.slice(0, -1);
  return (
    (characters(beat) - limits.idealCharacters) ** 2 / 4 +
    (shownS < SHORTEST_BEAT_S ? COST.tooShortInTime : 0) +
    (next !== undefined && LEANING.has(last.text.toLowerCase()) ? COST.leaning : 0) +
    (beat.length === 1 && characters(beat) < limits.idealCharacters / 2 ? COST.orphan : 0) +
    (inner.some((word) => CLAUSE_END.test(word.text)) ? COST.crossesClause : 0) +
    (CLAUSE_END.test(last.text) ? COST.clauseEnd : 0)
  );
}
