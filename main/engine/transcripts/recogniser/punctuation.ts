import type { Word } from '../../../domain/transcript.ts';

/** A pause this long ends a sentence where the model writes no marks. */
const SENTENCE_PAUSE_S = 0.7;
/** Nobody speaks longer without a breath; a sentence ends at the next smaller pause. */
const MOST_WORDS = 30;
const BREATH_S = 0.25;
const QUESTION_STARTS = new Set(
  'who what when where why how which is are do does did can could would will should have has'.split(' '),
);
const ALWAYS_CAPITAL = new Map([
  ['i', 'I'],
  ["i'm", "I'm"],
  ["i've", "I've"],
  ["i'd", "I'd"],
  ["i'll", "I'll"],
]);

/** Whether words carry marks and capitals of their own. */
export const isPunctuated = (words: readonly Pick<Word, 'text'>[]): boolean =>
  words.some(({ text }) => /[.!?。！？]$/u.test(text));

/**
 * Puts full stops and capitals into bare words by a simple rule: a sentence ends at a pause. It is a makeshift, so
 * whoever uses it says so.
 */
export function punctuate(words: readonly Word[]): Word[] {
  const isShouted = words.every(({ text }) => text === text.toUpperCase());
  let start = 0;
  return words.map((word, index) => {
    const next = words[index + 1];
    const first = words[start];
    const isFirst = index === start;
    const pauseS = next === undefined ? Infinity : next.fromS - word.toS;
    const isEnd = pauseS >= SENTENCE_PAUSE_S || (index - start >= MOST_WORDS && pauseS >= BREATH_S);
    const lower = isShouted ? word.text.toLowerCase() : word.text;
    const text = ALWAYS_CAPITAL.get(lower) ?? (isFirst ? capitalised(lower) : lower);
    if (!isEnd) return { ...word, text };
    const isQuestion = QUESTION_STARTS.has((first?.text ?? '').toLowerCase()) && index - start >= 2;
    start = index + 1;
    return { ...word, text: `${text}${isQuestion ? '?' : '.'}` };
  });
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
