import { toMilliseconds, type TimeRange } from '../../domain/time.ts';

/** A word with its punctuation, as written. */
export interface Token {
  readonly text: string;
  /** True where nothing stands between it and the token before: Chinese, Japanese and Thai put no blanks between words. */
  readonly isJoined: boolean;
}

const MARKS_ONLY = /^(?:(?![&@#*])\p{P})+$/u;
/** Nearly every word; saves the costly look at Unicode classes. */
const LATIN_START = /^[A-Za-z0-9]/;
const OPENERS_ONLY = /^[\p{Ps}\p{Pi}¿¡]+$/u;
const SCRIPT_WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** True for text in a script that puts no blanks between words. */
export const hasNoBlanks = (text: string): boolean => SCRIPT_WITHOUT_BLANKS.test(text);

/** True for a mark that stands alone and is no word, as "," or "—" are and "&" is not. */
export const isMarksOnly = (piece: string): boolean => !LATIN_START.test(piece) && MARKS_ONLY.test(piece);

let segmenter: Intl.Segmenter | undefined;

/**
 * Cuts text into words. Nothing but blanks is lost: a mark that stands alone ("va ?", "« oui »") stays with its word.
 */
export function tokenise(text: string): Token[] {
  const tokens: { text: string; isJoined: boolean }[] = [];
  const hasBlanks = !SCRIPT_WITHOUT_BLANKS.test(text);
  let opening = '';
  for (const piece of text.split(/\s+/u)) {
    if (piece === '') continue;
    const last = tokens.at(-1);
    if (!isMarksOnly(piece)) {
      const parts = hasBlanks ? [piece] : partsOf(piece);
      parts.forEach((part, index) => {
        const isFirst = index === 0;
        tokens.push({ text: isFirst ? opening + part : part, isJoined: !isFirst });
      });
      opening = '';
    } else if (last === undefined || opening !== '' || OPENERS_ONLY.test(piece)) {
      opening += `${piece} `;
    } else {
      last.text += ` ${piece}`;
    }
  }
  const last = tokens.at(-1);
  if (opening !== '' && last !== undefined) last.text += ` ${opening.trimEnd()}`;
  else if (opening !== '') tokens.push({ text: opening.trimEnd(), isJoined: false });
  return tokens;
}

/** The words of a piece without blanks, in scripts that write words together. */
function partsOf(piece: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const parts: string[] = [];
  let opening = '';
  for (const { segment, isWordLike } of segmenter.segment(piece)) {
    if (isWordLike === true) {
      parts.push(opening + segment);
      opening = '';
    } else if (parts.length === 0 || opening !== '' || OPENERS_ONLY.test(segment)) {
      opening += segment;
    } else {
      parts.push((parts.pop() ?? '') + segment);
    }
  }
  if (opening === '') return parts;
  const last = parts.pop() ?? '';
  return [...parts, last + opening];
}

/** How many words there are between blanks; cheaper than cutting them out, and too few where there are no blanks. */
export const countWords = (text: string): number => text.match(/\S+/g)?.length ?? 0;

/** The text that the words came from, with single blanks. */
export function textOf(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) text += text === '' || token.isJoined ? token.text : ` ${token.text}`;
  return text;
}

/**
 * What a word costs beside its letters. Every word takes its share of breath and onset, so that "a" lasts
 * longer than a thirteenth of "extraordinary"; two letters' worth is about a tenth of a second.
 */
const WORD_COST = 2;

/** How long a word takes to say, measured in letters. */
export const spokenWeight = (text: string): number => text.length + WORD_COST;

/** About 150 English words a minute. */
export const SECONDS_PER_LETTER = 0.055;

/** Times for words that have none: the range is shared out in proportion to how long each takes to say. */
export function interpolate(words: readonly Pick<Token, 'text'>[], range: TimeRange): TimeRange[] {
  const total = words.reduce((sum, word) => sum + spokenWeight(word.text), 0);
  const spanS = Math.max(0, range.toS - range.fromS);
  let said = 0;
  return words.map((word) => {
    const fromS = range.fromS + (spanS * said) / total;
    said += spokenWeight(word.text);
    return { fromS: toMilliseconds(fromS), toS: toMilliseconds(range.fromS + (spanS * said) / total) };
  });
}
