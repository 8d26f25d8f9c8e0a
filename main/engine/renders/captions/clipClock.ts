import type { RecipeRange } from '../../../domain/recipe.ts';
import { clamp, lengthS, toMilliseconds } from '../../../domain/time.ts';
import type { Segment, Word } from '../../../domain/transcript.ts';

interface Piece {
  readonly source: Segment;
  readonly words: readonly Word[];
}

/**
 * What is said in ranges that are joined, on the clock of the whole clip. A sentence that a cut has divided stays one
 * sentence; a word belongs to the range that its middle lies in, and a word that was cut out is gone.
 */
export function onClipClock(
  ranges: readonly RecipeRange[],
  segmentsOf: (episodeId: string) => readonly Segment[],
): Segment[] {
  const pieces: Piece[] = [];
  let offsetS = 0;
  for (const range of ranges) {
    for (const source of segmentsOf(range.episodeId)) {
      const words = wordsWithin(source, range, offsetS);
      if (words.length === 0) continue;
      const last = pieces.at(-1);
      if (last?.source === source) pieces[pieces.length - 1] = { source, words: [...last.words, ...words] };
      else pieces.push({ source, words });
    }
    offsetS += lengthS(range);
  }
  return pieces.map(({ source, words }) => ({
    ...source,
    fromS: words[0]?.fromS ?? 0,
    toS: words.at(-1)?.toS ?? 0,
    text: words.map((word) => word.text).join(' '),
    words: [...words],
  }));
}

function wordsWithin(segment: Segment, range: RecipeRange, offsetS: number): Word[] {
  const moved = (timeS: number): number =>
    toMilliseconds(offsetS + clamp(timeS, range.fromS, range.toS) - range.fromS);
  return segment.words
    .filter(({ fromS, toS }) => (fromS + toS) / 2 >= range.fromS && (fromS + toS) / 2 < range.toS)
    .map((word) => ({ ...word, fromS: moved(word.fromS), toS: moved(word.toS) }));
}
