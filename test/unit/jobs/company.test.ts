import { expect, test } from 'vitest';
import { openLibrary } from '../../../main/engine/db/open.ts';
import { openQueueBench, type Run } from '../../support/queue.ts';

test('two workers on one library both get work, and none of it is done twice', async () => {
  await using bench = await openQueueBench();
  const library = await openLibrary(bench.folder.file('soundbite.db'));
  const did: Record<'first' | 'second', number[]> = { first: [], second: [] };
  const runAs =
    (who: 'first' | 'second'): Run =>
    async (lease) => {
      await new Promise(setImmediate);
      did[who].push(lease.job.id);
      return { result: {} };
    };
  const first = await bench.open({ work: runAs('first') });
  const second = await bench.open({ work: runAs('second') }, { library });
  const ids = await first.enqueueMany(
    Array.from({ length: 2000 }, (_, index) => ({
      kind: 'work',
      lane: 'intake' as const,
      priority: 'normal' as const,
      payload: {},
      label: String(index),
    })),
  );
  await first.settled(ids);
  expect([...did.first, ...did.second].sort((a, b) => a - b)).toEqual(ids);
  expect(Math.min(did.first.length, did.second.length)).toBeGreaterThan(200);
  await second.close();
  library.close();
}, 60_000);

test('what another process puts in line is begun long before the next poll', async () => {
  await using bench = await openQueueBench();
  const library = await openLibrary(bench.folder.file('soundbite.db'));
  const asker = await bench.open({}, { library, maxJobs: 0, pollIntervalMs: 60_000 });
  const worker = await bench.open(
    { work: () => Promise.resolve({ result: {} }) },
    { pollIntervalMs: 60_000 },
  );
  const { id } = await asker.enqueue({
    kind: 'work',
    lane: 'intake',
    priority: 'normal',
    payload: {},
    label: 'x',
  });
  const [done] = await worker.settled([id]);
  expect(done?.state).toBe('completed');
  await asker.close();
  library.close();
}, 20_000);
