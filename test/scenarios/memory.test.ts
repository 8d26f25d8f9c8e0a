import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createCaller } from '../../main/api/dispatch.ts';
import { createHandlers } from '../../main/api/handlers.ts';
import { createEngine } from '../../main/engine/createEngine.ts';
import { join } from 'node:path';
import { root } from '../support/cli.ts';
import { temporaryFolder } from '../support/folder.ts';

const refuse = () => Promise.reject(new Error('nobody is asked here'));
const fail = (message: string, cause?: unknown): never => {
  throw new Error(message, { cause });
};

/** An engine that works, in a library with the sample episode. */
async function openSample() {
  const folder = temporaryFolder();
  const engine = await createEngine({
    env: { ...process.env, SOUNDBITE_HOME: folder.file('home') },
    resourcesDir: join(root, 'resources'),
    works: true,
    onNotice: () => undefined,
    onBug: (error) => fail('a bug', error),
  });
  const host = {
    kind: 'cli',
    hasNativeDialogs: false,
    pickMedia: refuse,
    pickFolder: refuse,
    reveal: refuse,
  } as const;
  const call = createCaller(
    createHandlers(() => Promise.resolve(engine), host),
    fail,
  );
  const { jobs } = await call('episodes.importSample', {});
  const [intake] = await call('jobs.settled', { jobIds: jobs.map(({ id }) => id) });
  const episodeId = String(intake?.result?.['episodeId']);
  return {
    call,
    episodeId,
    out: folder.file('clips'),
    async [Symbol.asyncDispose]() {
      await engine.close();
      folder[Symbol.dispose]();
    },
  };
}

test('what is marked after an export was asked for is not rendered; what is exported is remembered and learned from', async () => {
  await using sample = await openSample();
  const { call, episodeId, out } = sample;
  const [clip] = await call('clips.list', { episodeId });
  const { id: clipId, inS } = clip ?? fail('the sample has no clips');
  await call('feedback.give', { clipId, decision: 'keep' });
  const order = { clipIds: [clipId], presets: ['audio' as const], folder: out };

  await call('queue.pause', { scope: 'production' });
  const { jobs } = await call('exports.create', order);
  const marks = await call('offLimits.add', { episodeId, range: { fromS: inS + 1, toS: inS + 2 } });
  await call('queue.resume', { scope: 'production' });
  const [refused] = await call('jobs.settled', { jobIds: jobs.map(({ id }) => id) });
  expect(refused).toMatchObject({ state: 'failed', failure: { code: 'OFF_THE_RECORD' } });
  expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);

  const mark = marks.find(({ kind }) => kind === 'off-record');
  await call('offLimits.remove', { episodeId, id: mark?.id ?? -1 });
  const again = await call('exports.create', order);
  const [done] = await call('jobs.settled', { jobIds: again.jobs.map(({ id }) => id) });
  expect(done?.state).toBe('completed');
  const { feedback } = await call('feedback.list', { clipId });
  expect(feedback.map(({ kind }) => kind)).toEqual(['keep', 'exported']);
  const { clips } = await call('episodes.open', { episodeId });
  expect(clips.find(({ id }) => id === clipId)?.seenBefore).toMatchObject([{ kind: 'exported', episodeId }]);
  expect((await call('learning.show', { show: 'Still Works' })).signals).toBe(2);
});
