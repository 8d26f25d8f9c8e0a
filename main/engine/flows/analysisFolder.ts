import { join } from 'node:path';
import type { StoredEpisode } from '../db/episodes.ts';
import type { EngineContext } from './context.ts';

/** The folder with what was heard of the episode's recording; a new version of the recording has another one. */
export const analysisFolderOf = (engine: EngineContext, episodeId: string): string =>
  join(engine.paths.analysis, engine.episodes.get(episodeId)?.analysisFolder ?? episodeId);

export const levelsPathOf = (engine: EngineContext, episodeId: string): string =>
  join(analysisFolderOf(engine, episodeId), 'levels.f32');

/** False once the episode has got another version of its recording: what was measured of the old one says nothing of it. */
export const isSameRecording = (engine: EngineContext, { episode, fingerprint }: StoredEpisode): boolean =>
  engine.episodes.get(episode.id)?.fingerprint === fingerprint;
