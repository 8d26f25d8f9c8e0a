import { createStore } from 'zustand/vanilla';
import type { HostDescription } from '../../main/contract/host.ts';
import type { WindowMemory } from '../../main/contract/window.ts';
import type { Client } from '../client/client.ts';

interface MemoryState {
  /** Null until the engine has answered. */
  readonly memory: WindowMemory | null;
  readonly host: HostDescription | null;
  readonly load: () => Promise<void>;
  readonly remember: (change: Partial<WindowMemory>) => Promise<void>;
}

/** What the window knows about itself: its shell, its theme, where it was last. */
export const createMemoryStore = (client: Client) =>
  createStore<MemoryState>()((set) => ({
    memory: null,
    host: null,
    async load() {
      const [memory, host] = await Promise.all([
        client.call('window.recall', {}),
        client.call('host.describe', {}),
      ]);
      set({ memory, host });
    },
    async remember(change) {
      set({ memory: await client.call('window.remember', change) });
    },
  }));
export type MemoryStore = ReturnType<typeof createMemoryStore>;
