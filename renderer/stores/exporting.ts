import { createStore } from 'zustand/vanilla';
import type { Clip } from '../../main/domain/clip.ts';
import { PRESETS, type PresetId } from '../../main/domain/preset.ts';
import { troubleOf, type Client } from '../client/client.ts';
import type { WireError } from '../../main/domain/errors.ts';
import { strings } from '../strings.ts';
import type { ChooserStore } from './chooser.ts';
import type { MemoryStore } from './memory.ts';
import type { QueueStore } from './queue.ts';

interface ExportingState {
  readonly isOpen: boolean;
  /** The clip in hand, and all that are kept. */
  readonly clip: Clip | null;
  readonly kept: readonly Clip[];
  readonly scope: 'clip' | 'kept';
  readonly presets: readonly PresetId[];
  readonly folder: string;
  readonly trouble: WireError | null;
  readonly isSending: boolean;
  readonly open: (clip: Clip | undefined, kept: readonly Clip[]) => void;
  readonly close: () => void;
  readonly take: (scope: 'clip' | 'kept') => void;
  readonly toggle: (preset: PresetId) => void;
  readonly changeFolder: () => Promise<void>;
  /** Queues the files; true when the dialog may close. */
  readonly send: () => Promise<boolean>;
}

interface Needs {
  readonly client: Client;
  readonly chooser: ChooserStore;
  readonly memory: MemoryStore;
  readonly queue: QueueStore;
}

export const createExportingStore = ({ client, chooser, memory, queue }: Needs) =>
  createStore<ExportingState>()((set, get) => ({
    isOpen: false,
    clip: null,
    kept: [],
    scope: 'clip',
    presets: [],
    folder: '',
    trouble: null,
    isSending: false,
    open(clip, kept) {
      const { memory: known, host } = memory.getState();
      set({
        isOpen: true,
        clip: clip ?? null,
        kept,
        scope: clip === undefined || (kept.length > 1 && kept.includes(clip)) ? 'kept' : 'clip',
        presets: known?.presets ?? [],
        folder: known?.exportFolder ?? host?.exportFolder ?? '',
        trouble: null,
      });
    },
    close() {
      set({ isOpen: false });
    },
    take(scope) {
      set({ scope });
    },
    toggle(preset) {
      const { presets } = get();
      set({
        presets: presets.includes(preset) ? presets.filter((id) => id !== preset) : [...presets, preset],
      });
    },
    async changeFolder() {
      const startFolder = get().folder;
      try {
        const folder = memory.getState().host?.hasNativeDialogs
          ? (await client.call('host.pickFolder', { startFolder })).folder
          : await chooser.getState().choose({ purpose: 'folder' });
        if (folder === null) return;
        await client.call('exports.checkFolder', { folder });
        set({ folder, trouble: null });
      } catch (error) {
        set({ trouble: troubleOf(error) });
      }
    },
    async send() {
      const { folder } = get();
      const presets = allowedPresets(get());
      set({ isSending: true, trouble: null });
      try {
        const clipIds = chosenClips(get()).map(({ id }) => id);
        const { jobs } = await client.call('exports.create', { clipIds, presets: [...presets], folder });
        queue.getState().learn(jobs);
        set({ isOpen: false });
        await memory.getState().remember({ presets: [...presets], exportFolder: folder });
        return true;
      } catch (error) {
        set({ trouble: troubleOf(error) });
        return false;
      } finally {
        set({ isSending: false });
      }
    },
  }));
export type ExportingStore = ReturnType<typeof createExportingStore>;

export const chosenClips = ({
  scope,
  clip,
  kept,
}: Pick<ExportingState, 'scope' | 'clip' | 'kept'>): readonly Clip[] =>
  scope === 'kept' ? kept : clip === null ? [] : [clip];

/** Why a platform would refuse one of these clips; undefined when it takes them all. */
export function refusalOf(id: PresetId, clips: readonly Clip[]): string | undefined {
  const preset = PRESETS[id];
  if (preset.kind === 'audio') return undefined;
  const longestS = Math.max(0, ...clips.map((clip) => clip.durationS));
  return longestS > preset.hardLongestS ? strings.exporting.tooLong(preset.hardLongestS) : undefined;
}

export const allowedPresets = (
  state: Pick<ExportingState, 'scope' | 'clip' | 'kept' | 'presets'>,
): readonly PresetId[] => state.presets.filter((id) => refusalOf(id, chosenClips(state)) === undefined);
