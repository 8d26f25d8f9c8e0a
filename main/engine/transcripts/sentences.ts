import { toMilliseconds } from '../../domain/time.ts';
import type { Cue, Segment, Word } from '../../domain/transcript.ts';
import { cutLongSentences } from './longSentences.ts';
import { endsSentence, hasSentenceMark, isCaseTold } from './sentenceMarks.ts';
import { spokenTokens, type SpokenToken } from './spokenTokens.ts';
import { textOf } from './words.ts';

/** Where nothing is punctuated, a pause this long ends a sentence. */
const SENTENCE_PAUSE_S = 1.5;
/** No sentence reaches over a hole this long: music, an advert, or words that are missing. */
const HOLE_S = 6;
/** Text without a sentence mark this many words back and ahead counts as not punctuated. */
const NEIGHBOURHOOD_WORDS = 40;

/**
 * Makes sentences of cues, which must be in order of time. Sentences are found by their marks, never by the ends of
 * cues; where a transcript has no marks, by pauses and length. No word is lost and none is added.
 */
export function toSegments(cues: readonly Cue[]): Segment[] {
  const tokens = spokenTokens(cues);
  const marks = Uint8Array.from(tokens, (token) => (hasSentenceMark(token.text) ? 1 : 0));
  const ends = cutLongSentences(tokens, sentenceEnds(tokens, marks), marks);
  return ends.map((end, index) => segmentOf(tokens.slice(ends[index - 1] ?? 0, end)));
}

/** Indexes after the last word of each sentence, in order; the last one is the number of words. */
function sentenceEnds(tokens: readonly SpokenToken[], marks: Uint8Array): number[] {
  const isCapitalised = isCaseTold(tokens.filter((_, index) => marks[index] === 1 || marks[index - 1] === 1));
  const distances = distancesToMarks(marks);
  const ends: number[] = [];
  let start = 0;
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    const isEnd =
      next === undefined ||
      next.startsTurn ||
      pauseEnds(token, next, distances[index] ?? 0) ||
      (marks[index] === 1 &&
        endsSentence(token.text, next.text, {
          isFirstWord: index === start,
          isCaseTold: isCapitalised,
          isNextJoined: next.isJoined,
        }));
    if (!isEnd) return;
    ends.push(index + 1);
    start = index + 1;
  });
  return ends;
}

function pauseEnds(token: SpokenToken, next: SpokenToken, wordsToMark: number): boolean {
  const pauseS = next.fromS - token.toS;
  return pauseS >= HOLE_S || (pauseS >= SENTENCE_PAUSE_S && wordsToMark > NEIGHBOURHOOD_WORDS);
}

/** For each word, how many words away the nearest sentence mark is. */
function distancesToMarks(marks: Uint8Array): Float64Array {
  const distances = new Float64Array(marks.length);
  let far = Infinity;
  for (let index = 0; index < marks.length; index++) {
    far = marks[index] === 1 ? 0 : far + 1;
    distances[index] = far;
  }
  far = Infinity;
  for (let index = marks.length - 1; index >= 0; index--) {
    far = marks[index] === 1 ? 0 : far + 1;
    distances[index] = Math.min(distances[index] ?? far, far);
  }
  return distances;
}

function segmentOf(tokens: readonly SpokenToken[]): Segment {
  const words = inOrder(tokens);
  const speaker = tokens[0]?.speaker;
  return {
    ...(speaker === undefined ? {} : { speaker }),
    fromS: words[0]?.fromS ?? 0,
    toS: words.at(-1)?.toS ?? 0,
    text: textOf(tokens),
    words,
    timing: tokens.every((token) => token.isTimed) ? 'word' : 'cue',
  };
}

/** Recognised words may overlap by a few hundredths; inside a sentence each begins where the one before has ended. */
function inOrder(tokens: readonly SpokenToken[]): Word[] {
  let endS = tokens[0]?.fromS ?? 0;
  return tokens.map(({ text, fromS, toS, confidence }) => {
    const startS = Math.max(endS, fromS);
    endS = Math.max(startS, toS);
    return { text, fromS: toMilliseconds(startS), toS: toMilliseconds(endS), confidence };
  });
}
