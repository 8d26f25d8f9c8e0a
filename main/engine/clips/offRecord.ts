import type { Candidate } from '../../domain/clip.ts';
import { overlapS, toMilliseconds, type TimeRange } from '../../domain/time.ts';
import type { Windows } from './boundaries.ts';

/** Whether nothing that is said from one sentence to another was marked off the record by a person. */
export function isOnRecord(
  sentences: readonly TimeRange[],
  { first, last }: { readonly first: number; readonly last: number },
  offRecord: readonly TimeRange[] = [],
): boolean {
  const spoken = { fromS: sentences[first]?.fromS ?? 0, toS: sentences[last]?.toS ?? 0 };
  return offRecord.every((range) => overlapS(range, spoken) === 0);
}

/** Windows that hold nothing of what a person marked off the record. */
export function windowsOnRecord(
  windows: Windows,
  sentences: readonly TimeRange[],
  offRecord: readonly TimeRange[],
): Windows {
  if (offRecord.length === 0) return windows;
  const isClear = (window: number): boolean => {
    const run = { first: windows.first[window] ?? 0, last: windows.last[window] ?? 0 };
    return isOnRecord(sentences, run, offRecord);
  };
  return {
    first: windows.first.filter((_, window) => isClear(window)),
    last: windows.last.filter((_, window) => isClear(window)),
  };
}

/** What drawing in takes of a clip, or of a line. */
type Cut = Pick<Candidate, 'inS' | 'outS' | 'durationS' | 'text'>;

/**
 * Draws in the silence around clips whose words are on the record, where it reaches into what is not. Without words, clips
 * that touch it are dropped.
 */
export function keepOffRecord<Clip extends Cut>(
  clips: readonly Clip[],
  offRecord: readonly TimeRange[],
): Clip[] {
  const touches = ({ inS, outS }: Cut): boolean =>
    offRecord.some((range) => overlapS(range, { fromS: inS, toS: outS }) > 0);
  return clips.flatMap((clip) => {
    if (!touches(clip)) return [clip];
    // Where the words are not known, what is drawn in might be one.
    if (clip.text === '') return [];
    const kept = offRecord.reduce<TimeRange | undefined>(clearOf, { fromS: clip.inS, toS: clip.outS });
    if (kept === undefined) return [];
    const durationS = toMilliseconds(kept.toS - kept.fromS);
    return [{ ...clip, inS: kept.fromS, outS: kept.toS, durationS }];
  });
}

/** No handle is longer. */
const LONGEST_HANDLE_S = 5;

/** What is left of a range when another one is cut off its edge; undefined when that would cut into words. */
function clearOf(range: TimeRange | undefined, off: TimeRange): TimeRange | undefined {
  if (range === undefined || overlapS(range, off) === 0) return range;
  const before = { fromS: range.fromS, toS: Math.min(range.toS, off.fromS) };
  const after = { fromS: Math.max(range.fromS, off.toS), toS: range.toS };
  if (range.toS - before.toS <= LONGEST_HANDLE_S && before.toS > before.fromS) return before;
  if (after.fromS - range.fromS <= LONGEST_HANDLE_S && after.toS > after.fromS) return after;
  return undefined;
}
