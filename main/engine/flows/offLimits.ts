import { AppError } from '../../domain/errors.ts';
import type { Episode } from '../../domain/episode.ts';
import type { MarkedOffLimits } from '../../domain/offLimits.ts';
import { formatClock, overlapS, type TimeRange } from '../../domain/time.ts';
import type { EngineContext } from './context.ts';
import { searchAgain } from './searchEpisode.ts';

function episodeNamed(engine: EngineContext, episodeId: string): Episode {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  return stored.episode;
}

function markNamed(engine: EngineContext, episodeId: string, id: number): MarkedOffLimits {
  const mark = engine.offLimits.listMarked(episodeId).find((other) => other.id === id);
  if (mark === undefined)
    throw new AppError('NOT_FOUND', `${episodeId} has nothing off limits numbered ${id}`);
  return mark;
}

/** Everything off limits in an episode, what was overruled included, in order of time. */
export function listOffLimits(engine: EngineContext, episodeId: string): MarkedOffLimits[] {
  return engine.offLimits.listMarked(episodeNamed(engine, episodeId).id);
}

/** What is off limits has changed: the candidates follow at once, unless the episode is only now being taken in. */
async function searchedAgain(engine: EngineContext, episodeId: string): Promise<MarkedOffLimits[]> {
  if (episodeNamed(engine, episodeId).state === 'ready') await searchAgain(engine, episodeId);
  else engine.emit('episodes.changed', { episodeId });
  return engine.offLimits.listMarked(episodeId);
}

/** Marks a range off the record: it is never proposed, never exported, never in captions. Throws BAD_INPUT. */
export async function markOffRecord(
  engine: EngineContext,
  episodeId: string,
  range: TimeRange,
  reason: string | undefined,
): Promise<MarkedOffLimits[]> {
  const { durationS } = episodeNamed(engine, episodeId);
  const fromS = Math.max(0, range.fromS);
  const toS = Math.min(durationS, range.toS);
  if (toS <= fromS)
    throw new AppError('BAD_INPUT', `a range has to lie within 0:00 and ${formatClock(durationS)}`);
  await engine.library.write(() => {
    const told = reason ?? 'You marked it off the record.';
    engine.offLimits.add(episodeId, { fromS, toS, kind: 'off-record', reason: told });
  });
  return searchedAgain(engine, episodeId);
}

/**
 * Allows what was found off limits, or takes that back; it holds for later searches as well. Throws BAD_INPUT for what a
 * person marked off the record: that is taken away instead.
 */
export async function overruleOffLimits(
  engine: EngineContext,
  episodeId: string,
  id: number,
  isOverruled: boolean,
): Promise<MarkedOffLimits[]> {
  if (markNamed(engine, episodeId, id).kind === 'off-record')
    throw new AppError('BAD_INPUT', `${id} was marked off the record by a person; remove it instead`);
  await engine.library.write(() => {
    engine.offLimits.setOverruled(id, isOverruled);
  });
  return searchedAgain(engine, episodeId);
}

/** Takes a mark away. Throws BAD_INPUT for what was found: it would be found again, so it is overruled instead. */
export async function removeOffRecord(
  engine: EngineContext,
  episodeId: string,
  id: number,
): Promise<MarkedOffLimits[]> {
  if (markNamed(engine, episodeId, id).kind !== 'off-record')
    throw new AppError('BAD_INPUT', `${id} was found, not marked; overrule it instead`);
  await engine.library.write(() => {
    engine.offLimits.remove(id);
  });
  return searchedAgain(engine, episodeId);
}

/** What of a range a person marked off the record; undefined where nothing is. */
export const offRecordIn = (
  engine: EngineContext,
  episodeId: string,
  range: TimeRange,
): MarkedOffLimits | undefined =>
  engine.offLimits
    .listMarked(episodeId)
    .find((mark) => mark.kind === 'off-record' && overlapS(mark, range) > 0);

/** Throws OFF_THE_RECORD when any of the ranges touches what a person marked. */
export function assertOnRecord(
  engine: EngineContext,
  ranges: readonly (TimeRange & { readonly episodeId: string })[],
): void {
  for (const range of ranges) {
    const mark = offRecordIn(engine, range.episodeId, range);
    if (mark !== undefined)
      throw new AppError(
        'OFF_THE_RECORD',
        `${formatClock(range.fromS)} to ${formatClock(range.toS)} of ${range.episodeId} touches ` +
          `${formatClock(mark.fromS)} to ${formatClock(mark.toS)} (number ${mark.id}): ${mark.reason}`,
      );
  }
}
