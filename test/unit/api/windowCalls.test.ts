import { expect, test } from 'vitest';
import { createCaller } from '../../../main/api/dispatch.ts';
import { createHandlers } from '../../../main/api/handlers.ts';
import type { Host } from '../../../main/api/host.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { createEngine } from '../../../main/engine/createEngine.ts';
import { findResources } from '../../../main/hosts/resources.ts';
import { temporaryFolder } from '../../support/folder.ts';

const refuse = (): Promise<never> => Promise.reject(new AppError('HOST_CANNOT', 'test'));
const host: Host = {
  kind: 'cli',
  hasNativeDialogs: false,
  pickMedia: refuse,
  pickFolder: refuse,
  reveal: refuse,
};

/** The calls of a window on a library of its own; opened again it is the same library. */
async function openCalls(home: string) {
  const bugs: unknown[] = [];
  const engine = await createEngine({
    env: { ...process.env, SOUNDBITE_HOME: home },
    resourcesDir: findResources(),
    works: false,
    onNotice: () => undefined,
    onBug: (error) => bugs.push(error),
  });
  const call = createCaller(
    createHandlers(() => Promise.resolve(engine), host),
    (_message, error) => bugs.push(error),
  );
  return { call, engine, [Symbol.asyncDispose]: () => engine.close() };
}

test('a window finds again what it remembered, and one change leaves the rest as it was', async () => {
  using folder = temporaryFolder();
  {
    await using first = await openCalls(folder.path);
    expect(await first.call('window.recall', {})).toMatchObject({
      theme: null,
      place: '/',
      dismissedJobIds: [],
    });
    await first.call('window.remember', { theme: 'light', dismissedJobIds: [4] });
    await first.call('window.remember', { place: '/queue' });
  }
  await using again = await openCalls(folder.path);
  expect(await again.call('window.recall', {})).toMatchObject({
    theme: 'light',
    place: '/queue',
    dismissedJobIds: [4],
  });
});

test('what another version remembered in a form of its own counts as nothing remembered', async () => {
  using folder = temporaryFolder();
  await using window = await openCalls(folder.path);
  await window.engine.library.write(() => {
    window.engine.storedSettings.save('window', { theme: 'sepia', place: 7 });
  });
  expect(await window.call('window.recall', {})).toMatchObject({ theme: null, place: '/' });
});

test('words and waveform of an episode that is not there are refused by name', async () => {
  using folder = temporaryFolder();
  await using window = await openCalls(folder.path);
  const range = { fromS: 0, toS: 10 };
  await expect(window.call('episodes.words', { episodeId: 'ep-none', range })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(
    window.call('episodes.waveform', { episodeId: 'ep-none', columns: 10, range }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
