import { join } from 'node:path';
import { createCaller, type Caller } from '../../main/api/dispatch.ts';
import { createHandlers } from '../../main/api/handlers.ts';
import type { Host } from '../../main/api/host.ts';
import type { Clip } from '../../main/domain/clip.ts';
import type { MediaFacts } from '../../main/domain/episode.ts';
import { newShow } from '../../main/domain/show.ts';
import type { Segment } from '../../main/domain/transcript.ts';
import { createEngine, type Engine, type EngineOptions } from '../../main/engine/createEngine.ts';
import { searchAgain } from '../../main/engine/flows/searchEpisode.ts';
import { root } from './cli.ts';
import { temporaryFolder } from './folder.ts';

const refuse = () => Promise.reject(new Error('this bench has no dialogs'));
const host: Host = {
  kind: 'cli',
  hasNativeDialogs: false,
  pickMedia: refuse,
  pickFolder: refuse,
  reveal: refuse,
};

const factsOf = (durationS: number): MediaFacts => ({
  format: 'mp3',
  durationS,
  sizeBytes: 1000,
  audio: [{ index: 0, codec: 'mp3', sampleRateHz: 44_100, channels: 2, channelLayout: 'stereo' }],
  video: null,
  coverIndex: null,
  subtitleIndexes: [],
  tags: {},
  warnings: [],
});

export interface Spoken {
  readonly segments: readonly Segment[];
  readonly durationS: number;
}

/** A library with its engine, whose episodes consist of words alone: nothing is decoded, everything else is real. */
export interface LibraryBench extends AsyncDisposable {
  readonly engine: Engine;
  readonly call: Caller;
  /** The library's folder, for a second process on it. */
  readonly home: string;
  /** Takes in an episode of the show "Still Works", or of another one, and searches it. */
  addEpisode(id: string, spoken: Spoken, showName?: string): Promise<Clip[]>;
}

export async function openLibraryBench(more: Partial<EngineOptions> = {}): Promise<LibraryBench> {
  const folder = temporaryFolder();
  const engine = await openEngineAt(folder.path, more);
  const call = createCaller(
    createHandlers(() => Promise.resolve(engine), host),
    (message, error) => {
      throw new Error(message, { cause: error });
    },
  );
  return {
    engine,
    call,
    home: folder.path,
    async addEpisode(id, { segments, durationS }, showName = 'Still Works') {
      const show = engine.shows.findByName(showName) ?? newShow(`show-${showName}`, showName);
      await engine.library.write(() => {
        if (engine.shows.get(show.id) === undefined) engine.shows.add(show);
        engine.episodes.addOrRelink({
          id,
          showId: show.id,
          title: `Episode ${id}`,
          path: join(folder.path, `${id}.mp3`),
          fingerprint: id,
          modifiedAtMs: 0,
          facts: factsOf(durationS),
          importedAtMs: 0,
        });
        engine.segments.replace(id, segments);
        engine.episodes.setTranscript(id, { source: 'given', digest: id, language: 'en' });
        engine.episodes.setState(id, 'ready');
      });
      await searchAgain(engine, id);
      return call('clips.list', { episodeId: id });
    },
    async [Symbol.asyncDispose]() {
      await engine.close();
      folder[Symbol.dispose]();
    },
  };
}

/** Another engine on the same library, as another process would have it. */
export const openEngineAt = (home: string, more: Partial<EngineOptions> = {}): Promise<Engine> =>
  createEngine({
    env: { SOUNDBITE_HOME: home, SOUNDBITE_POLL_INTERVAL_S: '0.05' },
    resourcesDir: join(root, 'resources'),
    works: false,
    onNotice: () => undefined,
    onBug: (error) => {
      throw error;
    },
    ...more,
  });
