import { join, resolve } from 'node:path';
import type { episodeCalls } from '../contract/episodes.ts';
import { AppError } from '../domain/errors.ts';
import { episodeDetail, episodeOverviews } from '../engine/flows/episodeDetail.ts';
import { waveformOf } from '../engine/flows/waveform.ts';
import { importEpisodes } from '../engine/flows/importEpisodes.ts';
import { groupMicrophones } from '../engine/media/microphones.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

const sampleEpisode = (resourcesDir: string): string =>
  join(resourcesDir, 'sample', 'still-works-23-the-lamp-on-table-four.m4a');

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
    'episodes.importSample': async () => {
      const engine = await open();
      const paths = [sampleEpisode(engine.resourcesDir)];
      const jobs = await importEpisodes(engine.queue, {
        paths,
        transcriptPath: null,
        title: null,
        together: false,
        atLeast: 6,
      });
      return { jobs };
    },
    'episodes.overview': async () => episodeOverviews(await open()),
    'episodes.open': async ({ episodeId }) => episodeDetail(await open(), episodeId),
    'episodes.words': async ({ episodeId, range }) => {
      const engine = await open();
      if (engine.episodes.get(episodeId) === undefined) {
        throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
      }
      return { segments: engine.segments.listWithin(episodeId, range) };
    },
    'episodes.waveform': async ({ episodeId, columns, range }) => ({
      columns: await waveformOf(await open(), episodeId, columns, range),
    }),
    'episodes.list': async () => (await open()).episodes.list(),
    'episodes.get': async ({ episodeId }) => {
      const stored = (await open()).episodes.get(episodeId);
      if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
      return stored.episode;
    },
  };
}
