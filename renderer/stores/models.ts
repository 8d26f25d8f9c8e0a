import { createStore } from 'zustand/vanilla';
import type { ModelMachine } from '../../main/contract/models.ts';
import type { SpeechModel } from '../../main/domain/speechModel.ts';
import type { Client } from '../client/client.ts';
import type { ChooserStore } from './chooser.ts';
import type { QueueStore } from './queue.ts';

/** What is done to a model that is no job of the queue. */
export type ModelWork = 'measuring' | 'removing';

interface ModelsState {
  /** Null until they were read. */
  readonly models: readonly SpeechModel[] | null;
  readonly machine: ModelMachine | null;
  readonly working: Readonly<Record<string, ModelWork>>;
  /** The file or folder that is being loaded and measured. */
  readonly importing: string | null;
  readonly load: () => Promise<void>;
  /** Fetches a model; the episode that asked for it is transcribed when it has come. */
  readonly download: (modelId: string, episodeId?: string) => Promise<void>;
  /** Recognises the words of an episode with the model in use. */
  readonly transcribe: (episodeId: string) => Promise<void>;
  readonly benchmark: (modelId: string) => Promise<void>;
  readonly remove: (modelId: string) => Promise<void>;
  /** Which model transcribes; null means none. */
  readonly choose: (modelId: string | null) => Promise<void>;
  /** Lets a person find a model on this machine, and copies it into the library. */
  readonly importOwn: () => Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly chooser: ChooserStore;
  readonly queue: QueueStore;
}

export const createModelsStore = ({ client, chooser, queue }: Needs) =>
  createStore<ModelsState>()((set, get) => {
    const load = async (): Promise<void> => {
      const [models, machine] = await Promise.all([
        client.call('models.list', {}),
        client.call('models.machine', {}),
      ]);
      set({ models, machine });
    };
    const during = async (modelId: string, work: ModelWork, act: () => Promise<unknown>): Promise<void> => {
      set(({ working }) => ({ working: { ...working, [modelId]: work } }));
      try {
        await act();
      } finally {
        const others = Object.entries(get().working).filter(([id]) => id !== modelId);
        set({ working: Object.fromEntries(others) });
        await load();
      }
    };
    return {
      models: null,
      machine: null,
      working: {},
      importing: null,
      load,
      async download(modelId, episodeId) {
        const thenTranscribe = episodeId === undefined ? [] : [episodeId];
        const { job } = await client.call('models.download', { modelId, thenTranscribe });
        queue.getState().learn([job]);
      },
      async transcribe(episodeId) {
        const { job } = await client.call('recognition.start', { episodeId });
        queue.getState().learn([job]);
      },
      benchmark: (modelId) =>
        during(modelId, 'measuring', () => client.call('models.benchmark', { modelId })),
      remove: (modelId) => during(modelId, 'removing', () => client.call('models.remove', { modelId })),
      async choose(modelId) {
        set({ models: await client.call('models.choose', { modelId }) });
        await load();
      },
      async importOwn() {
        const path = await chooser.getState().choose({ purpose: 'model' });
        if (path === null) return;
        set({ importing: path });
        try {
          await client.call('models.import', { path });
        } finally {
          set({ importing: null });
          await load();
        }
      },
    };
  });
export type ModelsStore = ReturnType<typeof createModelsStore>;
