import type { Bleeps } from '../../domain/bleeps.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { Template } from '../../domain/template.ts';
import { toMilliseconds, type TimeRange } from '../../domain/time.ts';
import type { Segment, Timing, Word } from '../../domain/transcript.ts';

/** What is read in place of a masked word: neither its letters nor their number. Every file system can store it. */
export const MASK = '•••';

/**
 * How far the sound is masked beyond a word's times. A source that times words is taken at its word; inside a cue the
 * times are estimates; a text without times gives no place at all, so the whole sentence goes.
 */
const MARGIN_S: Readonly<Record<Timing, number>> = { word: 0.02, cue: 0.3, approximate: Infinity };

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;
const folded = (word: string): string =>
  word.normalize('NFKC').toLocaleLowerCase('en').replaceAll('’', "'").replace(/'s$/u, '');

type Test = (word: string) => boolean;

/** Each entry as one test for each of its words. */
const testsOf = ({ words }: Bleeps): Test[][] =>
  words.map((entry) => entry.trim().split(/\s+/u).flatMap(testOf)).filter((tests) => tests.length > 0);

function testOf(entry: string): Test[] {
  const words = (entry.match(WORD) ?? []).map(folded);
  return words.map((wanted, index) => {
    const isOpen = entry.endsWith('*') && index === words.length - 1;
    return (word) => (isOpen ? word.startsWith(wanted) : word === wanted);
  });
}

/** A word of a text and where its letters are. */
interface Spot {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const spotsIn = (text: string): Spot[] =>
  Array.from(text.matchAll(WORD), (match) => ({
    word: folded(match[0]),
    from: match.index,
    to: match.index + match[0].length,
  }));

/** The words of a list that stand in a row somewhere, as indexes of the first and behind the last. */
function hits(words: readonly string[], bleeps: Bleeps): { first: number; end: number }[] {
  const entries = testsOf(bleeps);
  return words.flatMap((_, first) =>
    entries
      .filter((tests) => tests.every((test, index) => test(words[first + index] ?? '')))
      .map((tests) => ({ first, end: first + tests.length })),
  );
}

/** True where a text says a word of the list. */
export const saysBleeped = (text: string, bleeps: Bleeps | null): boolean =>
  bleeps !== null &&
  hits(
    spotsIn(text).map(({ word }) => word),
    bleeps,
  ).length > 0;

/** A text with every word of the list masked; what stands around the words stays. */
export function maskText(text: string, bleeps: Bleeps | null): string {
  if (bleeps === null) return text;
  const spots = spotsIn(text);
  const found = hits(
    spots.map(({ word }) => word),
    bleeps,
  );
  const isHit = spots.map((_, index) => found.some(({ first, end }) => index >= first && index < end));
  let masked = '';
  let at = 0;
  spots.forEach(({ from, to }, index) => {
    if (isHit[index] !== true) return;
    masked += text.slice(at, from) + MASK;
    at = to;
  });
  return masked + text.slice(at);
}

/** What is said with the listed words masked, and where the sound has to be masked, in order and without overlaps. */
export interface Masked {
  readonly segments: readonly Segment[];
  readonly stretches: readonly TimeRange[];
  /** True where the times of a masked word were only estimated. */
  readonly isEstimated: boolean;
}

/** Masks what is said; segments and stretches are on the same clock. */
export function maskSpeech(segments: readonly Segment[], bleeps: Bleeps | null): Masked {
  if (bleeps === null) return { segments, stretches: [], isEstimated: false };
  const stretches: TimeRange[] = [];
  let isEstimated = false;
  const masked = segments.map((segment) => {
    const hit = hitWords(segment.words, bleeps);
    const found = segment.words.filter((_, index) => hit[index]);
    stretches.push(...found.map((word) => stretchOf(word, segment)));
    isEstimated ||= found.length > 0 && segment.timing !== 'word';
    return maskedSegment(segment, hit, bleeps);
  });
  return { segments: masked, stretches: merged(stretches), isEstimated };
}

/** Which words of a sentence are hit. A word as transcripts have it may hold several, joined by a dash. */
function hitWords(words: readonly Word[], bleeps: Bleeps): boolean[] {
  const spots = words.flatMap((word, owner) => spotsIn(word.text).map((spot) => ({ ...spot, owner })));
  const hit = words.map(() => false);
  for (const { first, end } of hits(
    spots.map(({ word }) => word),
    bleeps,
  )) {
    for (const { owner } of spots.slice(first, end)) hit[owner] = true;
  }
  return hit;
}

const stretchOf = (word: Word, segment: Segment): TimeRange => ({
  fromS: Math.max(
    0,
    segment.timing === 'word'
      ? word.fromS - MARGIN_S.word
      : Math.max(segment.fromS, word.fromS - MARGIN_S[segment.timing]),
  ),
  toS:
    segment.timing === 'word'
      ? word.toS + MARGIN_S.word
      : Math.min(segment.toS, word.toS + MARGIN_S[segment.timing]),
});

function maskedSegment(segment: Segment, hit: readonly boolean[], bleeps: Bleeps): Segment {
  const words = segment.words.map((word, index) =>
    hit[index] === true
      ? { ...word, text: word.text.replace(/[\p{L}\p{N}].*[\p{L}\p{N}]|[\p{L}\p{N}]/u, MASK) }
      : word,
  );
  return {
    ...segment,
    ...(segment.speaker === undefined ? {} : { speaker: maskText(segment.speaker, bleeps) }),
    words,
    text: words.map((word) => word.text).join(' '),
  };
}

function merged(stretches: readonly TimeRange[]): TimeRange[] {
  const apart: TimeRange[] = [];
  for (const { fromS, toS } of stretches.toSorted((a, b) => a.fromS - b.fromS)) {
    const last = apart.at(-1);
    if (last !== undefined && fromS <= last.toS)
      apart[apart.length - 1] = { ...last, toS: Math.max(last.toS, toS) };
    else apart.push({ fromS: toMilliseconds(fromS), toS: toMilliseconds(toS) });
  }
  return apart;
}

/** The recipe with its texts masked; masking twice changes nothing. */
export const maskedRecipe = (recipe: Recipe): Recipe => ({
  ...recipe,
  title: maskText(recipe.title, recipe.bleeps),
  showName: maskText(recipe.showName, recipe.bleeps),
  episode: { ...recipe.episode, title: maskText(recipe.episode.title, recipe.bleeps) },
  ...(recipe.template === undefined ? {} : { template: maskedTemplate(recipe.template, recipe.bleeps) }),
});

const maskedTemplate = (template: Template, bleeps: Bleeps | null): Template => ({
  ...template,
  ...(template.endCard === undefined
    ? {}
    : { endCard: { ...template.endCard, text: maskText(template.endCard.text, bleeps) } }),
});
