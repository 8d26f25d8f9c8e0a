import { createStore } from 'zustand/vanilla';
import type { ShowLearning } from '../../main/domain/learning.ts';
import type { Client } from '../client/client.ts';
import { strings } from '../strings.ts';
import type { TroublesStore } from './troubles.ts';
import type { UndoStore } from './undo.ts';

interface LearningState {
  /** Null while nobody looks at it. */
  readonly told: ShowLearning | null;
  readonly open: (showId: string) => Promise<void>;
  readonly close: () => void;
  readonly freeze: (isFrozen: boolean) => Promise<void>;
  readonly reset: () => Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly undo: UndoStore;
  readonly troubles: TroublesStore;
}

/** What the judgements of a show have taught the scorer, while somebody reads it. */
export const createLearningStore = ({ client, undo, troubles }: Needs) =>
  createStore<LearningState>()((set, get) => {
    const { did } = strings.desk;
    const shown = (act: () => Promise<ShowLearning>) => async (): Promise<void> => {
      const told = await act();
      if (get().told?.showId === told.showId) set({ told });
    };
    return {
      told: null,
      async open(showId) {
        await troubles.getState().attempt(async () => {
          set({ told: await client.call('learning.show', { show: showId }) });
        });
      },
      close() {
        set({ told: null });
      },
      async freeze(isFrozen) {
        const show = get().told?.showId;
        if (show === undefined) return;
        await undo.getState().perform({
          label: isFrozen ? did.freeze : did.unfreeze,
          redo: shown(() => client.call('learning.freeze', { show, isFrozen })),
          undo: shown(() => client.call('learning.freeze', { show, isFrozen: !isFrozen })),
        });
      },
      async reset() {
        const { told } = get();
        if (told === null) return;
        const { showId: show, setAsideTo } = told;
        await undo.getState().perform({
          label: did.reset,
          redo: shown(() => client.call('learning.reset', { show })),
          undo: shown(() => client.call('learning.restore', { show, setAsideTo })),
        });
      },
    };
  });
export type LearningStore = ReturnType<typeof createLearningStore>;
