import { createStore } from 'zustand/vanilla';
import type { Clip } from '../../main/domain/clip.ts';
import type { Fix } from '../../main/domain/fix.ts';
import { clamp, type TimeRange } from '../../main/domain/time.ts';
import type { Segment } from '../../main/domain/transcript.ts';
import type { Client } from '../client/client.ts';
import { createDeskActs, type DeskActs } from './deskActs.ts';
import type { EpisodeStore } from './episode.ts';
import type { TroublesStore } from './troubles.ts';
import type { UndoStore } from './undo.ts';

export const LEFT_LISTS = ['candidates', 'marks', 'offLimits'] as const;
export type LeftList = (typeof LEFT_LISTS)[number];

/** Better cuts of one clip as it is cut now. */
export interface Offers {
  readonly cut: string;
  readonly fixes: readonly Fix[];
}

/** A place in the episode that is listened to outside of any clip, with the words around it. */
export interface Moment {
  readonly atS: number;
  readonly range: TimeRange;
  readonly segments: readonly Segment[];
}

interface DeskState extends DeskActs {
  readonly list: LeftList;
  readonly offers: Offers | null;
  /** Where a better cut that is pointed at would begin and end. */
  readonly probe: TimeRange | null;
  /** The words of a title that is pointed at. */
  readonly named: TimeRange | null;
  readonly moment: Moment | null;
  /** Words that were selected in the text. */
  readonly picked: TimeRange | null;
  readonly show: (list: LeftList) => void;
  /** Looks for better cuts of a clip; an answer that comes too late is left aside. */
  readonly explain: (clip: Clip) => Promise<void>;
  readonly point: (probe: TimeRange | null) => void;
  readonly nameAt: (named: TimeRange | null) => void;
  readonly pick: (picked: TimeRange | null) => void;
  /** Takes a place of the episode in hand instead of a clip. */
  readonly lookAt: (atS: number) => Promise<void>;
  readonly leaveMoment: () => void;
  /** Takes the clip that holds a second in hand, or the place itself where no clip does. */
  readonly goTo: (atS: number) => Promise<void>;
}

export const cutOf = ({ id, inS, outS }: Pick<Clip, 'id' | 'inS' | 'outS'>): string => `${id} ${inS} ${outS}`;

/** How much is read before and after a place. */
const BEFORE_S = 8;
const AFTER_S = 45;

interface Needs {
  readonly client: Client;
  readonly episode: EpisodeStore;
  readonly undo: UndoStore;
  readonly troubles: TroublesStore;
}

export const createDeskStore = ({ client, episode, undo, troubles }: Needs) => {
  const store = createStore<DeskState>()((set, get) => ({
    ...createDeskActs({ client, episode, undo }),
    list: 'candidates',
    offers: null,
    probe: null,
    named: null,
    moment: null,
    picked: null,
    show(list) {
      set({ list });
    },
    async explain(clip) {
      if (get().offers?.cut === cutOf(clip)) return;
      set({ probe: null });
      await troubles.getState().attempt(async () => {
        const { fixes } = await client.call('clips.explain', { clipId: clip.id });
        const { detail, selectedId } = episode.getState();
        const now = detail?.clips.find(({ id }) => id === selectedId);
        if (now !== undefined && cutOf(now) === cutOf(clip)) set({ offers: { cut: cutOf(clip), fixes } });
      });
    },
    point(probe) {
      set({ probe });
    },
    nameAt(named) {
      set({ named });
    },
    pick(picked) {
      set({ picked });
    },
    async lookAt(atS) {
      const { detail } = episode.getState();
      if (detail === null) return;
      const { id: episodeId, durationS } = detail.episode;
      const at = clamp(atS, 0, durationS);
      const range = { fromS: Math.max(0, at - BEFORE_S), toS: Math.min(durationS, at + AFTER_S) };
      await troubles.getState().attempt(async () => {
        const { segments } = await client.call('episodes.words', { episodeId, range });
        if (episode.getState().episodeId === episodeId) set({ moment: { atS: at, range, segments } });
      });
    },
    leaveMoment() {
      set({ moment: null, picked: null });
    },
    async goTo(atS) {
      const clips = episode.getState().detail?.clips ?? [];
      const there = clips.find(({ inS, outS }) => inS <= atS && atS < outS);
      if (there === undefined) return get().lookAt(atS);
      set({ moment: null });
      episode.getState().select(there.id);
    },
  }));
  episode.subscribe(({ episodeId, selectedId }, before) => {
    if (episodeId !== before.episodeId)
      store.setState({ list: 'candidates', offers: null, moment: null, picked: null });
    if (selectedId !== before.selectedId)
      store.setState({ moment: null, probe: null, named: null, picked: null });
  });
  return store;
};
export type DeskStore = ReturnType<typeof createDeskStore>;
