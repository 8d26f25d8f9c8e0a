import { createStore } from 'zustand/vanilla';
import type { Segment } from '../../main/domain/transcript.ts';
import type { Client } from '../client/client.ts';
import { coalesce } from './coalesce.ts';

interface LiveState {
  readonly episodeId: string | null;
  /** What was heard last, in order; never more than a screen or two. */
  readonly sentences: readonly Segment[];
  /** How far the words reach. */
  readonly untilS: number;
  /** Begins to follow an episode while its words are recognised. */
  readonly follow: (episodeId: string, durationS: number) => Promise<void>;
  readonly leave: () => void;
  /** Reads what came since. */
  readonly readOn: () => Promise<void>;
}

const KEPT = 60;
const none = { episodeId: null, sentences: [], untilS: 0 };

/** Words as they arrive. */
export const createLiveStore = (client: Client) => {
  let endS = 0;
  return createStore<LiveState>()((set, get) => ({
    ...none,
    async follow(episodeId, durationS) {
      endS = durationS;
      if (get().episodeId !== episodeId) set({ ...none, episodeId });
      await get().readOn();
    },
    leave() {
      set(none);
    },
    readOn: coalesce(async () => {
      const { episodeId, untilS } = get();
      if (episodeId === null || untilS >= endS) return;
      const { segments } = await client.call('episodes.words', {
        episodeId,
        range: { fromS: untilS, toS: endS },
      });
      if (get().episodeId !== episodeId || segments.length === 0) return;
      const news = segments.filter(({ fromS }) => fromS >= untilS);
      set(({ sentences }) => ({
        sentences: [...sentences, ...news].slice(-KEPT),
        untilS: Math.max(untilS, ...news.map(({ toS }) => toS)),
      }));
    }),
  }));
};
export type LiveStore = ReturnType<typeof createLiveStore>;
