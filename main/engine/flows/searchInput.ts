import { stat } from 'node:fs/promises';
import type { Episode } from '../../domain/episode.ts';
import type { Levels, SpeechMap } from '../../domain/levels.ts';
import type { Show } from '../../domain/show.ts';
import type { TimeRange } from '../../domain/time.ts';
import { readLevels } from '../media/levels.ts';
import { mapSpeech } from '../media/speechMap.ts';
import type { FindInput } from '../clips/find.ts';
import type { EarInput } from '../clips/findByEar.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { levelsPathOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';

/** How an episode is searched and its clips are scored: by its words, by ear where there is only sound, or not at all. */
export type SearchInput = {
  /** Marked by a person: nothing of it is in a clip. */
  readonly offRecord: readonly TimeRange[];
} & (
  | { readonly by: 'words'; readonly input: FindInput }
  | { readonly by: 'ear'; readonly input: EarInput }
  | { readonly by: 'nothing' }
);

export interface Heard {
  readonly levels: Levels;
  readonly speech: SpeechMap;
}

/** What listening to an episode has left behind; undefined where it has no sound or was not listened to. */
export async function hear(engine: EngineContext, episodeId: string): Promise<Heard | undefined> {
  const path = levelsPathOf(engine, episodeId);
  const isThere = await stat(path).then(
    (file) => file.size > 0,
    () => false,
  );
  if (!isThere) return undefined;
  const levels = await readLevels(path);
  return { levels, speech: mapSpeech(levels) };
}

/**
 * Everything that is known of an episode when its clips are found and scored, the same for both: its sentences, what was
 * heard of it, the habits of its show, what feedback has taught, and what is off limits or was allowed by a person.
 */
export async function searchInputOf(engine: EngineContext, { episode }: StoredEpisode): Promise<SearchInput> {
  return searchInputWith(engine, episode, await hear(engine, episode.id));
}

/** The same where the sound was read before, for those who are inside a transaction. */
export function searchInputWith(
  engine: EngineContext,
  episode: Episode,
  heard: Heard | undefined,
): SearchInput {
  const segments = engine.segments.list(episode.id);
  const marked = engine.offLimits.listMarked(episode.id);
  const offRecord = marked.filter(({ kind }) => kind === 'off-record');
  const shared = { durationS: episode.durationS, title: episode.title };
  if (segments.length === 0)
    return heard === undefined
      ? { by: 'nothing', offRecord }
      : { by: 'ear', offRecord, input: { ...shared, ...heard } };
  const language = episode.language === null ? {} : { language: episode.language };
  const allowed = marked.filter(({ isOverruled }) => isOverruled);
  const habits = habitsOf(engine.shows.get(episode.showId));
  return {
    by: 'words',
    offRecord,
    input: { ...shared, ...heard, ...language, ...habits, offRecord, allowed, segments },
  };
}

const habitsOf = (show: Show | undefined): Pick<FindInput, 'profile' | 'offLimitsPhrases' | 'multipliers'> =>
  show === undefined
    ? {}
    : {
        profile: show.profile,
        offLimitsPhrases: show.offLimitsPhrases,
        multipliers: show.learnedWeights,
      };
