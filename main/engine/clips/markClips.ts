import type { Candidate } from '../../domain/clip.ts';
import type { Mark } from '../../domain/mark.ts';
import { formatClock, toMilliseconds } from '../../domain/time.ts';
import type { Search } from './find.ts';
import { scoreRangeByEar, type EarInput } from './findByEar.ts';
import { clipAround, snapToSentences } from './givenRange.ts';

/** The clip that a mark became. */
export interface MarkClip extends Candidate {
  readonly markId: number;
}

const LONGEST_TITLE = 60;
/** Without words, a moment is heard with a little before it and the rest after. */
const BEFORE_S = 5;
const AFTER_S = 25;

/** A person's own choice: their note is the title, and the reason says whose it is. */
function asMarked(candidate: Candidate, mark: Mark): MarkClip {
  const { note } = mark;
  const named = note === '' ? 'Your mark.' : `Your mark: “${note}”.`;
  const byEar = candidate.text === '' ? `Your mark at ${formatClock(mark.atS)}` : candidate.title;
  return {
    ...candidate,
    foundBy: 'mark',
    reason: `${named} ${candidate.reason}`,
    title: note === '' || note.length > LONGEST_TITLE ? byEar : note,
    markId: mark.id,
  };
}

/**
 * A range is snapped to its sentences; a moment becomes the best clip around the sentence that is spoken there. A mark on
 * what is off the record becomes none.
 */
export function markClipsByWords(search: Search, marks: readonly Mark[]): MarkClip[] {
  const { sentences } = search.reading;
  return marks.flatMap((mark) => {
    const near = sentences.findIndex(({ toS }) => toS > mark.atS);
    const at = near < 0 ? sentences.length - 1 : near;
    const isSpoken =
      mark.toS !== null && sentences.some((s) => s.fromS < (mark.toS ?? 0) && s.toS > mark.atS);
    const run = isSpoken
      ? snapToSentences(search, { fromS: mark.atS, toS: mark.toS ?? mark.atS })
      : { first: at, last: at };
    const clip = clipAround(search, run, isSpoken);
    return clip === undefined ? [] : [asMarked(clip, mark)];
  });
}

/** The same where nobody has read the words. */
export function markClipsByEar(input: EarInput, marks: readonly Mark[]): MarkClip[] {
  return marks.map((mark) => {
    const fromS = mark.toS === null ? Math.max(0, mark.atS - BEFORE_S) : mark.atS;
    const toS = toMilliseconds(Math.min(input.durationS, mark.toS ?? mark.atS + AFTER_S));
    return asMarked(scoreRangeByEar(input, { fromS, toS }), mark);
  });
}
