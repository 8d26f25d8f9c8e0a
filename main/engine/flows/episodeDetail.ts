import type { Clip } from '../../domain/clip.ts';
import type { Episode } from '../../domain/episode.ts';
import { AppError } from '../../domain/errors.ts';
import type { ExportedFile } from '../../domain/exportedFile.ts';
import type { HitRate } from '../../domain/learning.ts';
import type { Mark } from '../../domain/mark.ts';
import type { MarkedOffLimits } from '../../domain/offLimits.ts';
import type { EpisodeProfile } from '../../domain/show.ts';
import type { EngineContext } from './context.ts';
import { isCoverKept } from './cover.ts';
import { hitRateOfShow } from './learning.ts';
import { profileOf } from './profile.ts';
import { listReviewed } from './reviewedClips.ts';
import { withMemory } from './showMemory.ts';

export interface EpisodeOverview {
  readonly episode: Episode;
  readonly showName: string;
  readonly hasCover: boolean;
  readonly counts: {
    readonly found: number;
    readonly judged: number;
    readonly kept: number;
    readonly exported: number;
  };
}

export interface EpisodeDetail extends EpisodeOverview {
  /** Best first; in order of time where the scores of the show are no better than chance. */
  readonly clips: Clip[];
  readonly hitRate: HitRate | null;
  readonly exports: ExportedFile[];
  /** What was overruled included, in order of time. */
  readonly offLimits: MarkedOffLimits[];
  readonly marks: Mark[];
  readonly profile: EpisodeProfile;
}

/** Every episode as a list shows it, newest first. */
export async function episodeOverviews(engine: EngineContext): Promise<EpisodeOverview[]> {
  const showNames = new Map(engine.shows.list().map((show) => [show.id, show.name]));
  return Promise.all(
    engine.episodes.list().map(async (episode) => ({
      episode,
      showName: showNames.get(episode.showId) ?? '',
      hasCover: await isCoverKept(engine, episode.id),
      counts: engine.clips.countsOf(episode.id),
    })),
  );
}

/** Everything that one room shows of an episode. */
export async function episodeDetail(engine: EngineContext, episodeId: string): Promise<EpisodeDetail> {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  const hitRate = hitRateOfShow(engine, stored.episode.showId);
  const clips = await withMemory(engine, episodeId, listReviewed(engine, episodeId));
  return {
    episode: stored.episode,
    showName: engine.shows.get(stored.episode.showId)?.name ?? '',
    hasCover: await isCoverKept(engine, episodeId),
    counts: engine.clips.countsOf(episodeId),
    clips: hitRate?.isBetterThanChance === false ? clips.toSorted((a, b) => a.inS - b.inS) : clips,
    hitRate,
    exports: engine.exports.listOfEpisode(episodeId),
    offLimits: engine.offLimits.listMarked(episodeId),
    marks: engine.marks.list(episodeId),
    profile: profileOf(engine, episodeId),
  };
}
