import { lengthS, overlapS, type TimeRange } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import { foldWord, spreadWords } from './sentences.ts';

/** A run of words by its hash, and when it begins. */
export interface WordRun {
  readonly hash: number;
  readonly atS: number;
}

const RUN_WORDS = 4;
/** One run of so many is kept: enough to know a clip of ten seconds again, and a quarter of the rows. */
const KEPT_OF = 4;

/** FNV-1a over UTF-16 units (Fowler, Noll, Vo; public domain), 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // The low bits of FNV are weak, and they are the ones that choose what is kept.
  return (hash ^ (hash >>> 15)) >>> 0;
}

/**
 * The runs of four words that are kept of an episode, across its sentences: which ones depends on the words alone, so the same words give the same
 * runs wherever they are said.
 */
export function wordRunsOf(segments: readonly Segment[]): WordRun[] {
  const folded = segments
    .flatMap(({ words, text, fromS, toS }) => (words.length > 0 ? words : spreadWords(text, fromS, toS)))
    .map(({ text, fromS }) => ({ token: foldWord(text), fromS }))
    .filter(({ token }) => token !== '');
  return folded.flatMap(({ fromS }, at) => {
    if (at + RUN_WORDS > folded.length) return [];
    const hash = hashOf(
      folded
        .slice(at, at + RUN_WORDS)
        .map(({ token }) => token)
        .join(' '),
    );
    return hash % KEPT_OF === 0 ? [{ hash, atS: fromS }] : [];
  });
}

/** A run that was found again. */
export interface FoundRun extends WordRun {
  readonly episodeId: string;
}

export interface SameWords extends TimeRange {
  readonly episodeId: string;
  /** Share of the clip's runs that were found there. */
  readonly share: number;
}

/** Nearly the same words: recognisers differ in a word here and there, and each costs four runs. */
const LEAST_SHARE = 0.4;
/** Fewer runs than this are a turn of phrase. */
const LEAST_RUNS = 4;
/** The same words may be said more slowly. */
const SLOWEST = 1.5;
/** Words spoken after the last run began. */
const RUN_S = 1.5;

/** The stretch no longer than asked in which most different runs begin. */
function densest(runs: readonly FoundRun[], longestS: number): { range: TimeRange; count: number } {
  const sorted = runs.toSorted((a, b) => a.atS - b.atS);
  let best = { range: { fromS: 0, toS: 0 }, count: 0 };
  for (const [i, { atS }] of sorted.entries()) {
    const within = sorted.slice(i).filter((run) => run.atS - atS <= longestS);
    const count = new Set(within.map(({ hash }) => hash)).size;
    if (count > best.count) best = { range: { fromS: atS, toS: (within.at(-1)?.atS ?? atS) + RUN_S }, count };
  }
  return best;
}

/**
 * The episodes in which nearly the same words are said as in a clip, most alike first. `runs` are the clip's, `found` all
 * runs with these hashes in other episodes.
 */
export function sameWords(runs: readonly WordRun[], clipS: number, found: readonly FoundRun[]): SameWords[] {
  const hashes = new Set(runs.map(({ hash }) => hash));
  const byEpisode = Map.groupBy(
    found.filter(({ hash }) => hashes.has(hash)),
    ({ episodeId }) => episodeId,
  );
  return [...byEpisode]
    .map(([episodeId, ofEpisode]) => {
      const { range, count } = densest(ofEpisode, clipS * SLOWEST);
      return { episodeId, ...range, count, share: count / hashes.size };
    })
    .filter(({ count, share }) => count >= LEAST_RUNS && share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share || a.episodeId.localeCompare(b.episodeId))
    .map(({ episodeId, fromS, toS, share }) => ({ episodeId, fromS, toS, share }));
}

/** Share of the shorter of two ranges that both have. */
export const sharedTime = (a: TimeRange, b: TimeRange): number =>
  overlapS(a, b) / Math.max(0.001, Math.min(lengthS(a), lengthS(b)));

/** Ranges that share more of the shorter one than this are the same moment. */
export const SAME_MOMENT_SHARE = 0.4;
