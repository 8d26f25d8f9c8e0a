import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Job } from '../../../main/domain/job.ts';
import { openLibrary } from '../../../main/engine/db/open.ts';
import { Queue } from '../../../main/engine/jobs/queue.ts';
import { gate, openQueueBench } from '../../support/queue.ts';

test('a process that only watches is told what another one does to the jobs, from waiting to done', async () => {
  await using bench = await openQueueBench();
  const mayFinish = gate();
  const worker = await bench.open({
    work: async () => {
      await mayFinish.opened;
      return { result: { made: 1 } };
    },
  });
  const library = await openLibrary(bench.folder.file('soundbite.db'));
  const told: [Job['state'], string][] = [];
  const completed = gate();
  const running = gate();
  const watcher = new Queue({
    library,
    runDir: join(bench.folder.path, 'run'),
    kinds: {},
    maxJobs: 0,
    pollIntervalMs: 20,
    listener: {
      jobChanged: (read, where) => {
        const job = read();
        told.push([job.state, where]);
        if (job.state === 'processing') running.open();
        if (job.state === 'completed') completed.open();
      },
      queueChanged: () => undefined,
      noticed: () => undefined,
      bug: (error) => {
        throw error;
      },
    },
  });
  await watcher.start();
  const { id } = await worker.enqueue({
    kind: 'work',
    lane: 'intake',
    priority: 'normal',
    payload: {},
    label: 'x',
  });
  await running.opened;
  mayFinish.open();
  await completed.opened;
  await watcher.close();
  library.close();
  expect(told.at(-1)).toEqual(['completed', 'elsewhere']);
  expect(told.every(([, where]) => where === 'elsewhere')).toBe(true);
  expect(told.filter(([state]) => state === 'completed')).toHaveLength(1);
  expect(worker.get(id).state).toBe('completed');
});
