import type { Candidate } from '../../domain/clip.ts';
import { COMMON_WORDS } from './language.ts';
import { isSameMoment, saysTheSame } from './selection.ts';
import { foldWord } from './sentences.ts';

const rangeOf = ({ inS, outS }: Candidate) => ({ fromS: inS, toS: outS });
/** The words of substance that a clip is known by. */
const wordsOf = ({ text }: Candidate): ReadonlySet<string> =>
  new Set(
    text
      .split(/\s+/u)
      .map(foldWord)
      .filter((word) => word.length > 3 && !COMMON_WORDS.has(word)),
  );

/**
 * The order in which the clips of an episode are offered: first a person's own marks, then what the show opens with, then
 * what the finder found, each in the order given. A moment is offered once, under the first name that it has, and not
 * a second time where the opening says it; two marks are two clips unless they are the same range. `limit` is for what no person chose.
 */
export function offerOrder<Clip extends Candidate>(
  { marks, coldOpens, found }: { marks: readonly Clip[]; coldOpens: readonly Clip[]; found: readonly Clip[] },
  limit: number,
): Clip[] {
  const offered: Clip[] = [];
  for (const clip of marks)
    if (!offered.some(({ inS, outS }) => inS === clip.inS && outS === clip.outS)) offered.push(clip);
  const most = offered.length + limit;
  const openings = coldOpens.map(wordsOf);
  const isTeaser = (clip: Clip): boolean => openings.some((words) => saysTheSame(words, wordsOf(clip)));
  for (const clip of [...coldOpens, ...found.filter((other) => !isTeaser(other))]) {
    if (offered.length >= most) break;
    if (!offered.some((other) => isSameMoment(rangeOf(other), rangeOf(clip)))) offered.push(clip);
  }
  return offered;
}
