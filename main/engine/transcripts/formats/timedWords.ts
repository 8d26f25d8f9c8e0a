import { tokenise, type Token } from '../words.ts';
import type { TimeRange } from '../../../domain/time.ts';
import type { WordGroup } from './wordGroups.ts';

/** A word as a recogniser gives it; some words come without times. */
export interface RecognisedWord {
  readonly text: string;
  readonly fromS: number | undefined;
  readonly toS: number | undefined;
  readonly confidence: number | null;
}

/**
 * Gives the words of a text the times of recognised words, letter by letter, because the two are cut differently:
 * recognisers split "state-of-the-art" and "3.5", leave punctuation out, or time parts of words.
 * Undefined where they do not spell the same.
 */
export function alignWords(
  text: string,
  words: readonly RecognisedWord[],
  cue: TimeRange,
): WordGroup[] | undefined {
  const tokens = tokenise(text);
  const spelt = words.filter((word) => lettersOf(word.text) !== '');
  if (lettersOf(text) !== spelt.map((word) => lettersOf(word.text)).join('')) return undefined;
  const cursor = new WordCursor(spelt);
  const timed = tokens.map((token) => ({ token, ...cursor.take(lettersOf(token.text).length) }));
  return groupsOf(timed, cue);
}

interface MaybeTimed extends Omit<RecognisedWord, 'text'> {
  readonly token: Token;
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');

/** Walks through the letters of the recognised words. */
class WordCursor {
  private readonly words: readonly RecognisedWord[];
  private index = 0;
  private offset = 0;

  constructor(words: readonly RecognisedWord[]) {
    this.words = words;
  }

  /** From where the next letters begin to where they end. */
  take(letters: number): Omit<RecognisedWord, 'text'> {
    const fromS = this.placeS(0);
    let confidence: number | null = null;
    let isWhole = fromS !== undefined;
    let toS: number | undefined;
    for (let left = letters; left > 0;) {
      const word = this.words[this.index];
      if (word === undefined) break;
      const step = Math.min(left, lettersOf(word.text).length - this.offset);
      toS = this.placeS(step);
      isWhole &&= toS !== undefined;
      if (word.confidence !== null) confidence = Math.min(confidence ?? 1, word.confidence);
      left -= step;
      this.advance(step);
    }
    return isWhole && toS !== undefined
      ? { fromS, toS, confidence }
      : { fromS: undefined, toS: undefined, confidence };
  }

  private advance(step: number): void {
    this.offset += step;
    if (this.offset < lettersOf(this.words[this.index]?.text ?? '').length) return;
    this.index += 1;
    this.offset = 0;
  }

  private placeS(ahead: number): number | undefined {
    const word = this.words[this.index];
    if (word?.fromS === undefined || word.toS === undefined) return undefined;
    const share = (this.offset + ahead) / lettersOf(word.text).length;
    return word.fromS + (word.toS - word.fromS) * share;
  }
}

/** Words without times make a group between the times around them. */
function groupsOf(timed: readonly MaybeTimed[], cue: TimeRange): WordGroup[] {
  const groups: { tokens: Token[]; fromS?: number; toS?: number; confidence: number | null }[] = [];
  for (const { token, fromS, toS, confidence } of timed) {
    const last = groups.at(-1);
    if (fromS !== undefined && toS !== undefined) groups.push({ tokens: [token], fromS, toS, confidence });
    else if (last !== undefined && last.fromS === undefined) last.tokens.push(token);
    else groups.push({ tokens: [token], confidence });
  }
  return groups.map((group, index): WordGroup => {
    const { tokens, confidence } = group;
    if (group.fromS !== undefined && group.toS !== undefined) {
      return { tokens, confidence, fromS: group.fromS, toS: group.toS, isTimed: true };
    }
    const fromS = groups[index - 1]?.toS ?? cue.fromS;
    const toS = Math.max(fromS, groups[index + 1]?.fromS ?? cue.toS);
    return { tokens, confidence, fromS, toS, isTimed: false };
  });
}
