import { createStore } from 'zustand/vanilla';
import type { SearchHit } from '../../main/domain/showMemory.ts';
import type { Client } from '../client/client.ts';
import type { DeskStore } from './desk.ts';
import type { EpisodeStore } from './episode.ts';
import type { PlaceStore } from './place.ts';
import type { TroublesStore } from './troubles.ts';

interface SearchState {
  readonly isOpen: boolean;
  readonly words: string;
  /** What the hits were searched by; an answer to older words is left aside. */
  readonly answered: string;
  readonly hits: readonly SearchHit[];
  readonly total: number;
  readonly nextOffset: number | null;
  /** The hit that Enter opens. */
  readonly at: number;
  readonly open: () => void;
  readonly close: () => void;
  readonly type: (words: string) => Promise<void>;
  readonly more: () => Promise<void>;
  readonly move: (step: 1 | -1) => void;
  readonly point: (at: number) => void;
  readonly openHit: (hit: SearchHit) => Promise<void>;
  /** Makes a clip of what was found and takes it in hand. */
  readonly clipHit: (hit: SearchHit) => Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly episode: EpisodeStore;
  readonly desk: DeskStore;
  readonly place: PlaceStore;
  readonly troubles: TroublesStore;
}

const PAGE = 20;
const nothing = { answered: '', hits: [], total: 0, nextOffset: null, at: 0 };

/** What was said in any episode, found from any room. */
export const createSearchStore = ({ client, episode, desk, place, troubles }: Needs) =>
  createStore<SearchState>()((set, get) => {
    const goTo = async (episodeId: string): Promise<void> => {
      set({ isOpen: false });
      place.getState().go({ room: 'episode', episodeId });
      await episode.getState().open(episodeId);
    };
    return {
      isOpen: false,
      words: '',
      ...nothing,
      open() {
        set({ isOpen: true });
      },
      close() {
        set({ isOpen: false });
      },
      async type(words) {
        set({ words });
        if (words.trim() === '') {
          set(nothing);
          return;
        }
        await troubles.getState().attempt(async () => {
          const page = await client.call('search.words', { words, limit: PAGE });
          if (get().words === words) set({ ...page, answered: words, at: 0 });
        });
      },
      async more() {
        const { words, nextOffset, hits } = get();
        if (nextOffset === null) return;
        await troubles.getState().attempt(async () => {
          const page = await client.call('search.words', { words, limit: PAGE, offset: nextOffset });
          if (get().words === words) set({ ...page, hits: [...hits, ...page.hits] });
        });
      },
      move(step) {
        const { at, hits, nextOffset } = get();
        set({ at: Math.max(0, Math.min(hits.length - 1, at + step)) });
        if (step === 1 && at + 1 >= hits.length && nextOffset !== null) void get().more();
      },
      point(at) {
        set({ at });
      },
      async openHit({ episodeId, fromS }) {
        await goTo(episodeId);
        await desk.getState().goTo(fromS);
      },
      async clipHit({ episodeId, fromS, toS, isOffRecord }) {
        if (isOffRecord) return;
        await goTo(episodeId);
        await desk.getState().clipFrom(episodeId, { fromS, toS });
      },
    };
  });
export type SearchStore = ReturnType<typeof createSearchStore>;
