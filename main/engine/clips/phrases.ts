import { FEATURES } from './parts/catalogue.ts';
import type { Sentence } from './sentences.ts';

/** Words of a sentence that show a feature: from and to count words, to is exclusive. */
export interface Mark {
  readonly feature: number;
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

interface Phrase {
  readonly feature: number;
  readonly tokens: readonly string[];
}

/** An opening is heard within its first words, a landing in its last. */
const EDGE_WORDS = 12;

/** Phrases by their first word, the longest first, so that "most people" wins over "most". */
function indexPhrases(): ReadonlyMap<string, readonly Phrase[]> {
  const index = new Map<string, Phrase[]>();
  FEATURES.forEach(({ phrases = [] }, feature) => {
    for (const phrase of new Set(phrases)) {
      const tokens = phrase.split(' ');
      const first = tokens[0] ?? '';
      const sharing = index.get(first);
      if (sharing === undefined) index.set(first, [{ feature, tokens }]);
      else sharing.push({ feature, tokens });
    }
  });
  for (const sharing of index.values()) sharing.sort((a, b) => b.tokens.length - a.tokens.length);
  return index;
}

const phrasesByFirstWord = indexPhrases();

/** True where the phrase stands in the tokens at this place, word for word. */
export function standsAt(phrase: readonly string[], tokens: readonly string[], at: number): boolean {
  for (let i = 0; i < phrase.length; i += 1) if (tokens[at + i] !== phrase[i]) return false;
  return true;
}

/** "You know where to look" knows something; before these words the phrase is no filler. */
const KNOWN: ReadonlySet<string> = new Set('what where how why who when which that if the it'.split(' '));
const isKnowing = (phrase: readonly string[], next: string | undefined): boolean =>
  phrase.length === 2 && phrase[0] === 'you' && phrase[1] === 'know' && KNOWN.has(next ?? '');

function isInPlace(feature: number, from: number, to: number, wordCount: number): boolean {
  const place = FEATURES[feature]?.place;
  if (place === 'opening') return from < EDGE_WORDS;
  if (place === 'closing') return to > wordCount - EDGE_WORDS;
  return true;
}

/** Every phrase of every part that stands in a sentence; two phrases of one feature never share a word. */
export function markPhrases(sentence: Sentence): Mark[] {
  const marks: Mark[] = [];
  const takenTo = new Map<number, number>();
  const { tokens } = sentence;
  for (let at = 0; at < tokens.length; at += 1) {
    const phrases = phrasesByFirstWord.get(tokens[at] ?? '');
    if (phrases === undefined) continue;
    for (const { feature, tokens: phrase } of phrases) {
      const to = at + phrase.length;
      if ((takenTo.get(feature) ?? 0) > at || !standsAt(phrase, tokens, at)) continue;
      if (isKnowing(phrase, tokens[to])) continue;
      if (!isInPlace(feature, at, to, tokens.length)) continue;
      takenTo.set(feature, to);
      marks.push({ feature, from: at, to, value: 1 });
    }
  }
  return marks;
}
