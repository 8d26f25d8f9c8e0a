import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fail, openSample } from '../support/sampleLibrary.ts';

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
