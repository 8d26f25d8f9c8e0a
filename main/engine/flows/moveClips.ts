import type { Candidate, Clip } from '../../domain/clip.ts';
import type { VersionOutcome } from '../../domain/newVersion.ts';
import { toMilliseconds, type TimeRange } from '../../domain/time.ts';
import { moveRange, moveTime, type MovedRange, type TimeMap } from '../../domain/timeMap.ts';
import type { Trim } from '../../domain/trim.ts';
import type { EngineContext } from './context.ts';

/** So much may be missing from a pause inside a clip or be put there without its being another clip. */
const SAME_CLIP_S = 0.3;

interface ChangedClip {
  readonly clip: Clip;
  readonly range: TimeRange;
  readonly cutS: number;
  readonly addedS: number;
}

export interface MovedClips {
  readonly moved: number;
  readonly changed: ChangedClip[];
  readonly gone: VersionOutcome['gone']['clips'];
}

/**
 * Moves the clips of an episode to the clock of its new version, with all that they name and with the cuts that trims can be
 * taken back to. A clip goes along when both of its ends and at least half of what lies between are still there. Runs inside
 * a transaction.
 */
export function moveClips(engine: EngineContext, episodeId: string, map: TimeMap): MovedClips {
  const clips = engine.clips.listAll(episodeId).filter((clip) => clip.isCut !== true);
  const changed: ChangedClip[] = [];
  const gone: VersionOutcome['gone']['clips'] = [];
  for (const clip of clips) {
    const { id, title, inS, outS } = clip;
    const range = clipRange(clip, map);
    if (range === undefined) {
      engine.clips.setCut(id);
      gone.push({ clipId: id, title, inS, outS });
      continue;
    }
    const { cutS, addedS } = range;
    engine.clips.move(id, movedTo(clip, range, map));
    if (!isSame(range)) changed.push({ clip, range, cutS, addedS });
  }
  engine.feedback.moveTrims(episodeId, (trim) => movedTrim(trim, map));
  return { moved: clips.length - gone.length, changed, gone };
}

const isSame = ({ cutS, addedS }: MovedRange): boolean => Math.max(cutS, addedS) <= SAME_CLIP_S;

/** Where a clip lies now; undefined where it is no longer the same moment. */
function clipRange({ inS, outS }: Pick<Clip, 'inS' | 'outS'>, map: TimeMap): MovedRange | undefined {
  if (moveTime(map, inS) === undefined || moveTime(map, outS) === undefined) return undefined;
  const moved = moveRange(map, { fromS: inS, toS: outS });
  return moved !== undefined && moved.cutS <= (outS - inS) / 2 ? moved : undefined;
}

/** A clip on the new clock; words of it that were cut are no evidence, no title and no end any more. */
function movedTo<C extends Candidate>(clip: C, { fromS, toS }: TimeRange, map: TimeMap): C {
  const { parts, titles, ladder, inS } = clip;
  const ends = ladder?.flatMap((rung) => {
    const moved = moveRange(map, { fromS: inS, toS: rung.outS });
    return moved !== undefined && isSame(moved) ? [{ ...rung, outS: moved.toS }] : [];
  });
  return {
    ...clip,
    inS: fromS,
    outS: toS,
    durationS: toMilliseconds(toS - fromS),
    parts: parts.map((part) => ({ ...part, because: part.because.flatMap((word) => movedPlace(word, map)) })),
    titles: titles.flatMap((title) => movedPlace(title, map)),
    ...(ends === undefined ? {} : { ladder: ends }),
  };
}

function movedPlace<P extends TimeRange>(place: P, map: TimeMap): P[] {
  const moved = moveRange(map, place);
  return moved === undefined ? [] : [{ ...place, fromS: moved.fromS, toS: moved.toS }];
}

/** A trim on the new clock; undefined where the cut before it or after it is not there any more. */
function movedTrim({ before, after }: Trim, map: TimeMap): Trim | undefined {
  const range = clipRange(before, map);
  const cut = clipRange(after, map);
  if (range === undefined || cut === undefined) return undefined;
  return { before: movedTo(before, range, map), after: { ...after, inS: cut.fromS, outS: cut.toS } };
}
