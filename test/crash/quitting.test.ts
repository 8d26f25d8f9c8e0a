import { expect, test } from 'vitest';
import { gate, openQueueBench } from '../support/queue.ts';

test('work that does not stop when the program quits waits again, and what it writes too late hits nothing', async () => {
  await using bench = await openQueueBench();
  const began = gate();
  const mayWrite = gate();
  const wrote = gate();
  const stubborn = await bench.open({
    work: async (lease) => {
      began.open();
      await mayWrite.opened;
      await lease.saveArtifacts({ made: 'too late' }).finally(wrote.open);
      return { result: {} };
    },
  });
  const { id } = await stubborn.enqueue({
    kind: 'work',
    lane: 'intake',
    priority: 'normal',
    payload: {},
    label: 'stubborn',
  });
  await began.opened;
  await stubborn.close();
  expect(stubborn.get(id)).toMatchObject({ state: 'pending', attempt: 0, workerId: null });

  const next = await bench.open({ work: () => Promise.resolve({ result: { by: 'the next one' } }) });
  const [done] = await next.settled([id]);
  mayWrite.open();
  await wrote.opened;
  expect(done).toMatchObject({ state: 'completed', attempt: 1, result: { by: 'the next one' } });
  expect(bench.library.db.prepare('SELECT artifacts FROM jobs').pluck().get()).toBe('{}');
});

test('work in the hands of a worker that nobody knows any more is taken back at the next start', async () => {
  await using bench = await openQueueBench();
  const queue = await bench.open({}, { maxJobs: 0 });
  const { id } = await queue.enqueue({
    kind: 'work',
    lane: 'intake',
    priority: 'normal',
    payload: {},
    label: 'abandoned',
  });
  bench.library.db
    .prepare(`UPDATE jobs SET state = 'processing', attempt = 1, worker_id = 'nobody', lease_token = 'lost'`)
    .run();
  await queue.close();
  const heir = await bench.open({ work: () => Promise.resolve({ result: {} }) });
  const [done] = await heir.settled([id]);
  expect(done).toMatchObject({ state: 'completed', attempt: 1 });
});
