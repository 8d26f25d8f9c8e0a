import { AppError } from '../../domain/errors.ts';
import type { EpisodeProfile, ScoreProfile } from '../../domain/show.ts';
import type { EngineContext } from './context.ts';
import { searchAgain } from './searchEpisode.ts';

/** What an episode is searched for: its own choice, else its show's. Throws NOT_FOUND. */
export function profileOf(engine: EngineContext, episodeId: string): EpisodeProfile {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  const { showId, profile } = stored.episode;
  const ofShow = engine.shows.get(showId)?.profile ?? 'insight';
  return { ofEpisode: profile, ofShow, inForce: profile ?? ofShow };
}

/** Chooses what one episode is searched for, null being what its show says, and searches it again. */
export async function chooseForEpisode(
  engine: EngineContext,
  episodeId: string,
  profile: ScoreProfile | null,
): Promise<EpisodeProfile> {
  profileOf(engine, episodeId);
  await engine.library.write(() => {
    engine.episodes.setProfile(episodeId, profile);
  });
  await searchAgain(engine, episodeId);
  return profileOf(engine, episodeId);
}

/**
 * Chooses what the show of an episode is searched for, and searches this episode again, which follows its show from now on.
 * Other episodes follow with their next search.
 */
export async function chooseForShow(
  engine: EngineContext,
  episodeId: string,
  profile: ScoreProfile,
): Promise<EpisodeProfile> {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  await engine.library.write(() => {
    engine.shows.setProfile(stored.episode.showId, profile);
    engine.episodes.setProfile(episodeId, null);
  });
  await searchAgain(engine, episodeId);
  return profileOf(engine, episodeId);
}
