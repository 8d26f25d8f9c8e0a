import type { Segment, Timing, Word } from '../../../domain/transcript.ts';
import { interpolate, textOf, tokenise } from '../words.ts';

/** A word with what its sentence told of it, so that sentences can be cut and joined anywhere. */
export interface StreamWord extends Word {
  /** True where nothing stands between it and the word before. */
  readonly isJoined: boolean;
  readonly startsSentence: boolean;
  readonly speaker: string | undefined;
  readonly timing: Timing;
}

/** All words of a transcript in order. */
export const toStream = (segments: readonly Segment[]): StreamWord[] => segments.flatMap(wordsOf);

function wordsOf(segment: Segment): StreamWord[] {
  const { speaker, timing } = segment;
  let place = 0;
  return spokenWords(segment).map((word, index): StreamWord => {
    const at = segment.text.indexOf(word.text, place);
    const isJoined = index > 0 && at === place;
    if (at >= 0) place = at + word.text.length;
    return { ...word, isJoined, startsSentence: index === 0, speaker, timing };
  });
}

function spokenWords(segment: Segment): readonly Word[] {
  if (segment.words.length > 0) return segment.words;
  const tokens = tokenise(segment.text);
  const times = interpolate(tokens, segment);
  return tokens.map(({ text }, index) => ({ text, ...(times[index] ?? segment), confidence: null }));
}

/** The sentences of a stream of words; the very first word always begins one. */
export function toSegments(stream: readonly StreamWord[]): Segment[] {
  const sentences: StreamWord[][] = [];
  for (const word of stream) {
    const last = sentences.at(-1);
    if (last === undefined || word.startsSentence) sentences.push([word]);
    else last.push(word);
  }
  return sentences.map(sentenceOf);
}

const TRUST: readonly Timing[] = ['word', 'cue', 'approximate'];

function sentenceOf(words: readonly StreamWord[]): Segment {
  const speaker = words[0]?.speaker;
  return {
    ...(speaker === undefined ? {} : { speaker }),
    fromS: words[0]?.fromS ?? 0,
    toS: words.at(-1)?.toS ?? 0,
    text: textOf(words),
    words: words.map(({ text, fromS, toS, confidence }) => ({ text, fromS, toS, confidence })),
    timing: TRUST[Math.max(...words.map((word) => TRUST.indexOf(word.timing)))] ?? 'approximate',
  };
}
