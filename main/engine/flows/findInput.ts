import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Levels, SpeechMap } from '../../domain/levels.ts';
import type { Episode } from '../../domain/episode.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { FindInput } from '../clips/find.ts';
import { readLevels } from '../media/analyse.ts';
import { mapSpeech } from '../media/speechMap.ts';
import { analysisFolderOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';

/** What listening to an episode has shown. */
export interface Heard {
  readonly levels: Levels;
  readonly speech: SpeechMap;
}

export const levelsPathOf = (engine: EngineContext, episodeId: string): string =>
  join(analysisFolderOf(engine, episodeId), 'levels.f32');

/** What was heard when the episode was listened to; undefined where it was not, or has no sound. */
export async function hearEpisode(engine: EngineContext, episodeId: string): Promise<Heard | undefined> {
  const path = levelsPathOf(engine, episodeId);
  const isThere = await stat(path).then(
    (file) => file.size > 0,
    () => false,
  );
  if (!isThere) return undefined;
  const levels = await readLevels(path);
  return { levels, speech: mapSpeech(levels) };
}

/** What the finder is given for an episode: its sentences, what was heard of it, and the habits of its show. */
export function findInputOf(
  engine: EngineContext,
  episode: Episode,
  segments: readonly Segment[],
  heard: Heard | undefined,
): FindInput {
  const show = engine.shows.get(episode.showId);
  return {
    segments,
    durationS: episode.durationS,
    title: episode.title,
    ...heard,
    ...(episode.language === null ? {} : { language: episode.language }),
    ...(show === undefined ? {} : { profile: show.profile, offLimitsPhrases: show.offLimitsPhrases }),
  };
}
