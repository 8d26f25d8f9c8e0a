import { resolve } from 'node:path';
import type { storageCalls } from '../contract/storage.ts';
import { archiveEpisode, bringBackEpisode } from '../engine/flows/archive.ts';
import { exportState, importState, resetState, showState } from '../engine/flows/state.ts';
import { planStorage, storageStats, undoStorage } from '../engine/flows/storage.ts';
import { cleanupJob } from '../engine/flows/upkeep.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function storageHandlers(open: OpenEngine): HandlersOf<keyof typeof storageCalls> {
  return {
    'storage.stats': async () => storageStats(await open()),
    'storage.plan': async ({ take }) => planStorage(await open(), take),
    'storage.cleanup': async ({ take }) => ({
      job: await (await open()).queue.enqueue(cleanupJob(take, 'person')),
    }),
    'storage.undo': async ({ run }) => {
      const { restored, notRestored, ...undone } = await undoStorage(await open(), run);
      return { ...undone, restored: [...restored], notRestored: [...notRestored] };
    },
    'storage.archive': async ({ episodeId, folder }) =>
      archiveEpisode(await open(), episodeId, folder === undefined ? undefined : resolve(folder)),
    'storage.restore': async ({ episodeId }) => bringBackEpisode(await open(), episodeId),
    'storage.setLimit': async ({ maxStorageGb }) => {
      const engine = await open();
      await engine.changeSetting('maxStorageGb', maxStorageGb);
      return storageStats(engine);
    },
    'state.show': async () => showState(await open()),
    'state.export': async ({ path }) => exportState(await open(), resolve(path)),
    'state.import': async ({ path, backup }) => importState(await open(), resolve(path), { backup }),
    'state.reset': async ({ backup }) => resetState(await open(), { backup }),
  };
}
