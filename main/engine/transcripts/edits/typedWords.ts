import { diffArrays } from 'diff';
import { lengthS, toMilliseconds, type TimeRange } from '../../../domain/time.ts';
import type { Segment } from '../../../domain/transcript.ts';
import type { TypedOperation } from '../../../domain/transcriptEdit.ts';
import { spreadText } from '../spreadText.ts';
import { readTurns } from '../turns.ts';
import { rewriteWords } from './rewriteWords.ts';
import { toStream, type StreamWord } from './wordStream.ts';

/** Nobody speaks this much more slowly than usual: text that is shorter was typed for the beginning alone. */
const SLOWEST = 1.6;
/** So many of the typed words have to be among those that were recognised for these to lend their times. */
const HEARD_SHARE = 0.5;

/**
 * The sentences of typed words on the episode's clock: they share out the speech of their stretch in proportion to their
 * length, from its beginning, and no more of it than a slow speaker would need for them.
 */
export function spreadTyped({ fromS, toS, text, speech }: Omit<TypedOperation, 'kind'>): Segment[] {
  const stretchS = toS - fromS;
  const readingS = spreadText(text, undefined, undefined).at(-1)?.toS ?? 0;
  const own = speech.map((range) => moved(range, -fromS));
  // Time stamps in the text say themselves where it is spoken.
  const isTimed = readTurns(text).some(({ atS }) => atS !== undefined);
  const spoken = isTimed ? own : firstSeconds(own, readingS * SLOWEST);
  const fillsS = spoken.length > 0 || isTimed ? stretchS : Math.min(stretchS, readingS * SLOWEST);
  return spreadText(text, spoken, fillsS).map((segment) => ({
    ...segment,
    ...moved(segment, fromS),
    words: segment.words.map((word) => ({ ...word, ...moved(word, fromS) })),
  }));
}

const moved = (range: TimeRange, byS: number): TimeRange => ({
  fromS: toMilliseconds(range.fromS + byS),
  toS: toMilliseconds(range.toS + byS),
});

function firstSeconds(speech: readonly TimeRange[], mostS: number): TimeRange[] {
  const first: TimeRange[] = [];
  let leftS = mostS;
  for (const range of speech) {
    if (leftS <= 0) break;
    first.push({ fromS: range.fromS, toS: Math.min(range.toS, range.fromS + leftS) });
    leftS -= lengthS(range);
  }
  return first;
}

/**
 * Puts typed words in place of all words whose middle lies in their stretch. Where a recogniser has heard most of them,
 * they take its times; otherwise they are spread over the speech.
 */
export function placeTyped(stream: StreamWord[], operation: TypedOperation): TimeRange[] {
  const { fromS, toS } = operation;
  const isInside = (word: StreamWord): boolean => {
    const middleS = (word.fromS + word.toS) / 2;
    return middleS >= fromS && middleS < toS;
  };
  const before = stream.filter((word) => !isInside(word) && word.fromS < fromS);
  const after = stream.filter((word) => !isInside(word) && word.fromS >= fromS);
  const gap = { fromS: before.at(-1)?.toS ?? 0, toS: after[0]?.fromS ?? Infinity };
  const typed = timed(toStream(spreadTyped(operation)), stream.filter(isInside), gap);
  const [next, ...rest] = after;
  // What is left of a sentence after its first words begins one.
  const following = next === undefined ? [] : [{ ...next, startsSentence: true }, ...rest];
  stream.splice(0, stream.length, ...before, ...typed, ...following);
  return [{ fromS, toS }];
}

/** Letters and digits alone: a recogniser may know neither capitals nor commas. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Typed words at the times at which they were recognised, where most of them were. */
function timed(typed: readonly StreamWord[], heard: readonly StreamWord[], gap: TimeRange): StreamWord[] {
  const spelt = spellAs(
    heard.filter(({ timing }) => timing !== 'approximate'),
    typed,
  );
  if (spelt.same < typed.length * HEARD_SHARE || spelt.words.length === 0) return [...typed];
  return rewriteWords(spelt.words, typed, gap).map((word, index) => ({
    ...word,
    confidence: null,
    speaker: typed[index]?.speaker ?? word.speaker,
    startsSentence: typed[index]?.startsSentence ?? false,
  }));
}

/** Recognised words, spelt as they were typed where they are the same words, and how many are. */
function spellAs(
  heard: readonly StreamWord[],
  typed: readonly StreamWord[],
): { words: StreamWord[]; same: number } {
  const parts = diffArrays(
    heard.map(({ text }) => bare(text)),
    typed.map(({ text }) => bare(text)),
  );
  const words: StreamWord[] = [];
  let taken = 0;
  let same = 0;
  for (const { added, removed, count } of parts) {
    if (added) taken += count;
    else if (removed) words.push(...heard.slice(words.length, words.length + count));
    else {
      const run = heard.slice(words.length, words.length + count);
      words.push(...run.map((word, index) => ({ ...word, text: typed[taken + index]?.text ?? word.text })));
      taken += count;
      same += count;
    }
  }
  return { words, same };
}
