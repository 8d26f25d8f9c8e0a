import { describe, expect, test } from 'vitest';
import { createAnnouncementStore } from '../../../renderer/stores/announcements.ts';
import { start } from '../../../renderer/stores/app.ts';
import { allowedPresets, refusalOf } from '../../../renderer/stores/exporting.ts';
import { selectedClip } from '../../../renderer/stores/episode.ts';
import { listedEntries } from '../../../renderer/stores/chooser.ts';
import { fakeTransport, Refused } from './fakeTransport.ts';
import { givenClip, givenJob, givenWindow } from './given.ts';
import { givenStatus } from './givenQueue.ts';

const callsOf = (transport: ReturnType<typeof fakeTransport>, name: string) =>
  transport.asked.filter((call) => call.name === name).map(({ input }) => input);

/** Lets everything that was begun come to rest. */
const rest = () => new Promise((resolve) => setImmediate(resolve));

const imported = (transport: ReturnType<typeof fakeTransport>) => {
  transport.answer('episodes.import', () => ({ jobs: [givenJob({ id: 7 })] }));
  transport.answer('queue.status', () => givenStatus({ running: [givenJob({ id: 7 })] }));
};

describe('a dropped recording', () => {
  test('is linked in place where the shell knows its path, with the transcript beside it', async () => {
    const transport = fakeTransport(({ name }) => `/disk/${name}`);
    imported(transport);
    const { client, stores, addresses } = givenWindow(transport);
    await start(client, stores);
    await stores.arrivals.getState().receive([
      { name: 'lamp.m4a', size: 5e9 },
      { name: 'lamp.srt', size: 10 },
    ]);
    expect(callsOf(transport, 'episodes.import')).toEqual([
      { paths: ['/disk/lamp.m4a'], transcriptPath: '/disk/lamp.srt' },
    ]);
    expect(callsOf(transport, 'upload')).toEqual([]);
    expect(addresses.read()).toBe('/work/7');
  });

  test('is copied into the library by a browser while it is small enough', async () => {
    const transport = fakeTransport();
    imported(transport);
    const { client, stores } = givenWindow(transport);
    await start(client, stores);
    await stores.arrivals.getState().receive([{ name: 'lamp.m4a', size: 1000 }]);
    expect(callsOf(transport, 'episodes.import')).toEqual([{ paths: ['/library/lamp.m4a'] }]);
    expect(stores.arrivals.getState().arrivals).toEqual([]);
  });

  test('opens the chooser when it is too large, which says why and looks for its name; what is chosen is linked', async () => {
    const transport = fakeTransport();
    imported(transport);
    const entry = (name: string, kind: string) => ({
      name,
      kind,
      path: `/home/pat/${name}`,
      sizeBytes: 1,
      modifiedAtMs: 0,
    });
    transport.answer('host.listFolder', () => ({
      folder: '/home/pat',
      parent: '/home',
      entries: [
        entry('Music', 'folder'),
        entry('lamp.m4a', 'media'),
        entry('other.m4a', 'media'),
        entry('lamp.srt', 'transcript'),
      ],
    }));
    const { client, stores } = givenWindow(transport);
    await start(client, stores);
    const done = stores.arrivals.getState().receive([{ name: 'lamp.m4a', size: 1_900_000_000 }]);
    await rest();
    const chooser = stores.chooser.getState();
    expect(chooser.wanted).toMatchObject({ purpose: 'media', name: 'lamp.m4a' });
    expect(chooser.wanted?.why).toContain('1.9 GB');
    expect(listedEntries(chooser).map(({ name }) => name)).toEqual(['Music', 'lamp.m4a']);
    chooser.finish('/home/pat/lamp.m4a');
    await done;
    expect(callsOf(transport, 'episodes.import')).toEqual([{ paths: ['/home/pat/lamp.m4a'] }]);
    expect(callsOf(transport, 'upload')).toEqual([]);
  });

  test('that is refused stays told until it is put aside, and a second try is one click away', async () => {
    const transport = fakeTransport(({ name }) => `/disk/${name}`);
    transport.answer('episodes.import', () => new Refused('That file is empty.', '/disk/lamp.m4a'));
    const { client, stores, addresses } = givenWindow(transport);
    await start(client, stores);
    await stores.arrivals.getState().receive([{ name: 'lamp.m4a', size: 0 }]);
    const [trouble] = stores.troubles.getState().troubles;
    expect(trouble).toMatchObject({ subject: 'lamp.m4a', error: { title: 'That file is empty.' } });
    expect(addresses.read()).toBe('/');
    imported(transport);
    trouble?.acts.find(({ label }) => label === 'Retry')?.run();
    await rest();
    expect(addresses.read()).toBe('/work/7');
  });

  test('a transcript alone goes to the episode in hand, and is explained where there is none', async () => {
    const transport = fakeTransport(({ name }) => `/disk/${name}`);
    imported(transport);
    const { client, stores } = givenWindow(transport);
    await start(client, stores);
    await stores.arrivals.getState().receive([{ name: 'lamp.vtt', size: 1 }]);
    expect(stores.troubles.getState().troubles[0]?.error.title).toBe(
      'That is a transcript without its recording.',
    );
    await stores.arrivals.getState().receive([{ name: 'lamp.vtt', size: 1 }], '/disk/lamp.m4a');
    expect(callsOf(transport, 'episodes.import')).toEqual([
      { paths: ['/disk/lamp.m4a'], transcriptPath: '/disk/lamp.vtt' },
    ]);
  });
});

describe('the window', () => {
  test('goes on where it was left, and remembers where it goes', async () => {
    const transport = fakeTransport();
    transport.answer('window.recall', () => ({
      theme: 'light',
      place: '/queue',
      dismissedJobIds: [],
      exportFolder: null,
      presets: [],
    }));
    const { client, stores, addresses } = givenWindow(transport);
    await start(client, stores);
    expect(addresses.seen).toEqual(['/queue']);
    stores.place.getState().go({ room: 'library' });
    await rest();
    expect(callsOf(transport, 'window.remember')).toEqual([{ place: '/' }]);
    addresses.back();
    expect(stores.place.getState().place).toEqual({ room: 'queue' });
  });

  test('stays at the address it was opened with', async () => {
    const transport = fakeTransport();
    transport.answer('window.recall', () => ({
      theme: null,
      place: '/queue',
      dismissedJobIds: [],
      exportFolder: null,
      presets: [],
    }));
    const { client, stores, addresses } = givenWindow(transport, '/work/3');
    await start(client, stores);
    expect(addresses.read()).toBe('/work/3');
  });

  test('says that it lost the engine, and fetches everything afresh when it is back', async () => {
    const transport = fakeTransport();
    const { client, stores } = givenWindow(transport);
    await start(client, stores);
    transport.connect(false);
    expect(stores.connection.getState().isConnected).toBe(false);
    const before = callsOf(transport, 'episodes.overview').length;
    transport.connect(true);
    await rest();
    expect(stores.connection.getState().isConnected).toBe(true);
    expect(callsOf(transport, 'episodes.overview').length).toBe(before + 1);
  });

  test('tells a call that nobody answers in words, and loses nothing else over it', async () => {
    const transport = fakeTransport();
    transport.answer('queue.pause', () => Promise.reject(new Error('socket hang up')));
    const { client, stores } = givenWindow(transport);
    await start(client, stores);
    const { attempt } = stores.troubles.getState();
    expect(await attempt(stores.queue.getState().pauseAll)).toBe(false);
    expect(stores.troubles.getState().troubles[0]?.error).toMatchObject({
      title: 'Soundbite is not answering.',
      detail: 'socket hang up',
    });
  });
});

describe('an episode', () => {
  test('opens with its best clip in hand, and a verdict is read back from the engine', async () => {
    const transport = fakeTransport();
    const clips = [givenClip({ id: 'clip-1', score: 60 }), givenClip({ id: 'clip-2', score: 40, rank: 2 })];
    let state = 'candidate';
    transport.answer('episodes.open', () => ({
      episode: { id: 'ep-1', durationS: 100, transcriptSource: 'given' },
      clips: clips.map((clip) => ({ ...clip, state: clip.id === 'clip-2' ? state : 'candidate' })),
    }));
    transport.answer('episodes.words', () => ({ segments: [] }));
    transport.answer('episodes.waveform', () => ({ columns: null }));
    transport.answer('clips.decide', () => {
      state = 'kept';
      return clips[1];
    });
    const { stores } = givenWindow(transport);
    const { open, move } = stores.episode.getState();
    await open('ep-1');
    expect(stores.episode.getState().selectedId).toBe('clip-1');
    move(1);
    move(1);
    expect(stores.episode.getState().selectedId).toBe('clip-2');
    const second = selectedClip(stores.episode.getState());
    if (second !== undefined) await stores.desk.getState().decide(second, 'keep');
    expect(stores.episode.getState().detail?.clips.map((clip) => clip.state)).toEqual(['candidate', 'kept']);
    expect(callsOf(transport, 'episodes.words')[1]).toMatchObject({ range: { fromS: 0, toS: 54 } });
  });
});

describe('an export', () => {
  test('leaves out the shapes that would refuse one of the clips, and says how long they take', () => {
    const long = givenClip({ durationS: 150 });
    expect(refusalOf('x', [long])).toBe('takes at most 140 s');
    expect(refusalOf('audio', [long])).toBeUndefined();
    expect(allowedPresets({ scope: 'clip', clip: long, kept: [], presets: ['x', 'wide'] })).toEqual(['wide']);
  });
  test('asks for every kept clip in every shape, and remembers folder and shapes', async () => {
    const transport = fakeTransport();
    transport.answer('exports.create', () => ({ jobs: [] }));
    const { client, stores } = givenWindow(transport);
    await start(client, stores);
    const kept = [givenClip({ id: 'clip-1', state: 'kept' }), givenClip({ id: 'clip-2', state: 'kept' })];
    stores.exporting.getState().open(kept[0], kept);
    stores.exporting.getState().toggle('square');
    expect(await stores.exporting.getState().send()).toBe(true);
    const folder = '/home/pat/Soundbite clips';
    expect(callsOf(transport, 'exports.create')).toEqual([
      { clipIds: ['clip-1', 'clip-2'], presets: ['reels', 'square'], folder },
    ]);
    expect(callsOf(transport, 'window.remember')).toEqual([
      { presets: ['reels', 'square'], exportFolder: folder },
    ]);
  });
  test('that is refused keeps the dialog open with the reason', async () => {
    const transport = fakeTransport();
    transport.answer('exports.create', () => new Refused('The export folder cannot be written to.'));
    const { client, stores } = givenWindow(transport);
    await start(client, stores);
    stores.exporting.getState().open(givenClip({}), []);
    expect(await stores.exporting.getState().send()).toBe(false);
    expect(stores.exporting.getState()).toMatchObject({
      isOpen: true,
      trouble: { title: 'The export folder cannot be written to.' },
    });
  });
});

test('announcements rest five seconds, and then the latest is said', () => {
  let nowMs = 0;
  const alarms: { act: () => void; ms: number }[] = [];
  const store = createAnnouncementStore(
    () => nowMs,
    (act, ms) => alarms.push({ act, ms }),
  );
  const { say } = store.getState();
  say('one');
  nowMs = 1000;
  say('two');
  say('three');
  expect([store.getState().text, alarms.map(({ ms }) => ms)]).toEqual(['one', [4000]]);
  nowMs = 5000;
  alarms[0]?.act();
  expect(store.getState().text).toBe('three');
});
