import type { RawCue } from './rawCues.ts';

/** Longer repeats than this are not looked for: a caption shows two or three lines. */
const MOST_REPEATED_WORDS = 80;
const TOUCHING_S = 0.25;

/**
 * Drops what a cue repeats from the one before. Live captions and YouTube's roll upwards: each cue shows the last
 * line again above the new one. Real repeats ("No. No.") stay, since nothing is dropped unless the file rolls throughout.
 */
export function dropRepeatedLines(cues: readonly RawCue[]): { cues: RawCue[]; dropped: number } {
  const repeats = cues.map((cue, index) => repeatedWords(cues[index - 1], cue));
  const rolled = repeats.filter((count) => count > 0).length;
  // People do begin two sentences with the same word.
  const grows = repeats.some((count, index) => count >= 2 && count < wordsOf(cues[index]).length);
  if (!grows || rolled < (cues.length - 1) / 3) return { cues: [...cues], dropped: 0 };
  return { cues: cues.map((cue, index) => withoutFirst(cue, repeats[index] ?? 0)), dropped: rolled };
}

/** How many words at the start of a cue were the last words shown by the cue before: a whole line at least. */
function repeatedWords(before: RawCue | undefined, cue: RawCue): number {
  if (before === undefined || cue.fromS - before.toS > TOUCHING_S) return 0;
  const shown = wordsOf(before);
  const now = wordsOf(cue);
  const least = before.lines.at(-1)?.length ?? 0;
  if (least === 0) return 0;
  for (let count = Math.min(shown.length, now.length, MOST_REPEATED_WORDS); count >= least; count--) {
    const tail = shown.slice(-count);
    if (tail.every((word, index) => word === now[index])) return count;
  }
  return 0;
}

const wordsOf = (cue: RawCue | undefined): string[] =>
  cue === undefined ? [] : cue.lines.flatMap((line) => line.map((token) => token.text));

function withoutFirst(cue: RawCue, count: number): RawCue {
  let left = count;
  const lines = cue.lines.map((line) => {
    const cut = Math.min(left, line.length);
    left -= cut;
    return line.slice(cut);
  });
  return { ...cue, lines: lines.filter((line) => line.length > 0) };
}
