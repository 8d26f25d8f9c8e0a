import type { TimeRange } from '../../../domain/time.ts';
import type { EditOperation, WordsOperation } from '../../../domain/transcriptEdit.ts';
import { tokenise } from '../words.ts';
import { rewriteWords } from './rewriteWords.ts';
import type { StreamWord } from './wordStream.ts';

/** Recognised again, the same word is found at nearly the same second; farther off it is another one. */
const SAME_PLACE_S = 1;
/** At its very second a word is the one that was meant, whatever was done to its neighbours since. */
const EXACT_PLACE_S = 0.002;

export interface Applied {
  readonly stream: readonly StreamWord[];
  /** Where something changed; undefined where the words of the operation are not there. */
  readonly touched: readonly TimeRange[] | undefined;
}

/** Applies one edit to a transcript, or leaves it as it is where the words of the edit are not there. */
export function applyOperation(stream: readonly StreamWord[], operation: EditOperation): Applied {
  switch (operation.kind) {
    case 'words':
      return changeWords(stream, operation);
    case 'merge':
      return setSentenceStart(stream, operation, false);
    case 'split':
      return setSentenceStart(stream, operation, true);
    case 'speaker':
      return renameSpeaker(stream, operation);
  }
}

const missing = (stream: readonly StreamWord[]): Applied => ({ stream, touched: undefined });

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
  stream.forEach((word, index) => {
    const distanceS = Math.abs(word.fromS - atS);
    if (distanceS > SAME_PLACE_S || distanceS >= (best?.distanceS ?? Infinity)) return;
    const count = fits(index, distanceS <= EXACT_PLACE_S);
    if (count !== undefined) best = { index, count, distanceS };
  });
  return best;
}

function changeWords(stream: readonly StreamWord[], operation: WordsOperation): Applied {
  const textAt = (index: number): string => stream[index]?.text ?? '';
  const place = nearest(stream, operation.fromS, (index, isExact) => {
    const count = countSpelling(stream, index, operation.from);
    if (count === undefined || isExact) return count;
    // One is enough: the other may have been corrected as well.
    const hasNeighbour = textAt(index - 1) === operation.before || textAt(index + count) === operation.after;
    return hasNeighbour ? count : undefined;
  });
  if (place === undefined) return missing(stream);
  const end = place.index + place.count;
  const old = stream.slice(place.index, end);
  const gap = { fromS: stream[place.index - 1]?.toS ?? 0, toS: stream[end]?.fromS ?? Infinity };
  const changed = rewriteWords(old, tokenise(operation.to), gap);
  const touched = { fromS: old[0]?.fromS ?? operation.fromS, toS: old.at(-1)?.toS ?? operation.toS };
  const rest = stream.slice(end);
  const [next] = rest;
  // A sentence that lost its first words begins with those that are left of it.
  if (changed.length === 0 && old[0]?.startsSentence === true && next !== undefined)
    rest[0] = { ...next, startsSentence: true };
  return { stream: [...stream.slice(0, place.index), ...changed, ...rest], touched: [touched] };
}

/** Another sentence boundary before the word that stands where the operation says. */
function setSentenceStart(
  stream: readonly StreamWord[],
  operation: Extract<EditOperation, { kind: 'merge' | 'split' }>,
  startsSentence: boolean,
): Applied {
  const { atS, before, after } = operation;
  const place = nearest(stream, atS, (index) =>
    index > 0 && stream[index]?.text === after && stream[index - 1]?.text === before ? 1 : undefined,
  );
  const word = place === undefined ? undefined : stream[place.index];
  if (place === undefined || word === undefined) return missing(stream);
  const speaker = startsSentence ? word.speaker : stream[place.index - 1]?.speaker;
  const changed = [...stream];
  for (let index = place.index; index < changed.length; index++) {
    const old = changed[index];
    if (old === undefined || (index > place.index && old.startsSentence)) break;
    changed[index] = { ...old, speaker, startsSentence: startsSentence && index === place.index };
  }
  const beforeS = stream[place.index - 1]?.fromS ?? word.fromS;
  return { stream: changed, touched: [{ fromS: Math.min(beforeS, word.fromS), toS: word.toS }] };
}

function renameSpeaker(
  stream: readonly StreamWord[],
  { from, to }: Extract<EditOperation, { kind: 'speaker' }>,
): Applied {
  const spoken = stream.filter((word) => word.speaker === from);
  if (spoken.length === 0) return missing(stream);
  return {
    stream: stream.map((word) => (word.speaker === from ? { ...word, speaker: to } : word)),
    touched: spoken.filter((word) => word.startsSentence).map(({ fromS, toS }) => ({ fromS, toS })),
  };
}
