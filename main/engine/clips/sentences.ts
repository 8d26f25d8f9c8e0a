import type { Segment, Timing, Word } from '../../domain/transcript.ts';

/** A sentence as the finder reads it: every word of `words` has its folded form at the same place in `tokens`. */
export interface Sentence {
  readonly fromS: number;
  readonly toS: number;
  readonly text: string;
  readonly words: readonly Word[];
  readonly tokens: readonly string[];
  readonly speaker: string | undefined;
  readonly timing: Timing;
  /** False where a sentence had to be parted in the middle, because it is too long or the transcript lost its marks. */
  readonly opensSentence: boolean;
  readonly closesSentence: boolean;
}

const EDGE_MARKS = /^[^\p{L}\p{N}$£€]+|[^\p{L}\p{N}%]+$/gu;
const PLAIN_WORD = /^[a-z0-9]+$/;
const TERMINAL = /[.!?…。！？｡؟।۔።։။]["'”’)\]»]*$/u;
const CLAUSE_MARK = /[,;:–—]$/u;

/** A word without its capitals and outer punctuation, so that "Don’t," and "don't" are the same word. */
export function foldWord(text: string): string {
  const lower = text.toLowerCase();
  return PLAIN_WORD.test(lower) ? lower : lower.replaceAll('’', "'").replace(EDGE_MARKS, '');
}

export const endsSentence = (text: string): boolean => TERMINAL.test(text.trimEnd());

/** Words spread over a segment by their length, for transcripts that time only whole sentences. */
export function spreadWords(text: string, fromS: number, toS: number): Word[] {
  const parts = text.split(/\s+/u).filter((part) => part !== '');
  const total = parts.reduce((sum, part) => sum + part.length + 1, 0);
  let passed = 0;
  return parts.map((part) => {
    const startS = fromS + ((toS - fromS) * passed) / total;
    passed += part.length + 1;
    return { text: part, fromS: startS, toS: fromS + ((toS - fromS) * passed) / total, confidence: null };
  });
}

function toSentence(segment: Segment): Sentence {
  const words =
    segment.words.length > 0 ? segment.words : spreadWords(segment.text, segment.fromS, segment.toS);
  return {
    fromS: segment.fromS,
    toS: segment.toS,
    text: segment.text.trim(),
    words,
    tokens: words.map((word) => foldWord(word.text)),
    speaker: segment.speaker,
    timing: segment.timing,
    opensSentence: true,
    closesSentence: true,
  };
}

/** Where a run of words is best parted: at the longest pause, a comma counting as a fifth of a second, away from the edges. */
function bestBreak(words: readonly Word[]): number {
  let best = Math.floor(words.length / 2);
  let bestWorth = -1;
  const margin = Math.max(1, Math.floor(words.length / 4));
  for (let i = margin; i <= words.length - margin; i += 1) {
    const before = words[i - 1];
    const after = words[i];
    if (before === undefined || after === undefined) continue;
    const fromMiddle = Math.abs(i / words.length - 0.5);
    const worth = after.fromS - before.toS + (CLAUSE_MARK.test(before.text) ? 0.2 : 0) - fromMiddle * 0.1;
    if (worth > bestWorth) [best, bestWorth] = [i, worth];
  }
  return best;
}

function piece(sentence: Sentence, from: number, to: number): Sentence {
  const words = sentence.words.slice(from, to);
  const first = words[0];
  const last = words.at(-1);
  return {
    ...sentence,
    fromS: from === 0 ? sentence.fromS : (first?.fromS ?? sentence.fromS),
    toS: to === sentence.words.length ? sentence.toS : (last?.toS ?? sentence.toS),
    text: words.map((word) => word.text).join(' '),
    words,
    tokens: sentence.tokens.slice(from, to),
    opensSentence: sentence.opensSentence && from === 0,
    closesSentence: sentence.closesSentence && to === sentence.words.length,
  };
}

/** Text without punctuation is one endless sentence; it is parted at its pauses, because there must still be clips. */
function partOverlong(sentence: Sentence, longestS: number): Sentence[] {
  if (sentence.toS - sentence.fromS <= longestS || sentence.words.length < 4) return [sentence];
  const at = bestBreak(sentence.words);
  return [piece(sentence, 0, at), piece(sentence, at, sentence.words.length)].flatMap((half) =>
    partOverlong(half, longestS / 2 > 10 ? Math.min(longestS, 20) : longestS),
  );
}

const hasWords = (sentence: Sentence): boolean => sentence.tokens.some((token) => token !== '');
const isSoundMark = (sentence: Sentence): boolean => /^[[(♪][^\])]*[\])♪]?$/u.test(sentence.text);

/** A pause this long parts sentences where a mark is missing. */
const SENTENCE_PAUSE_S = 1.5;

/** Half of the sentences end in a full stop or the like: its absence elsewhere means something. */
export const isMostlyPunctuated = (sentences: readonly Sentence[]): boolean =>
  sentences.filter(({ text }) => endsSentence(text)).length * 2 >= sentences.length;

/** Whether the next sentence is the rest of this one: no mark, the same voice, no pause to speak of. */
const goesOn = (sentence: Sentence, next: Sentence | undefined): boolean =>
  next !== undefined &&
  !endsSentence(sentence.text) &&
  (sentence.speaker === next.speaker || sentence.speaker === undefined || next.speaker === undefined) &&
  next.fromS - sentence.toS < SENTENCE_PAUSE_S;

/** In a punctuated transcript, what ends without a mark goes on in the next sentence, and neither is whole at that edge. */
function noteHalves(sentences: readonly Sentence[]): readonly Sentence[] {
  if (!isMostlyPunctuated(sentences)) return sentences;
  return sentences.map((sentence, at) => {
    const before = sentences[at - 1];
    const isRest = before !== undefined && goesOn(before, sentence);
    const isBegun = goesOn(sentence, sentences[at + 1]);
    return isRest || isBegun
      ? {
          ...sentence,
          opensSentence: sentence.opensSentence && !isRest,
          closesSentence: sentence.closesSentence && !isBegun,
        }
      : sentence;
  });
}

/**
 * The spoken sentences of an episode in order of time, without sound marks such as [music], nothing past the end,
 * none longer than `longestS`.
 */
export function readSentences(
  segments: readonly Segment[],
  durationS: number,
  longestS: number,
): readonly Sentence[] {
  const sentences = segments
    .filter((segment) => segment.toS >= segment.fromS && (durationS <= 0 || segment.fromS < durationS))
    .map(toSentence)
    .filter((sentence) => hasWords(sentence) && !isSoundMark(sentence))
    .sort((a, b) => a.fromS - b.fromS || a.toS - b.toS)
    .flatMap((sentence) => partOverlong(sentence, longestS));
  return noteHalves(sentences);
}

/** Parts the sentences that are cut into at the word edge nearest to each cut; a cut between sentences parts nothing. */
export function partAt(sentences: readonly Sentence[], cutsS: readonly number[]): readonly Sentence[] {
  return cutsS.reduce<readonly Sentence[]>(
    (parted, cutS) =>
      parted.flatMap((sentence) => {
        if (cutS <= sentence.fromS || cutS >= sentence.toS) return [sentence];
        const nearest = sentence.words.reduce(
          (best, { fromS }, at) =>
            Math.abs(fromS - cutS) < Math.abs((sentence.words[best]?.fromS ?? Infinity) - cutS) ? at : best,
          0,
        );
        const endsNearer =
          Math.abs(sentence.toS - cutS) < Math.abs((sentence.words[nearest]?.fromS ?? 0) - cutS);
        if (nearest === 0 || endsNearer) return [sentence];
        return [piece(sentence, 0, nearest), piece(sentence, nearest, sentence.words.length)];
      }),
    sentences,
  );
}
