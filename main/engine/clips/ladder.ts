import type { Rung } from '../../domain/clip.ts';
import { PRESETS, PRESET_IDS, type PresetId } from '../../domain/preset.ts';
import { toMilliseconds } from '../../domain/time.ts';
import { offLimitsCount, type Reading } from './reading.ts';
import type { Scorer } from './score.ts';
import { endsSentence } from './sentences.ts';

/** The longest that platforms take or suggest, in rising order; one end is offered below each. */
const RUNGS_S = [30, 60, 90, 140, 180];

/** The presets whose platform takes a clip of this length. */
export const presetsFor = (durationS: number): PresetId[] =>
  PRESET_IDS.filter((id) => {
    const preset = PRESETS[id];
    return preset.kind === 'audio' || durationS <= preset.hardLongestS;
  });

/** What a ladder is built from. `endAt` gives the out point of a clip that ends with a sentence, in seconds. */
export interface Climb {
  readonly reading: Reading;
  readonly scorer: Scorer;
  readonly first: number;
  /** The clip's in point and the shortest clip there may be, in seconds. */
  readonly inS: number;
  readonly shortestS: number;
  readonly endAt: (last: number) => number;
  /** Whether a clip from the first sentence to this one holds nothing that a person wants kept back. */
  readonly isAllowed: (last: number) => boolean;
}

/** Whether a clip may end with a sentence: the sentence is whole, and nobody else is in the middle of one. */
function mayEnd({ sentences }: Reading, at: number): boolean {
  const sentence = sentences[at];
  const next = sentences[at + 1];
  if (sentence === undefined || !sentence.closesSentence) return false;
  const isFree = next === undefined || next.fromS >= sentence.toS - 0.05;
  return isFree && sentences.slice(Math.max(0, at - 3), at).every(({ toS }) => toS <= sentence.toS + 0.05);
}

/** The best whole-sentence end for each length that platforms take, shortest first; none runs into what is off limits. */
export function ladderOf({ reading, scorer, first, inS, shortestS, endAt, isAllowed }: Climb): Rung[] {
  const best = new Map<number, Rung & { readonly isWhole: boolean }>();
  const longestS = RUNGS_S.at(-1) ?? 0;
  for (let last = first; last < reading.sentences.length; last += 1) {
    const roughS = (reading.sentences[last]?.fromS ?? 0) - inS;
    if (roughS > longestS || offLimitsCount(reading, last, last) > 0 || !isAllowed(last)) break;
    if (!mayEnd(reading, last)) continue;
    const outS = toMilliseconds(endAt(last));
    const durationS = toMilliseconds(outS - inS);
    const rung = RUNGS_S.findIndex((mostS) => durationS <= mostS);
    if (durationS < shortestS || rung < 0) continue;
    const isWhole = endsSentence(reading.sentences[last]?.text ?? '');
    const score = scorer.total(first, last) / 10;
    const present = best.get(rung);
    const isBetter =
      present === undefined ||
      (isWhole && !present.isWhole) ||
      (isWhole === present.isWhole && score > present.score);
    if (isBetter) best.set(rung, { outS, durationS, score, presets: presetsFor(durationS), isWhole });
  }
  return [...best.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, { outS, durationS, score, presets }]) => ({ outS, durationS, score, presets }));
}
