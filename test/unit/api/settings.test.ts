import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCaller, type Caller } from '../../../main/api/dispatch.ts';
import { createHandlers } from '../../../main/api/handlers.ts';
import type { Host } from '../../../main/api/host.ts';
import { createEngine, type Engine } from '../../../main/engine/createEngine.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/folder.ts';

const noDialogs: Host = {
  kind: 'cli',
  hasNativeDialogs: false,
  pickMedia: () => Promise.reject(new Error('no dialogs')),
  pickFolder: () => Promise.reject(new Error('no dialogs')),
  reveal: () => Promise.reject(new Error('no folders')),
};

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

async function open(
  env: NodeJS.ProcessEnv = {},
): Promise<{ engine: Engine; call: Caller } & AsyncDisposable> {
  const engine = await createEngine({
    env: { ...process.env, ...env, SOUNDBITE_HOME: folder.file('library') },
    resourcesDir: 'resources',
    works: false,
    onNotice: () => undefined,
    onBug: (error) => {
      throw error;
    },
  });
  const call = createCaller(
    createHandlers(() => Promise.resolve(engine), noDialogs),
    () => undefined,
  );
  return { engine, call, [Symbol.asyncDispose]: () => engine.close() };
}

const entry = async (call: Caller, name: string) =>
  (await call('settings.list', {})).find((each) => each.name === name);

test('a setting holds at once and over a restart, and goes back to its default when it is taken back', async () => {
  {
    await using window = await open();
    await window.call('settings.change', { name: 'maxConcurrentJobs', value: 7 });
    expect(window.engine.settings.maxConcurrentJobs).toBe(7);
    await window.call('settings.change', { name: 'keepAwake', value: false });
  }
  await using again = await open();
  expect(again.engine.settings).toMatchObject({ maxConcurrentJobs: 7, keepAwake: false });
  expect(await entry(again.call, 'maxConcurrentJobs')).toEqual({
    ...{ name: 'maxConcurrentJobs', value: 7, fallback: 3, origin: 'stored' },
    ...{ variable: 'SOUNDBITE_MAX_CONCURRENT_JOBS', refused: null },
  });
  await again.call('settings.change', { name: 'maxConcurrentJobs', value: null });
  expect(await entry(again.call, 'maxConcurrentJobs')).toMatchObject({ value: 3, origin: 'default' });
});

test('a value that makes no sense is refused with a sentence, and nothing changes', async () => {
  await using window = await open();
  for (const [name, value] of [
    ['maxConcurrentJobs', 0],
    ['maxConcurrentJobs', 'many'],
    ['productionLevel', 'everything'],
    ['speechLanguage', 'English!'],
    ['batteryLeastPercent', 101],
  ] as const)
    await expect(window.call('settings.change', { name, value })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  const entries = await window.call('settings.list', {});
  expect(entries.filter(({ origin }) => origin !== 'default')).toEqual([]);
});

test('what the environment says goes over what a person chose, and cannot be changed from here', async () => {
  {
    await using before = await open();
    await before.call('settings.change', { name: 'productionLevel', value: 'show' });
  }
  await using window = await open({
    SOUNDBITE_PRODUCTION_LEVEL: 'episode',
    SOUNDBITE_MAX_QUEUE_SIZE: 'plenty',
  });
  expect(await entry(window.call, 'productionLevel')).toMatchObject({
    value: 'episode',
    origin: 'environment',
  });
  await expect(
    window.call('settings.change', { name: 'productionLevel', value: 'all' }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' });
  expect(await entry(window.call, 'maxQueueSize')).toMatchObject({
    value: 100,
    origin: 'default',
    refused: 'plenty',
  });
});

test('how many jobs of automatic sources may wait is what the setting says from now on', async () => {
  await using window = await open();
  const { queue } = window.engine;
  const add = (label: string) =>
    queue.enqueue({
      ...{ kind: 'review', lane: 'review', priority: 'low', origin: 'automatic' },
      ...{ payload: {}, label, uniqueKey: label },
    });
  await window.call('settings.change', { name: 'maxQueueSize', value: 1 });
  await add('one');
  await expect(add('two')).rejects.toMatchObject({ code: 'QUEUE_FULL' });
  await window.call('settings.change', { name: 'maxQueueSize', value: 2 });
  await add('two');
  expect(queue.overview.listWaiting(10)).toHaveLength(2);
});
