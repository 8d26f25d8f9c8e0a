import { join } from 'node:path';
import type { EngineContext } from './context.ts';

/** The folder with what was heard of the episode's recording; a new version of the recording has another one. */
export const analysisFolderOf = (engine: EngineContext, episodeId: string): string =>
  join(engine.paths.analysis, engine.episodes.get(episodeId)?.analysisFolder ?? episodeId);
