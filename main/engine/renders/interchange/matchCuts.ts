import { basename } from 'node:path';
import { overlapS, lengthS, type TimeRange } from '../../../domain/time.ts';
import { framesPerS, type FrameRate } from '../../../domain/timecode.ts';
import type { Cut } from './cutList.ts';

/** A cut as an edited list has it, on the recording's clock. */
export interface ReadCut {
  readonly name: string;
  /** The clip's own name, where the program that edited the list has kept it. */
  readonly clipId?: string;
  readonly mediaUrl?: string;
  readonly range: TimeRange;
}

export interface ReadCuts {
  readonly cuts: readonly ReadCut[];
  /** Sentences about what of the list has no effect, and why. */
  readonly notes: readonly string[];
}

/** A clip that the list cuts otherwise. */
export interface MovedCut {
  readonly cut: Cut;
  readonly range: TimeRange;
}

export interface CutMatch {
  readonly moved: readonly MovedCut[];
  readonly unchanged: number;
  readonly notes: readonly string[];
}

/** Of the shorter one; less is another moment, not another cut of the same. */
const SAME_MOMENT = 0.5;

/**
 * Finds the clip of every cut in a list: by its own name, else the one it shares most of its time with. What lies within
 * half a frame of where it was has not been moved.
 */
export function matchCuts(
  clips: readonly Cut[],
  read: ReadCuts,
  { rate, path }: { readonly rate: FrameRate; readonly path: string },
): CutMatch {
  const halfFrameS = 0.5 / framesPerS(rate) + 1e-6;
  const found = new Map<string, MovedCut>();
  const notes: string[] = [...read.notes];
  for (const one of read.cuts.filter((cut) => isOf(path, cut))) {
    const cut = clipOf(one, clips, found);
    if (cut === undefined)
      notes.push(`${told(one)} is no clip of this episode that you kept; nothing is made of it.`);
    else found.set(cut.clipId, earliestAndLatest(found.get(cut.clipId), cut, one.range));
  }
  const settled = [...found.values()].map((match) => ({ ...match, range: settle(match, halfFrameS) }));
  const moved = settled.filter(({ cut, range }) => range.fromS !== cut.inS || range.toS !== cut.outS);
  for (const cut of clips.filter(({ clipId }) => !found.has(clipId)))
    notes.push(`“${cut.title}” is not in the list; it stays as it is.`);
  return { moved, unchanged: settled.length - moved.length, notes };
}

/** Recordings move from disk to disk; their file keeps its name. */
const isOf = (path: string, { mediaUrl, clipId }: ReadCut): boolean =>
  clipId !== undefined || mediaUrl === undefined || fileNameOf(mediaUrl) === basename(path);

function fileNameOf(url: string): string {
  const name = url.split(/[/\\]/u).at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const told = ({ name, range }: ReadCut): string =>
  `${name === '' ? 'A cut' : `“${name}”`} from ${range.fromS.toFixed(2)} s to ${range.toS.toFixed(2)} s`;

function clipOf(one: ReadCut, clips: readonly Cut[], found: ReadonlyMap<string, MovedCut>): Cut | undefined {
  const named = clips.find(({ clipId }) => clipId === one.clipId);
  if (named !== undefined) return named;
  const shared = (cut: Cut): number => {
    const range = { fromS: cut.inS, toS: cut.outS };
    return overlapS(range, one.range) / Math.max(1e-6, Math.min(lengthS(range), lengthS(one.range)));
  };
  // Picture and sound of one cut come as two events with the same times.
  const isFree = ({ clipId }: Cut): boolean => {
    const before = found.get(clipId)?.range;
    return before === undefined || (before.fromS === one.range.fromS && before.toS === one.range.toS);
  };
  const best = clips.filter(isFree).toSorted((a, b) => shared(b) - shared(a))[0];
  return best !== undefined && shared(best) >= SAME_MOMENT ? best : undefined;
}

/** A clip that the list holds in several pieces reaches from the first to the last of them. */
const earliestAndLatest = (before: MovedCut | undefined, cut: Cut, range: TimeRange): MovedCut => ({
  cut,
  range: {
    fromS: Math.min(before?.range.fromS ?? Infinity, range.fromS),
    toS: Math.max(before?.range.toS ?? -Infinity, range.toS),
  },
});

const settle = ({ cut, range }: MovedCut, halfFrameS: number): TimeRange => ({
  fromS: Math.abs(range.fromS - cut.inS) <= halfFrameS ? cut.inS : range.fromS,
  toS: Math.abs(range.toS - cut.outS) <= halfFrameS ? cut.outS : range.toS,
});
