import { createStore } from 'zustand/vanilla';
import type { SettingEntry } from '../../main/contract/settings.ts';
import type { SettingName } from '../../main/domain/settings.ts';
import type { Client } from '../client/client.ts';

type Value = SettingEntry['value'];

/** A change that can be taken back: what was stored before, or null where it was the default. */
interface Step {
  readonly name: SettingName;
  readonly before: Value | null;
}

interface SettingsState {
  /** Null until they were read. */
  readonly entries: readonly SettingEntry[] | null;
  readonly steps: readonly Step[];
  readonly load: () => Promise<void>;
  /** Keeps a value at once; null goes back to the default. */
  readonly change: (name: SettingName, value: Value | null) => Promise<void>;
  /** Takes the last change back, and says which setting that was. */
  readonly undo: () => Promise<SettingName | undefined>;
}

export const createSettingsStore = (client: Client) =>
  createStore<SettingsState>()((set, get) => ({
    entries: null,
    steps: [],
    async load() {
      set({ entries: await client.call('settings.list', {}) });
    },
    async change(name, value) {
      const now = get().entries?.find((entry) => entry.name === name);
      if (now === undefined || now.value === value) return;
      const entries = await client.call('settings.change', { name, value });
      const before = now.origin === 'stored' ? now.value : null;
      set(({ steps }) => ({ entries, steps: [...steps, { name, before }] }));
    },
    async undo() {
      const last = get().steps.at(-1);
      if (last === undefined) return undefined;
      const entries = await client.call('settings.change', { name: last.name, value: last.before });
      set(({ steps }) => ({ entries, steps: steps.slice(0, -1) }));
      return last.name;
    },
  }));
export type SettingsStore = ReturnType<typeof createSettingsStore>;
