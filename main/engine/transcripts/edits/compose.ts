import { diffArrays } from 'diff';
import type { Segment, Word } from '../../../domain/transcript.ts';
import type { EditOperation, WordsOperation } from '../../../domain/transcriptEdit.ts';
import { textOf, tokenise, type Token } from '../words.ts';
import { toStream, type StreamWord } from './wordStream.ts';

/** A sentence with the words on both sides of it. */
export interface SentenceInPlace {
  readonly segment: Segment;
  readonly previous: Segment | undefined;
  readonly next: Segment | undefined;
}

export const sentenceAt = (segments: readonly Segment[], index: number): SentenceInPlace | undefined => {
  const segment = segments[index];
  return segment && { segment, previous: segments[index - 1], next: segments[index + 1] };
};

/** What a person changed in a sentence, as operations on the stretches that differ, the last one first. */
export function wordEdits(sentence: SentenceInPlace, text: string): WordsOperation[] {
  const words = toStream([sentence.segment]);
  const tokens = tokenise(text);
  const parts = diffArrays(
    words.map((word) => word.text),
    tokens.map((token) => token.text),
  );
  const edits: WordsOperation[] = [];
  let at = 0;
  let taken = 0;
  parts.forEach((part, index) => {
    const { count } = part;
    if (part.added) {
      const removed = parts[index - 1]?.removed === true ? (parts[index - 1]?.count ?? 0) : 0;
      edits.push(
        wordsOperation(sentence, words, { from: at - removed, to: at }, tokens.slice(taken, taken + count)),
      );
    } else if (part.removed && parts[index + 1]?.added !== true)
      edits.push(wordsOperation(sentence, words, { from: at, to: at + count }, []));
    if (!part.added) at += count;
    if (!part.removed) taken += count;
  });
  // From the end, so that an edit still finds the words before it as they were.
  return edits.reverse();
}

/** Words of a sentence, from (inclusive) to (exclusive), that become others; what is only inserted takes a word beside it along. */
export function wordsOperation(
  { segment, previous, next }: SentenceInPlace,
  words: readonly StreamWord[],
  { from, to }: { readonly from: number; readonly to: number },
  tokens: readonly Token[],
): WordsOperation {
  const isInsertion = from === to;
  const first = isInsertion ? Math.max(0, from - 1) : from;
  const end = isInsertion && from === 0 ? 1 : to;
  const kept = words.slice(first, end);
  const keptTokens = isInsertion ? kept : [];
  const made = isInsertion && from === 0 ? [...tokens, ...keptTokens] : [...keptTokens, ...tokens];
  return {
    kind: 'words',
    fromS: kept[0]?.fromS ?? segment.fromS,
    toS: kept.at(-1)?.toS ?? segment.toS,
    from: textOf(kept),
    to: textOf(made),
    before: words[first - 1]?.text ?? lastWord(previous),
    after: words[end]?.text ?? firstWord(next),
  };
}

const firstWord = (segment: Segment | undefined): string => segment?.words[0]?.text ?? '';
const lastWord = (segment: Segment | undefined): string => segment?.words.at(-1)?.text ?? '';

/** Joins a sentence with the one after it; undefined for the last one. */
export function mergeEdit({ segment, next }: SentenceInPlace): EditOperation | undefined {
  const first = next?.words[0];
  return first && { kind: 'merge', atS: first.fromS, before: lastWord(segment), after: first.text };
}

/** Cuts a sentence before the word of that number; undefined where no word stands on both sides. */
export function splitEdit({ segment }: SentenceInPlace, beforeWord: number): EditOperation | undefined {
  const before: Word | undefined = segment.words[beforeWord - 1];
  const after = segment.words[beforeWord];
  if (before === undefined || after === undefined) return undefined;
  return { kind: 'split', atS: after.fromS, before: before.text, after: after.text };
}
