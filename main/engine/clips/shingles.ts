import { COMMON_WORDS } from './language.ts';

/** Words in a row that are the same by design and not by chance. */
export const SHINGLE_WORDS = 8;
/** Up to this many words may be cut out, put in or misheard inside a repetition. */
const MOST_EDITED_WORDS = 6;
/** Repetitions shorter than this, or with fewer words of substance in them, are figures of speech. */
const FEWEST_WORDS = 10;
const FEWEST_SUBJECTS = 4;

/** Words from (inclusive) to (exclusive) of a text that say again what stands elsewhere in it. */
export interface Repetition {
  readonly from: number;
  readonly to: number;
}

const shingleAt = (tokens: readonly string[], at: number): string =>
  tokens.slice(at, at + SHINGLE_WORDS).join(' ');

/** Where each run of eight words stands in the opening; runs that stand there twice are a refrain and say nothing. */
function shinglesOf(tokens: readonly string[], to: number): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const refrains = new Set<string>();
  for (let at = 0; at + SHINGLE_WORDS <= to; at += 1) {
    const shingle = shingleAt(tokens, at);
    if (places.has(shingle)) refrains.add(shingle);
    places.set(shingle, at);
  }
  for (const refrain of refrains) places.delete(refrain);
  return places;
}

interface Chain extends Repetition {
  readonly openingTo: number;
}

/**
 * Passages after `openingTo` that repeat words from before it, in order of time: chains of equal eight-word runs, at most
 * six words edited between two of them, ten words long at least. What is said more than once later is a jingle and left out.
 */
export function findRepetitions(tokens: readonly string[], openingTo: number): Repetition[] {
  const opening = shinglesOf(tokens, openingTo);
  const chains: Chain[] = [];
  const timesSaid = new Map<number, number>();
  for (let at = openingTo; at + SHINGLE_WORDS <= tokens.length; at += 1) {
    const place = opening.get(shingleAt(tokens, at));
    if (place === undefined) continue;
    timesSaid.set(place, (timesSaid.get(place) ?? 0) + 1);
    const end = { to: at + SHINGLE_WORDS, openingTo: place + SHINGLE_WORDS };
    const last = chains.at(-1);
    const goesOn =
      last !== undefined &&
      at - last.to <= MOST_EDITED_WORDS &&
      place - last.openingTo <= MOST_EDITED_WORDS &&
      end.openingTo >= last.openingTo;
    if (goesOn) chains[chains.length - 1] = { ...last, ...end };
    else chains.push({ from: at, ...end });
  }
  const isJingle = ({ openingTo: end }: Chain): boolean => (timesSaid.get(end - SHINGLE_WORDS) ?? 0) > 1;
  const isSubstantial = ({ from, to }: Chain): boolean =>
    to - from >= FEWEST_WORDS &&
    tokens.slice(from, to).filter((token) => token.length > 3 && !COMMON_WORDS.has(token)).length >=
      FEWEST_SUBJECTS;
  return chains
    .filter((chain) => isSubstantial(chain) && !isJingle(chain))
    .map(({ from, to }) => ({ from, to }));
}
