import type { TimeRange } from '../../domain/time.ts';

/** Every stretch of whole sentences that may become a clip: window n runs from sentence first[n] to last[n], inclusive. */
export interface Windows {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

export interface WindowLimits {
  readonly shortestS: number;
  readonly longestS: number;
}

/** Interpolated edges of neighbours may overlap this much without either being cut audibly. */
const TOLERATED_OVERLAP_S = 0.05;
/** A beginning or an end that fits the limits but for rounding still fits. */
const ROUNDING_S = 0.0005;

/** Where a cut would fall inside somebody else's sentence, as when two people talk at once. */
function cleanCuts(sentences: readonly TimeRange[]): { mayStart: boolean[]; mayEnd: boolean[] } {
  const mayStart: boolean[] = [];
  const mayEnd: boolean[] = [];
  let latestEndS = -Infinity;
  sentences.forEach(({ fromS, toS }, at) => {
    mayStart[at] = latestEndS <= fromS + TOLERATED_OVERLAP_S;
    latestEndS = Math.max(latestEndS, toS);
    const nextS = sentences[at + 1]?.fromS ?? Infinity;
    mayEnd[at] = latestEndS <= toS + TOLERATED_OVERLAP_S && nextS >= toS - TOLERATED_OVERLAP_S;
  });
  return { mayStart, mayEnd };
}

/** A sentence as far as its edges go; an edge in the middle of a longer sentence is told by false. */
export interface Edged extends TimeRange {
  readonly opensSentence?: boolean;
  readonly closesSentence?: boolean;
}

/**
 * All windows of whole sentences within the limits, in order of their beginnings, then of their ends. Those that begin or
 * end in the middle of a sentence are among them only where they are the most, as in transcripts without marks.
 */
export function listWindows(sentences: readonly Edged[], limits: WindowLimits): Windows {
  const all = windowsBetween(sentences, limits);
  const whole = Array.from(all.first.keys()).filter(
    (n) =>
      sentences[all.first[n] ?? 0]?.opensSentence !== false &&
      sentences[all.last[n] ?? 0]?.closesSentence !== false,
  );
  if (whole.length === all.first.length || whole.length * 2 < all.first.length) return all;
  const pick = (edges: Int32Array): Int32Array => Int32Array.from(whole, (n) => edges[n] ?? 0);
  return { first: pick(all.first), last: pick(all.last) };
}

function windowsBetween(sentences: readonly TimeRange[], { shortestS, longestS }: WindowLimits): Windows {
  const first: number[] = [];
  const last: number[] = [];
  const { mayStart, mayEnd } = cleanCuts(sentences);
  for (let i = 0; i < sentences.length; i += 1) {
    const fromS = sentences[i]?.fromS ?? 0;
    if (mayStart[i] !== true) continue;
    for (let j = i; j < sentences.length; j += 1) {
      const sentence = sentences[j];
      if (sentence === undefined || sentence.fromS - fromS > longestS) break;
      const lengthS = sentence.toS - fromS;
      if (lengthS < shortestS - ROUNDING_S || lengthS > longestS + ROUNDING_S || mayEnd[j] !== true) continue;
      first.push(i);
      last.push(j);
    }
  }
  return { first: Int32Array.from(first), last: Int32Array.from(last) };
}

/**
 * Windows for an episode in which nothing fits the limits: all of it when it is short, else the longest stretch from each
 * sentence that does not exceed the longest clip.
 */
export function listFallbackWindows(sentences: readonly TimeRange[], { longestS }: WindowLimits): Windows {
  const first: number[] = [];
  const last: number[] = [];
  let reached = -1;
  for (let i = 0; i < sentences.length; i += 1) {
    const fromS = sentences[i]?.fromS ?? 0;
    let j = i;
    while (j + 1 < sentences.length && (sentences[j + 1]?.toS ?? Infinity) - fromS <= longestS) j += 1;
    if (j === reached) continue;
    reached = j;
    first.push(i);
    last.push(j);
  }
  return { first: Int32Array.from(first), last: Int32Array.from(last) };
}
