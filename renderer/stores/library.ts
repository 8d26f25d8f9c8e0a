import { createStore } from 'zustand/vanilla';
import type { EpisodeOverview } from '../../main/contract/episodes.ts';
import type { Client } from '../client/client.ts';
import { coalesce } from './coalesce.ts';

interface LibraryState {
  /** Newest first; null until they were read. */
  readonly episodes: readonly EpisodeOverview[] | null;
  /** The small waveform of each episode, once it was listened to. */
  readonly waves: Readonly<Record<string, readonly number[]>>;
  readonly load: () => Promise<void>;
}

const COLUMNS = 130;

export const createLibraryStore = (client: Client) => {
  const store = createStore<LibraryState>()((set, get) => ({
    episodes: null,
    waves: {},
    load: coalesce(async () => {
      const episodes = await client.call('episodes.overview', {});
      set({ episodes });
      for (const { episode } of episodes) {
        if (get().waves[episode.id] !== undefined) continue;
        const { columns } = await client.call('episodes.waveform', {
          episodeId: episode.id,
          columns: COLUMNS,
        });
        if (columns !== null) set(({ waves }) => ({ waves: { ...waves, [episode.id]: columns } }));
      }
    }),
  }));
  return store;
};
export type LibraryStore = ReturnType<typeof createLibraryStore>;
