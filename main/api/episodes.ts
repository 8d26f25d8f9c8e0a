import { resolve } from 'node:path';
import type { episodeCalls } from '../contract/episodes.ts';
import { AppError } from '../domain/errors.ts';
import { importEpisodes } from '../engine/flows/importEpisodes.ts';
import { groupMicrophones } from '../engine/media/microphones.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function episodeHandlers(open: OpenEngine): HandlersOf<keyof typeof episodeCalls> {
  return {
    'episodes.import': async (input) => {
      const engine = await open();
      const jobs = await importEpisodes(engine.queue, {
        paths: input.paths.map((path) => resolve(path)),
        transcriptPath: input.transcriptPath === undefined ? null : resolve(input.transcriptPath),
        title: input.title ?? null,
        together: input.together ?? false,
        atLeast: input.atLeast ?? null,
      });
      return { jobs };
    },
    'episodes.groupMicrophones': async ({ episodeIds }) => {
      const { episodes } = await open();
      const found = episodeIds.map((id) => episodes.get(id)).filter((stored) => stored !== undefined);
      const groups = groupMicrophones(found.map(({ episode, facts }) => ({ path: episode.path, facts })));
      return groups.map(({ microphones }) => ({
        paths: microphones.map(({ path }) => path),
        speakers: microphones.map(({ speaker }) => speaker),
      }));
    },
    'episodes.list': async () => (await open()).episodes.list(),
    'episodes.get': async ({ episodeId }) => {
      const stored = (await open()).episodes.get(episodeId);
      if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
      return stored.episode;
    },
  };
}
