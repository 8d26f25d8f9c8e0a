import type { TimeRange } from '../../../domain/time.ts';
import type { EditOperation, WordsOperation } from '../../../domain/transcriptEdit.ts';
import { tokenise } from '../words.ts';
import { rewriteWords } from './rewriteWords.ts';
import { placeTyped } from './typedWords.ts';
import type { StreamWord } from './wordStream.ts';

/** Recognised again, the same word is found at nearly the same second; farther off it is another one. */
const SAME_PLACE_S = 1;
/** At its very second a word is the one that was meant, whatever was done to its neighbours since. */
const EXACT_PLACE_S = 0.002;

/** Words of people who talk at once are not in order of time, but never out of it by so many. */
const MOST_OUT_OF_ORDER = 400;

/**
 * Applies one edit to a stream of words, in place: a long list of edits must not copy the whole transcript for each.
 * Answers where something changed, or undefined and leaves the stream alone where the words of the edit are not there.
 */
export function applyOperation(stream: StreamWord[], operation: EditOperation): TimeRange[] | undefined {
  switch (operation.kind) {
    case 'words':
      return changeWords(stream, operation);
    case 'merge':
      return setSentenceStart(stream, operation, false);
    case 'split':
      return setSentenceStart(stream, operation, true);
    case 'speaker':
      return renameSpeaker(stream, operation);
    case 'typed':
      return placeTyped(stream, operation);
  }
}

/** How many words from here spell the text; undefined if they do not. */
function countSpelling(stream: readonly StreamWord[], start: number, text: string): number | undefined {
  let spelt = '';
  for (let end = start; end < stream.length && spelt.length <= text.length; end++) {
    const word = stream[end];
    if (word === undefined || (end > start && word.startsSentence)) return undefined;
    spelt += end === start || word.isJoined ? word.text : ` ${word.text}`;
    if (spelt === text) return end + 1 - start;
    if (!text.startsWith(spelt)) return undefined;
  }
  return undefined;
}

interface Place {
  readonly index: number;
  readonly count: number;
}

/** The nearest place within reach at which so many words fit; none where the match asks for the exact second. */
function nearest(
  stream: readonly StreamWord[],
  atS: number,
  fits: (index: number, isExact: boolean) => number | undefined,
): Place | undefined {
  let best: (Place & { distanceS: number }) | undefined;
  const around = firstFrom(stream, atS);
  const end = Math.min(stream.length, around + MOST_OUT_OF_ORDER);
  for (let index = Math.max(0, around - MOST_OUT_OF_ORDER); index < end; index++) {
    const distanceS = Math.abs((stream[index]?.fromS ?? Infinity) - atS);
    if (distanceS > SAME_PLACE_S || distanceS >= (best?.distanceS ?? Infinity)) continue;
    const count = fits(index, distanceS <= EXACT_PLACE_S);
    if (count !== undefined) best = { index, count, distanceS };
  }
  return best;
}

/** Index of the first word that does not begin before the time. */
function firstFrom(stream: readonly StreamWord[], timeS: number): number {
  let low = 0;
  let high = stream.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stream[middle]?.fromS ?? Infinity) < timeS) low = middle + 1;
    else high = middle;
  }
  return low;
}

function changeWords(stream: StreamWord[], operation: WordsOperation): TimeRange[] | undefined {
  const textAt = (index: number): string => stream[index]?.text ?? '';
  const place = nearest(stream, operation.fromS, (index, isExact) => {
    const count = countSpelling(stream, index, operation.from);
    if (count === undefined || isExact) return count;
    // One is enough: the other may have been corrected as well.
    const hasNeighbour = textAt(index - 1) === operation.before || textAt(index + count) === operation.after;
    return hasNeighbour ? count : undefined;
  });
  if (place === undefined) return undefined;
  const end = place.index + place.count;
  const old = stream.slice(place.index, end);
  const gap = { fromS: stream[place.index - 1]?.toS ?? 0, toS: stream[end]?.fromS ?? Infinity };
  const changed = rewriteWords(old, tokenise(operation.to), gap);
  const touched = { fromS: old[0]?.fromS ?? operation.fromS, toS: old.at(-1)?.toS ?? operation.toS };
  stream.splice(place.index, place.count, ...changed);
  const next = stream[place.index];
  // A sentence that lost its first words begins with those that are left of it.
  if (changed.length === 0 && old[0]?.startsSentence === true && next !== undefined)
    stream[place.index] = { ...next, startsSentence: true };
  return [touched];
}

/** Another sentence boundary before the word that stands where the operation says. */
function setSentenceStart(
  stream: StreamWord[],
  { atS, before, after }: Extract<EditOperation, { kind: 'merge' | 'split' }>,
  startsSentence: boolean,
): TimeRange[] | undefined {
  const place = nearest(stream, atS, (index) =>
    index > 0 && stream[index]?.text === after && stream[index - 1]?.text === before ? 1 : undefined,
  );
  const word = place === undefined ? undefined : stream[place.index];
  if (place === undefined || word === undefined) return undefined;
  const speaker = startsSentence ? word.speaker : stream[place.index - 1]?.speaker;
  for (let index = place.index; index < stream.length; index++) {
    const old = stream[index];
    if (old === undefined || (index > place.index && old.startsSentence)) break;
    stream[index] = { ...old, speaker, startsSentence: startsSentence && index === place.index };
  }
  const beforeS = stream[place.index - 1]?.fromS ?? word.fromS;
  return [{ fromS: Math.min(beforeS, word.fromS), toS: word.toS }];
}

function renameSpeaker(
  stream: StreamWord[],
  { from, to }: Extract<EditOperation, { kind: 'speaker' }>,
): TimeRange[] | undefined {
  const touched: TimeRange[] = [];
  stream.forEach((word, index) => {
    if (word.speaker !== from) return;
    stream[index] = { ...word, speaker: to };
    if (word.startsSentence) touched.push({ fromS: word.fromS, toS: word.toS });
  });
  return touched.length === 0 ? undefined : touched;
}
