import { createStore } from 'zustand/vanilla';
import type { FolderEntry } from '../../main/contract/host.ts';
import type { WireError } from '../../main/domain/errors.ts';
import { troubleOf, type Client } from '../client/client.ts';

/** What is looked for. why is a sentence for a person who did not open the chooser themselves. */
export interface Wanted {
  readonly purpose: 'media' | 'transcript' | 'folder' | 'model';
  readonly why?: string;
  readonly name?: string;
  readonly startFolder?: string;
}

interface ChooserState {
  readonly wanted: Wanted | null;
  readonly folder: string;
  readonly parent: string | null;
  readonly entries: readonly FolderEntry[];
  readonly trouble: WireError | null;
  readonly filter: string;
  readonly isLoading: boolean;
  /** Opens the chooser; answers the chosen path, or null when it was closed. */
  readonly choose: (wanted: Wanted) => Promise<string | null>;
  readonly enter: (folder: string | undefined) => Promise<void>;
  readonly filterBy: (filter: string) => void;
  readonly finish: (path: string | null) => void;
}

export const createChooserStore = (client: Client) => {
  let answer: ((path: string | null) => void) | undefined;
  return createStore<ChooserState>()((set, get) => ({
    wanted: null,
    folder: '',
    parent: null,
    entries: [],
    trouble: null,
    filter: '',
    isLoading: false,
    choose(wanted) {
      get().finish(null);
      set({ wanted, filter: wanted.name ?? '', entries: [] });
      void get().enter(wanted.startFolder ?? (get().folder === '' ? undefined : get().folder));
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    async enter(folder) {
      set({ isLoading: true });
      try {
        const listed = await client.call('host.listFolder', folder === undefined ? {} : { folder });
        set({ ...listed, trouble: null, isLoading: false });
      } catch (error) {
        set({ trouble: troubleOf(error), isLoading: false });
      }
    },
    filterBy(filter) {
      set({ filter });
    },
    finish(path) {
      answer?.(path);
      answer = undefined;
      set({ wanted: null, trouble: null });
    },
  }));
};
export type ChooserStore = ReturnType<typeof createChooserStore>;

/** What of a folder can be chosen or entered now; folders stay in sight whatever is typed. */
export function listedEntries({ wanted, entries, filter }: ChooserState): FolderEntry[] {
  const typed = filter.trim().toLowerCase();
  return entries.filter((entry) => {
    if (entry.kind === 'folder') return true;
    return entry.kind === wanted?.purpose && entry.name.toLowerCase().includes(typed);
  });
}
