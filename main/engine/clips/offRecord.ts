import type { Candidate } from '../../domain/clip.ts';
import { overlapS, toMilliseconds, type TimeRange } from '../../domain/time.ts';
import type { Windows } from './boundaries.ts';

/** Windows that hold nothing of what a person marked off the record. */
export function windowsOnRecord(
  windows: Windows,
  sentences: readonly TimeRange[],
  offRecord: readonly TimeRange[],
): Windows {
  if (offRecord.length === 0) return windows;
  const isClear = (window: number): boolean => {
    const fromS = sentences[windows.first[window] ?? 0]?.fromS ?? 0;
    const toS = sentences[windows.last[window] ?? 0]?.toS ?? 0;
    return offRecord.every((range) => overlapS(range, { fromS, toS }) === 0);
  };
  return {
    first: windows.first.filter((_, window) => isClear(window)),
    last: windows.last.filter((_, window) => isClear(window)),
  };
}

/** Draws in the silence around clips where it reaches into what is off the record, and drops clips that hold some of it. */
export function keepOffRecord(clips: readonly Candidate[], offRecord: readonly TimeRange[]): Candidate[] {
  const touches = ({ inS, outS }: Candidate): boolean =>
    offRecord.some((range) => overlapS(range, { fromS: inS, toS: outS }) > 0);
  return clips.flatMap((clip) => {
    if (!touches(clip)) return [clip];
    // Where the words are not known, what is drawn in might be one.
    if (clip.foundBy === 'ear') return [];
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
