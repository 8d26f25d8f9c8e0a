import { createStore } from 'zustand/vanilla';
import type { CleanupPlan, StorageStats, TakeableCategory } from '../../main/domain/storage.ts';
import type { Client } from '../client/client.ts';
import { coalesce } from './coalesce.ts';

interface StorageState {
  /** Null until they were read. */
  readonly stats: StorageStats | null;
  /** What a cleanup would do now, with what a person has chosen besides. */
  readonly plan: CleanupPlan | null;
  readonly taken: readonly TakeableCategory[];
  readonly isCleaning: boolean;
  readonly load: () => Promise<void>;
  /** Chooses a kind of file to go at the next cleanup, or takes that back. */
  readonly toggle: (category: TakeableCategory) => Promise<void>;
  /** Cleans up as it was planned, and answers when it is done. */
  readonly clean: () => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly bringBack: (episodeId: string) => Promise<void>;
  readonly setLimit: (maxStorageGb: number) => Promise<void>;
}

export const createStorageStore = (client: Client) =>
  createStore<StorageState>()((set, get) => {
    const load = coalesce(async () => {
      const stats = await client.call('storage.stats', {});
      const plan = await client.call('storage.plan', { take: [...get().taken] });
      set({ stats, plan });
    });
    return {
      stats: null,
      plan: null,
      taken: [],
      isCleaning: false,
      load,
      async toggle(category) {
        const { taken } = get();
        const isTaken = taken.includes(category);
        set({ taken: isTaken ? taken.filter((each) => each !== category) : [...taken, category] });
        await load();
      },
      async clean() {
        set({ isCleaning: true });
        try {
          const { job } = await client.call('storage.cleanup', { take: [...get().taken] });
          await client.call('jobs.settled', { jobIds: [job.id] });
          set({ taken: [] });
          await load();
        } finally {
          set({ isCleaning: false });
        }
      },
      async undo() {
        await client.call('storage.undo', {});
        await load();
      },
      async bringBack(episodeId) {
        await client.call('storage.restore', { episodeId });
        await load();
      },
      async setLimit(maxStorageGb) {
        await client.call('storage.setLimit', { maxStorageGb });
        await load();
      },
    };
  });
