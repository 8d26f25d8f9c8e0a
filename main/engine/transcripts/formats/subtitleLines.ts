import type { Segment, Word } from '../../../domain/transcript.ts';
import { hasClauseMark } from '../sentenceMarks.ts';

/** A cue as a subtitle shows it: words of one sentence, in at most two lines. */
export interface SubtitleCue {
  readonly speaker: string | undefined;
  readonly fromS: number;
  readonly toS: number;
  readonly words: readonly Word[];
  readonly lines: readonly string[];
}

/** Characters a line and lines a cue: what broadcasters and streaming services agree on for horizontal pictures. */
const LINE_CHARACTERS = 42;
const CUE_CHARACTERS = 2 * LINE_CHARACTERS;
const LONGEST_CUE_S = 7;
/** A cue that flashes by cannot be read: it stays on screen for so long where nothing follows. */
const SHORTEST_CUE_S = 5 / 6;
/** Two frames of 24 a second, so that two cues are seen as two. */
const GAP_S = 0.084;
/** Somebody who pauses for longer has finished a thought. */
const PAUSE_S = 0.7;

/**
 * Cuts sentences into cues that can be read: at most two lines of 42 characters and 7 s, broken at pauses and clause marks
 * where there are any. Every word is kept, each cue begins with its first word, and no cue reaches into the next.
 */
export function subtitleCuesOf(segments: readonly Segment[]): SubtitleCue[] {
  const cues = segments.flatMap((segment) =>
    pieces(segment).map((words) => ({ speaker: segment.speaker, words, text: textOfWords(segment, words) })),
  );
  return cues.map(({ speaker, words, text }, index): SubtitleCue => {
    const fromS = words[0]?.fromS ?? 0;
    const spokenToS = words.at(-1)?.toS ?? fromS;
    const nextS = cues[index + 1]?.words[0]?.fromS ?? Infinity;
    const readableS = Math.max(spokenToS, Math.min(fromS + SHORTEST_CUE_S, nextS - GAP_S));
    return { speaker, fromS, toS: readableS, words, lines: twoLines(text) };
  });
}

/** The words of a sentence as it is written: scripts that put no blanks between words keep it so. */
export function textOfWords(segment: Segment, words: readonly Word[]): string {
  let place = 0;
  let text = '';
  let isOpen = false;
  for (const word of segment.words) {
    const at = segment.text.indexOf(word.text, place);
    const isJoined = at >= 0 && at === place && place > 0;
    if (at >= 0) place = at + word.text.length;
    if (!words.includes(word)) continue;
    text += isOpen && !isJoined ? ` ${word.text}` : word.text;
    isOpen = true;
  }
  return text;
}

function pieces(segment: Segment): (readonly Word[])[] {
  const rest = [...segment.words];
  const made: (readonly Word[])[] = [];
  while (rest.length > 0) made.push(rest.splice(0, bestEnd(rest)));
  return made;
}

const lengthOf = (words: readonly Word[]): number =>
  words.reduce((sum, word) => sum + word.text.length + 1, -1);

/** How many words the next cue takes: all that is left if it can be read at once, else up to the best place to break. */
function bestEnd(words: readonly Word[]): number {
  const fits = (count: number): boolean =>
    lengthOf(words.slice(0, count)) <= CUE_CHARACTERS &&
    (words[count - 1]?.toS ?? 0) - (words[0]?.fromS ?? 0) <= LONGEST_CUE_S;
  if (fits(words.length)) return words.length;
  let most = 1;
  while (most + 1 < words.length && fits(most + 1)) most += 1;
  let best = { count: most, worth: -Infinity };
  for (let count = Math.max(1, Math.ceil(most / 2)); count <= most; count++) {
    const before = words[count - 1];
    const after = words[count];
    if (before === undefined || after === undefined) continue;
    const pauseS = Math.min(PAUSE_S, Math.max(0, after.fromS - before.toS));
    const worth = pauseS / PAUSE_S + (hasClauseMark(before.text) ? 0.8 : 0) + (0.5 * count) / most;
    if (worth > best.worth) best = { count, worth };
  }
  return best.count;
}

/** One line where it is short enough, else two of about the same length; a single endless word stays whole. */
function twoLines(text: string): string[] {
  if (text.length <= LINE_CHARACTERS) return [text];
  const blanks = [...text.matchAll(/ /g)].map((match) => match.index);
  const middle = text.length / 2;
  const uneven = (at: number): number => Math.abs(at - middle) - (hasClauseMark(text.slice(0, at)) ? 6 : 0);
  const [best] = [...blanks].sort((a, b) => uneven(a) - uneven(b));
  return best === undefined ? [text] : [text.slice(0, best), text.slice(best + 1)];
}
