import type { Candidate } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import { findByEar } from '../clips/findByEar.ts';
import { findClips, type FindInput, type Found } from '../clips/find.ts';
import { usualLimit } from '../clips/selection.ts';
import type { EngineContext } from './context.ts';
import { findInputOf, hearEpisode, type Heard } from './findInput.ts';

/**
 * Looks for the clips of an episode and puts them in place of the candidates there were; what a person decided stays.
 * Answers with what was found, best first.
 */
export async function searchEpisode(
  engine: EngineContext,
  episodeId: string,
  atLeast: number | null,
): Promise<readonly Candidate[]> {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  const { episode } = stored;
  const heard = await hearEpisode(engine, episodeId);
  const limit = Math.max(atLeast ?? 1, usualLimit(episode.durationS));
  const found = searchBy(findInputOf(engine, episode, engine.segments.list(episodeId), heard), heard, limit);
  await engine.library.write(() => {
    engine.clips.replaceCandidates(episodeId, found.clips, Date.now());
    engine.offLimits.replaceFound(episodeId, found.offLimits);
  });
  engine.emit('episodes.changed', { episodeId });
  return found.clips;
}

/** By words where there are any, by ear where there is only sound. */
function searchBy(
  input: FindInput,
  heard: Heard | undefined,
  limit: number,
): Pick<Found, 'clips' | 'offLimits'> {
  if (input.segments.length > 0) return findClips({ ...input, limit });
  if (heard === undefined) return { clips: [], offLimits: [] };
  return findByEar({ durationS: input.durationS, title: input.title ?? '', limit, ...heard });
}
