import { overlapS, type TimeRange } from '../../main/domain/time.ts';
import type { Word } from '../../main/domain/transcript.ts';

/** What would become of a word, or what is said of it, while something is pointed at. */
export type WordFate = 'offered' | 'dropped' | 'named' | undefined;

interface Pointed {
  /** Where a better cut would begin and end. */
  readonly probe: TimeRange | null;
  /** The words of a title. */
  readonly named: TimeRange | null;
}

const middleOf = ({ fromS, toS }: Word): number => (fromS + toS) / 2;
const holds = ({ fromS, toS }: TimeRange, atS: number): boolean => atS >= fromS && atS <= toS;

/** Offered words would come in with a better cut, dropped ones would go; named ones are a title. */
export function fateOf(word: Word, clip: TimeRange, { probe, named }: Pointed): WordFate {
  const atS = middleOf(word);
  if (named !== null && holds(named, atS)) return 'named';
  if (probe === null || holds(clip, atS) === holds(probe, atS)) return undefined;
  return holds(probe, atS) ? 'offered' : 'dropped';
}

/** The stretches that a better cut takes in and gives up: at most one at each end. */
export function changesOf(clip: TimeRange, probe: TimeRange): { gained: TimeRange[]; lost: TimeRange[] } {
  const between = (a: number, b: number): TimeRange[] => (b - a > 0.001 ? [{ fromS: a, toS: b }] : []);
  if (overlapS(clip, probe) === 0) return { gained: [probe], lost: [clip] };
  return {
    gained: [...between(probe.fromS, clip.fromS), ...between(clip.toS, probe.toS)],
    lost: [...between(clip.fromS, probe.fromS), ...between(probe.toS, clip.toS)],
  };
}
