import { diffArrays } from 'diff';
import { toMilliseconds, type TimeRange } from '../../../domain/time.ts';
import { interpolate, SECONDS_PER_LETTER, spokenWeight, type Token } from '../words.ts';
import type { StreamWord } from './wordStream.ts';

/** An inserted word that would get less than this takes time from the word beside it. */
const SHORTEST_WORD_S = 0.08;

/**
 * Puts other words in place of some that follow each other in one sentence. Words that stay keep their times; new ones
 * share the time of those they replace, or lie in the pause where nothing was. The gap is where the neighbours end and
 * begin, in seconds.
 */
export function rewriteWords(
  old: readonly StreamWord[],
  tokens: readonly Token[],
  gap: TimeRange,
): StreamWord[] {
  const [pattern] = old;
  if (pattern === undefined) return [];
  const made: StreamWord[] = [];
  const rest = [...old];
  let taken = 0;
  for (const { removed, added, count } of hunksOf(old, tokens)) {
    const replaced = rest.splice(0, removed);
    const news = tokens.slice(taken, taken + added).map((token) => newWord(token, pattern));
    taken += added;
    if (count > 0) {
      made.push(...rest.splice(0, count));
      taken += count;
    } else if (replaced.length > 0) made.push(...inPlaceOf(replaced, news));
    else insert(made, news, rest, gap);
  }
  return made.map((word, index) => ({
    ...word,
    isJoined: index === 0 ? pattern.isJoined : (tokens[index]?.isJoined ?? false),
    startsSentence: index === 0 && pattern.startsSentence,
  }));
}

interface Hunk {
  readonly removed: number;
  readonly added: number;
  /** Words that stay. */
  readonly count: number;
}

function hunksOf(old: readonly StreamWord[], tokens: readonly Token[]): Hunk[] {
  const hunks: Hunk[] = [];
  const parts = diffArrays(
    old.map((word) => word.text),
    tokens.map((token) => token.text),
  );
  parts.forEach((part, index) => {
    const before = parts[index - 1];
    if (part.removed) hunks.push({ removed: part.count, added: 0, count: 0 });
    else if (!part.added) hunks.push({ removed: 0, added: 0, count: part.count });
    else if (before?.removed === true)
      hunks.push({ removed: hunks.pop()?.removed ?? 0, added: part.count, count: 0 });
    else hunks.push({ removed: 0, added: part.count, count: 0 });
  });
  return hunks;
}

const newWord = ({ text, isJoined }: Token, { speaker, timing, fromS }: StreamWord): StreamWord => ({
  text,
  fromS,
  toS: fromS,
  confidence: null,
  isJoined,
  startsSentence: false,
  speaker,
  timing,
});

const spread = (words: readonly StreamWord[], range: TimeRange): StreamWord[] => {
  const times = interpolate(words, range);
  return words.map((word, index) => ({ ...word, ...(times[index] ?? range) }));
};

/** As many words as before are the same words spelt otherwise: each keeps its own time. */
function inPlaceOf(replaced: readonly StreamWord[], news: readonly StreamWord[]): StreamWord[] {
  const fromS = replaced[0]?.fromS ?? 0;
  const toS = replaced.at(-1)?.toS ?? fromS;
  if (replaced.length !== news.length) return spread(news, { fromS, toS });
  return news.map((word, index) => {
    const old = replaced[index];
    return { ...word, fromS: old?.fromS ?? fromS, toS: old?.toS ?? toS };
  });
}

/** Lays new words into the pause between two words; where there is none, the word beside them gives up some of its time. */
function insert(made: StreamWord[], news: readonly StreamWord[], rest: StreamWord[], gap: TimeRange): void {
  const before = made.at(-1);
  const [after] = rest;
  const fromS = before?.toS ?? gap.fromS;
  const toS = Math.max(fromS, after?.fromS ?? gap.toS);
  const spokenS = news.reduce((sum, word) => sum + spokenWeight(word.text) * SECONDS_PER_LETTER, 0);
  const lengthS = Math.min(spokenS, toS - fromS);
  if (lengthS >= SHORTEST_WORD_S * news.length) {
    // Before the first word of a stretch the new ones lie against it, else against the word they follow.
    const startS = before === undefined && Number.isFinite(toS) ? toS - lengthS : fromS;
    made.push(...spread(news, { fromS: toMilliseconds(startS), toS: toMilliseconds(startS + lengthS) }));
  } else if (before !== undefined) {
    made.splice(-1, 1, ...spread([before, ...news], { fromS: before.fromS, toS: Math.max(before.toS, toS) }));
  } else if (after !== undefined) {
    const shared = spread([...news, after], { fromS: Math.min(fromS, after.fromS), toS: after.toS });
    made.push(...shared.slice(0, -1));
    rest.splice(0, 1, ...shared.slice(-1));
  }
}
