import { createStore } from 'zustand/vanilla';
import { isSettled } from '../../main/domain/job.ts';
import type { Client } from '../client/client.ts';
import { announcementOf, queueAnnouncement } from '../selectors/announcements.ts';
import { pathOf, placeOf } from '../selectors/place.ts';
import { createAnnouncementStore } from './announcements.ts';
import { createArrivalsStore } from './arrivals.ts';
import { createChooserStore } from './chooser.ts';
import { createDeskStore } from './desk.ts';
import { createEpisodeStore } from './episode.ts';
import { createExportingStore } from './exporting.ts';
import { createLearningStore } from './learning.ts';
import { createLibraryStore } from './library.ts';
import { createLiveStore } from './live.ts';
import { createMemoryStore } from './memory.ts';
import { createModelsStore } from './models.ts';
import { createPlaceStore, type Addresses } from './place.ts';
import { createQueueStore } from './queue.ts';
import { createSearchStore } from './search.ts';
import { createSettingsStore } from './settings.ts';
import { createStorageStore } from './storage.ts';
import { createTroublesStore } from './troubles.ts';
import { createTypingStore } from './typing.ts';
import { createUndoStore } from './undo.ts';

/** Every store of the window, wired to one client. */
export function createStores(client: Client, addresses: Addresses) {
  const connection = createStore<{ readonly isConnected: boolean }>()(() => ({ isConnected: true }));
  const place = createPlaceStore(addresses);
  const memory = createMemoryStore(client);
  const troubles = createTroublesStore();
  const library = createLibraryStore(client);
  const queue = createQueueStore(client);
  const storage = createStorageStore(client);
  const episode = createEpisodeStore(client);
  const chooser = createChooserStore(client);
  const announcements = createAnnouncementStore();
  const arrivals = createArrivalsStore({ client, chooser, memory, place, queue, troubles });
  const undo = createUndoStore({ announcements, troubles });
  const desk = createDeskStore({ client, episode, undo, troubles });
  const learning = createLearningStore({ client, undo, troubles });
  const search = createSearchStore({ client, episode, desk, place, troubles });
  const exporting = createExportingStore({ client, chooser, memory, queue });
  const models = createModelsStore({ client, chooser, queue });
  const typing = createTypingStore(client, episode);
  const live = createLiveStore(client);
  const settings = createSettingsStore(client);
  return {
    connection,
    place,
    memory,
    troubles,
    library,
    queue,
    storage,
    episode,
    chooser,
    announcements,
    arrivals,
    exporting,
    undo,
    desk,
    learning,
    search,
    models,
    typing,
    live,
    settings,
  };
}
export type Stores = ReturnType<typeof createStores>;

/** Fetches what the window shows; done again whenever the engine was out of reach. */
async function fetchAll(stores: Stores): Promise<void> {
  const { library, queue, episode, troubles } = stores;
  await troubles.getState().attempt(async () => {
    await Promise.all([library.getState().load(), queue.getState().load(), episode.getState().reload()]);
  });
}

/** Keeps the stores up to date with what happens in the engine, and answers when the first data is there. */
export async function start(client: Client, stores: Stores): Promise<void> {
  const { connection, place, memory, library, queue, episode, announcements, troubles } = stores;
  const { models, live } = stores;
  client.onConnection((isConnected) => {
    const wasConnected = connection.getState().isConnected;
    connection.setState({ isConnected });
    if (isConnected && !wasConnected) void fetchAll(stores);
  });
  client.on('jobs.changed', (job) => {
    const text = announcementOf(queue.getState().jobs[job.id], job);
    if (text !== undefined) announcements.getState().say(text);
    queue.getState().hear(job);
    if (job.state === 'completed' && job.episodeId === episode.getState().episodeId)
      void episode.getState().reload();
    if (job.state === 'completed') void troubles.getState().attempt(library.getState().load);
    if (job.state === 'completed' && job.kind === 'fetchModel')
      void troubles.getState().attempt(models.getState().load);
    const isLooked = place.getState().place.room === 'storage';
    if (isLooked && isSettled(job.state)) void troubles.getState().attempt(stores.storage.getState().load);
  });
  client.on('queue.changed', () => {
    void troubles.getState().attempt(queue.getState().load);
  });
  client.on('notice.given', (notice) => {
    queue.getState().notice(notice);
    announcements.getState().say(notice.text);
  });
  announceQueue(stores);
  client.on('episodes.changed', ({ episodeId }) => {
    void troubles.getState().attempt(library.getState().load);
    if (episodeId === episode.getState().episodeId) void episode.getState().reload();
    if (episodeId === live.getState().episodeId)
      void troubles.getState().attempt(async () => {
        await live.getState().readOn();
        await episode.getState().refreshWords();
      });
  });
  await troubles.getState().attempt(memory.getState().load);
  returnToLastPlace(stores);
  place.subscribe(({ place: now }) => {
    void troubles.getState().attempt(() => memory.getState().remember({ place: pathOf(now) }));
  });
  await fetchAll(stores);
}

/** Pauses and what review does are told to those who listen to the screen, as the status bar shows them. */
function announceQueue({ queue, announcements }: Stores): void {
  queue.subscribe(({ status }, { status: before }) => {
    const text = queueAnnouncement(before, status);
    if (text !== undefined) announcements.getState().say(text);
  });
}

/** A window that opens at the front door goes on where it was left. */
function returnToLastPlace({ place, memory }: Stores): void {
  const last = memory.getState().memory?.place ?? '/';
  if (place.getState().place.room === 'library' && last !== '/') place.getState().moveOn(placeOf(last));
}
