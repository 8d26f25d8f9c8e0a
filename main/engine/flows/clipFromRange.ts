import type { Clip } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import { formatClock, type TimeRange } from '../../domain/time.ts';
import { clipAt } from '../clips/chosenMoment.ts';
import { keepOffRecord } from '../clips/offRecord.ts';
import type { EngineContext } from './context.ts';
import { clipNamed, undecide } from './feedback.ts';
import { assertOnRecord } from './offLimits.ts';
import { searchAgain } from './searchEpisode.ts';
import { searchInputOf } from './searchInput.ts';

/**
 * Makes a clip of a moment that a person chose, such as one they searched for; a clip that is there already is kept.
 * Throws OFF_THE_RECORD, and BAD_INPUT where nothing is said that could be a clip.
 */
export async function clipFromRange(
  engine: EngineContext,
  episodeId: string,
  range: TimeRange,
): Promise<Clip> {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  assertOnRecord(engine, [{ ...range, episodeId }]);
  const search = await searchInputOf(engine, stored);
  const found = search.by === 'words' ? clipAt(search.input, range) : undefined;
  const [candidate] = found === undefined ? [] : keepOffRecord([found], search.offRecord);
  if (candidate === undefined)
    throw new AppError(
      'BAD_INPUT',
      `nothing that could be a clip is said from ${formatClock(range.fromS)} to ${formatClock(range.toS)}`,
    );
  const clip = await engine.library.write(() => {
    const same = engine.clips
      .list(episodeId)
      .find(({ inS, outS }) => inS === candidate.inS && outS === candidate.outS);
    if (same === undefined) return engine.clips.addChosen(episodeId, candidate, Date.now());
    if (same.state === 'trimmed') return same;
    engine.clips.setState(same.id, 'kept');
    return { ...same, state: 'kept' as const };
  });
  engine.emit('episodes.changed', { episodeId });
  return clip;
}

/** Takes back a clip that was made of a range: it is undecided again, and goes unless the search proposes it as well. */
export async function letClipGo(engine: EngineContext, clipId: string): Promise<void> {
  const { episodeId } = clipNamed(engine, clipId);
  // Counted while the clip still stands apart from what the search proposed.
  const proposed = engine.clips.countProposed(episodeId);
  await undecide(engine, clipId);
  await searchAgain(engine, episodeId, proposed);
}
