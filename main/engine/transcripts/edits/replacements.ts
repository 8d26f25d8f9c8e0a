import type { Segment } from '../../../domain/transcript.ts';
import type { Replacement, ReplacementHit } from '../../../domain/transcriptEdit.ts';
import { hasNoBlanks, tokenise } from '../words.ts';
import { sentenceAt, wordsOperation, type SentenceInPlace } from './compose.ts';
import { toStream } from './wordStream.ts';

/** A hit with the number of the sentence that it lies in. */
export type FoundReplacement = ReplacementHit & { readonly sentence: number };

/**
 * Every place where a replacement would change something, in order of time. Nothing is ever guessed: the letters must be
 * the same, but for case where case does not count and for how many blanks stand between words.
 */
export function findReplacements(segments: readonly Segment[], replacement: Replacement): FoundReplacement[] {
  const pattern = patternOf(replacement);
  const hits = segments.flatMap((segment, sentence) => {
    const inPlace = sentenceAt(segments, sentence);
    const matches = [...segment.text.matchAll(pattern)];
    if (inPlace === undefined || matches.length === 0) return [];
    return hitsIn(inPlace, matches, replacement.to).map((hit) => ({ ...hit, sentence }));
  });
  return hits.map((hit, index) => ({ ...hit, index }));
}

/** A search for a replacement in the text of a sentence. */
export function patternOf({ from, wholeWords, matchCase }: Replacement): RegExp {
  const letters = from.trim().split(/\s+/u).map(escaped).join('\\s+');
  const body = wholeWords ? `${edge(from, 'start')}${letters}${edge(from, 'end')}` : letters;
  return new RegExp(body, matchCase ? 'gu' : 'giu');
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Scripts without blanks between words have no edges to look for; a mark such as "#" is its own edge. */
function edge(from: string, side: 'start' | 'end'): string {
  const letter = side === 'start' ? (/^./u.exec(from)?.[0] ?? '') : (/.$/u.exec(from)?.[0] ?? '');
  if (hasNoBlanks(letter) || !/[\p{L}\p{M}\p{N}]/u.test(letter)) return '';
  return side === 'start' ? '(?<![\\p{L}\\p{M}\\p{N}_])' : '(?![\\p{L}\\p{M}\\p{N}_])';
}

interface Span {
  readonly at: number;
  readonly end: number;
}

/** Hits as operations on the whole words they lie in; several in one word are one change. */
function hitsIn(
  inPlace: SentenceInPlace,
  matches: readonly RegExpMatchArray[],
  to: string,
): Omit<ReplacementHit, 'index'>[] {
  const { segment } = inPlace;
  const words = toStream([segment]);
  const starts = startsOf(segment.text, words);
  const groups: { first: number; last: number; spans: Span[] }[] = [];
  for (const match of matches) {
    const at = match.index ?? 0;
    const end = at + match[0].length;
    const first = lastAtOrBefore(starts, at);
    const last = lastAtOrBefore(starts, end - 1);
    const group = groups.at(-1);
    if (group !== undefined && first <= group.last) {
      group.spans.push({ at, end });
      group.last = last;
    } else groups.push({ first, last, spans: [{ at, end }] });
  }
  return groups.flatMap(({ first, last, spans }) => {
    const stretch = { at: starts[first] ?? 0, end: (starts[last] ?? 0) + (words[last]?.text.length ?? 0) };
    const changed = replaced(segment.text, spans, to, stretch);
    if (changed === segment.text.slice(stretch.at, stretch.end)) return [];
    const whole = { at: 0, end: segment.text.length };
    return [
      {
        ...(segment.speaker === undefined ? {} : { speaker: segment.speaker }),
        before: segment.text,
        after: replaced(segment.text, spans, to, whole).replace(/\s+/gu, ' ').trim(),
        operation: wordsOperation(inPlace, words, { from: first, to: last + 1 }, tokenise(changed)),
      },
    ];
  });
}

/** A stretch of the text with other words in place of the spans. */
function replaced(text: string, spans: readonly Span[], to: string, stretch: Span): string {
  let made = '';
  let at = stretch.at;
  for (const span of spans) {
    made += text.slice(at, span.at) + to;
    at = span.end;
  }
  return made + text.slice(at, stretch.end);
}

function startsOf(text: string, words: readonly { readonly text: string }[]): number[] {
  let place = 0;
  return words.map((word) => {
    const at = Math.max(place, text.indexOf(word.text, place));
    place = at + word.text.length;
    return at;
  });
}

const lastAtOrBefore = (starts: readonly number[], at: number): number =>
  Math.max(
    0,
    starts.findLastIndex((start) => start <= at),
  );
