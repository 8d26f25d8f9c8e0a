import { AppError } from '../../domain/errors.ts';
import type { EpisodeLine } from '../../domain/line.ts';
import { prepare } from '../clips/find.ts';
import { findLines } from '../clips/findLines.ts';
import type { EngineContext } from './context.ts';
import { searchInputOf } from './searchInput.ts';

/** The lines of an episode, best first; none where its words are not known. */
export async function linesOfEpisode(
  engine: EngineContext,
  episodeId: string,
  limit: number | undefined,
): Promise<EpisodeLine[]> {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  const search = await searchInputOf(engine, stored);
  return search.by === 'words' ? findLines(prepare(search.input), limit) : [];
}
