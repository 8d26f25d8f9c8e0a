import { overlapS, lengthS, type TimeRange } from '../../domain/time.ts';

/** A window that competes for a place among the best. */
export interface Contender extends TimeRange {
  readonly window: number;
  readonly tenths: number;
}

/** Clips that share more of the shorter one than this are the same moment. */
const SAME_MOMENT = 0.4;
/** Two clips that share a sentence or two are proposed together only where there is too little else. */
const HARDLY_SHARED = 0.05;
/** Clips that share more of their words than this say the same thing twice. */
const SAME_WORDS = 0.6;
/** No third of the episode may hold more than this share of the clips while others have something to offer. */
const LARGEST_THIRD = 0.5;

const SECONDS_PER_CLIP = 240;
/** From here on a person has enough to choose from only with six. */
const LONG_EPISODE_S = 300;

/** About one clip in four minutes: at least 6 from five minutes of episode, at most 24. */
export function usualLimit(durationS: number): number {
  const proportional = Math.round(durationS / SECONDS_PER_CLIP);
  return Math.min(24, Math.max(durationS >= LONG_EPISODE_S ? 6 : 3, proportional));
}

const sharesMoreThan = (share: number, a: TimeRange, b: TimeRange): boolean =>
  overlapS(a, b) > share * Math.min(lengthS(a), lengthS(b));

export const isSameMoment = (a: TimeRange, b: TimeRange): boolean => sharesMoreThan(SAME_MOMENT, a, b);

export function saysTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  if (few.size === 0) return false;
  let shared = 0;
  for (const word of few) if (many.has(word)) shared += 1;
  return shared > SAME_WORDS * few.size;
}

/** Best first; equals in order of time. */
export const byRank = (a: Contender, b: Contender): number =>
  b.tenths - a.tenths || a.fromS - b.fromS || a.toS - b.toS;

/**
 * The best contenders, no two of them the same moment or the same words, spread over the episode as far as there is
 * something to spread. Best first.
 */
export function selectBest(
  contenders: readonly Contender[],
  limit: number,
  episode: TimeRange,
  wordsOf: (contender: Contender) => ReadonlySet<string>,
): Contender[] {
  const ranked = [...contenders].sort(byRank);
  const chosen: { readonly contender: Contender; readonly words: ReadonlySet<string> }[] = [];
  const thirdOf = ({ fromS }: Contender): number =>
    Math.min(2, Math.floor((3 * (fromS - episode.fromS)) / Math.max(1, lengthS(episode))));
  const held = [0, 0, 0];
  const most = Math.ceil(limit * LARGEST_THIRD);
  const fill = (mostPerThird: number, mostShared: number): void => {
    for (const contender of ranked) {
      if (chosen.length >= limit) return;
      const third = thirdOf(contender);
      if ((held[third] ?? 0) >= mostPerThird) continue;
      if (chosen.some((other) => sharesMoreThan(mostShared, other.contender, contender))) continue;
      const words = wordsOf(contender);
      if (chosen.some((other) => saysTheSame(other.words, words))) continue;
      chosen.push({ contender, words });
      held[third] = (held[third] ?? 0) + 1;
    }
  };
  fill(most, HARDLY_SHARED);
  fill(limit, HARDLY_SHARED);
  fill(limit, SAME_MOMENT);
  return chosen.map(({ contender }) => contender).sort(byRank);
}
