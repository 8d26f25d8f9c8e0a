import { hasClauseMark } from './sentenceMarks.ts';
import type { SpokenToken } from './spokenTokens.ts';

/** A sentence that lasts longer is cut, because nothing can be clipped from inside it. */
const LONGEST_SENTENCE_S = 40;
const LONGEST_UNMARKED_WORDS = 30;
/** Even in punctuated transcripts nobody says this many words to one mark; the marks are missing there. */
const LONGEST_MARKED_WORDS = 120;
/** Fewer marks than one in this many words means that the transcript is not punctuated. */
const WORDS_PER_MARK = 150;
const FEWEST_WORDS = 5;

/**
 * Cuts sentences that are too long at their largest pause or clause mark. Takes and returns end indexes; marks says
 * which words have a sentence mark.
 */
export function cutLongSentences(
  tokens: readonly SpokenToken[],
  ends: readonly number[],
  marks: Uint8Array,
): number[] {
  // The very last mark says nothing: a transcript without any other may still end in a full stop.
  const marked = marks.subarray(0, -1).reduce((sum, mark) => sum + mark, 0);
  const isMarked = marked > 0 && marked * WORDS_PER_MARK >= tokens.length;
  return ends.flatMap((end, index) => {
    const start = ends[index - 1] ?? 0;
    const isRunOn = end - start > (isMarked ? LONGEST_MARKED_WORDS : LONGEST_UNMARKED_WORDS);
    return [...cuts(tokens, start, end, isRunOn ? LONGEST_UNMARKED_WORDS : Infinity), end];
  });
}

function cuts(tokens: readonly SpokenToken[], from: number, to: number, mostWords: number): number[] {
  const found: number[] = [];
  let start = from;
  while (to - start > mostWords || spanS(tokens, start, to) > LONGEST_SENTENCE_S) {
    const cut = bestCut(tokens, start, to, mostWords);
    if (cut === undefined) break;
    found.push(cut);
    start = cut;
  }
  return found;
}

const spanS = (tokens: readonly SpokenToken[], from: number, to: number): number =>
  (tokens[to - 1]?.toS ?? 0) - (tokens[from]?.fromS ?? 0);

function bestCut(
  tokens: readonly SpokenToken[],
  start: number,
  to: number,
  mostWords: number,
): number | undefined {
  const last = Math.min(start + mostWords, to - FEWEST_WORDS);
  let best: { cut: number; score: number } | undefined;
  for (let cut = start + FEWEST_WORDS; cut <= last; cut++) {
    if (spanS(tokens, start, cut) > LONGEST_SENTENCE_S) break;
    const score = cutScore(tokens, cut);
    // Of equal places the later one is better: fewer cuts.
    if (best === undefined || score >= best.score) best = { cut, score };
  }
  return best?.cut;
}

/** The pause in seconds; a comma counts like a short pause, and the end of a cue decides between equals. */
function cutScore(tokens: readonly SpokenToken[], cut: number): number {
  const before = tokens[cut - 1];
  const after = tokens[cut];
  if (before === undefined || after === undefined) return 0;
  const pauseS = Math.max(0, after.fromS - before.toS);
  return pauseS + (hasClauseMark(before.text) ? 0.4 : 0) + (before.endsCue ? 0.1 : 0);
}
