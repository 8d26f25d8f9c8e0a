import { expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { Lane, type Origin, type PriorityName } from '../../../main/domain/job.ts';
import type { NewJob } from '../../../main/engine/jobs/row.ts';
import { gate, openQueueBench, type Run } from '../../support/queue.ts';

const job = (label: string, more: Partial<NewJob> = {}): NewJob => ({
  kind: 'work',
  lane: 'intake',
  priority: 'normal',
  payload: {},
  label,
  ...more,
});
const done: Run = () => Promise.resolve({ result: {} });

/** A queue that is paused, so that a line can form, and the order in which it then works it off. */
async function pausedQueue(bench: Awaited<ReturnType<typeof openQueueBench>>, maxJobs = 1) {
  const order: string[] = [];
  const queue = await bench.open(
    {
      work: (lease) => {
        order.push(lease.job.label);
        return Promise.resolve({ result: {} });
      },
    },
    maxJobs,
  );
  await queue.pauseScope('all');
  return { queue, order };
}

test('automatic sources are told when the queue is full; people and follow-ups are not counted', async () => {
  await using bench = await openQueueBench();
  const queue = await bench.open({ work: done }, { maxAutomatic: 3 });
  await queue.pauseScope('all');
  const add = (origin: Origin, key?: string) =>
    queue.enqueue(job(origin, { origin, ...(key === undefined ? {} : { uniqueKey: key }) }));
  await add('automatic', 'first');
  await add('automatic');
  await add('automatic');
  await expect(add('automatic')).rejects.toMatchObject({ code: 'QUEUE_FULL' });
  await expect(add('automatic', 'first')).resolves.toMatchObject({ id: 1 });
  for (const origin of ['person', 'follow-up'] as const) await add(origin);
  expect(queue.overview.listWaiting(100)).toHaveLength(5);
});

test('a person may put ten thousand jobs in line and not one more; none of them is dropped', async () => {
  await using bench = await openQueueBench();
  const queue = await bench.open({ work: done });
  await queue.pauseScope('all');
  const many = Array.from({ length: 10_000 }, (_, index) => job(`${index}`));
  const ids = await queue.enqueueMany(many);
  expect(new Set(ids).size).toBe(10_000);
  await expect(queue.enqueue(job('one more'))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
  expect(queue.overview.counts()).toEqual([{ lane: 'intake', state: 'pending', count: 10_000 }]);
});

test('an automatic source that waits for a place gets it as soon as one is free', async () => {
  await using bench = await openQueueBench();
  const queue = await bench.open({ work: done }, { maxAutomatic: 2, maxJobs: 1 });
  await queue.pauseScope('all');
  const feeding = (async () => {
    const fed: number[] = [];
    for (const label of ['a', 'b', 'c', 'd', 'e'])
      fed.push(
        (await queue.enqueueWhenFree(job(label, { origin: 'automatic' }), new AbortController().signal)).id,
      );
    return fed;
  })();
  await expect.poll(() => queue.overview.listWaiting(10).length).toBe(2);
  await queue.resumeScope('all');
  const ids = await feeding;
  const finished = await queue.settled(ids);
  expect(finished.map(({ label }) => label)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('fifty simultaneous asks for the same work make one job', async () => {
  await using bench = await openQueueBench();
  const { queue } = await pausedQueue(bench);
  const asked = await Promise.all(
    Array.from({ length: 50 }, () => queue.enqueue(job('same', { uniqueKey: 'same' }))),
  );
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
});

test('the priority of a waiting job can be changed, and of one that has ended not', async () => {
  await using bench = await openQueueBench();
  const { queue, order } = await pausedQueue(bench);
  const ids: Record<string, number> = {};
  for (const label of ['a', 'b', 'c', 'd']) ids[label] = (await queue.enqueue(job(label))).id;
  const change: [string, PriorityName][] = [
    ['d', 'urgent'],
    ['a', 'low'],
    ['c', 'high'],
  ];
  for (const [label, priority] of change) await queue.setPriority(ids[label] ?? 0, priority);
  await queue.resumeScope('all');
  await queue.settled(Object.values(ids));
  expect(order).toEqual(['d', 'c', 'b', 'a']);
  await expect(queue.setPriority(ids['a'] ?? 0, 'high')).rejects.toMatchObject({ code: 'WRONG_STATE' });
});

test('a job can be moved before any other and behind all, as often as one likes', async () => {
  await using bench = await openQueueBench();
  const { queue, order } = await pausedQueue(bench);
  const ids = new Map<string, number>();
  for (const label of ['a', 'b', 'c', 'd', 'e']) ids.set(label, (await queue.enqueue(job(label))).id);
  const idOf = (label: string): number => ids.get(label) ?? 0;
  await queue.move(idOf('e'), idOf('b'));
  await queue.move(idOf('a'), null);
  await queue.move(idOf('c'), idOf('e'));
  // Swapping the same two over and over halves the room between their neighbours until none is left.
  for (let turn = 0; turn < 61; turn += 1)
    await queue.move(idOf(turn % 2 ? 'b' : 'd'), idOf(turn % 2 ? 'd' : 'b'));
  await queue.resumeScope('all');
  await queue.settled([...ids.values()]);
  expect(order).toEqual(['c', 'e', 'd', 'b', 'a']);
});

test('moving a job among more urgent ones makes it as urgent as they are', async () => {
  await using bench = await openQueueBench();
  const { queue, order } = await pausedQueue(bench);
  const urgent = await queue.enqueue(job('urgent', { priority: 'urgent' }));
  const normal = await queue.enqueue(job('normal'));
  const moved = await queue.enqueue(job('moved', { priority: 'low' }));
  expect(await queue.move(moved.id, urgent.id)).toMatchObject({ priority: 'urgent' });
  await queue.resumeScope('all');
  await queue.settled([urgent.id, normal.id, moved.id]);
  expect(order).toEqual(['moved', 'urgent', 'normal']);
});

test('moving into another lane, or before what has ended, is refused and changes nothing', async () => {
  await using bench = await openQueueBench();
  const { queue } = await pausedQueue(bench);
  const a = await queue.enqueue(job('a'));
  const other = await queue.enqueue(job('other', { lane: 'upkeep' }));
  const ended = await queue.enqueue(job('ended'));
  await queue.cancel(ended.id);
  const before = queue.overview.listWaiting(10);
  await expect(queue.move(a.id, other.id)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(queue.move(a.id, ended.id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  await expect(queue.move(ended.id, a.id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  await expect(queue.move(a.id, 999)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(queue.overview.listWaiting(10)).toEqual(before);
});

test('no lane starves: what has waited long goes before fresh work of other lanes, but never before urgent work', async () => {
  await using bench = await openQueueBench();
  const { queue, order } = await pausedQueue(bench);
  const ids: number[] = [];
  for (const lane of ['upkeep', 'review'] as const)
    ids.push((await queue.enqueue(job(lane, { lane, priority: 'low' }))).id);
  // They came in an hour ago; the rest comes now.
  bench.library.db.prepare('UPDATE jobs SET created_at = created_at - 3600000').run();
  for (const label of ['a', 'b']) ids.push((await queue.enqueue(job(label, { priority: 'high' }))).id);
  ids.push((await queue.enqueue(job('urgent', { priority: 'urgent' }))).id);
  await queue.resumeScope('all');
  await queue.settled(ids);
  expect(order).toEqual(['urgent', 'upkeep', 'review', 'a', 'b']);
});

test('an urgent job behind ten thousand others is the next one', async () => {
  await using bench = await openQueueBench();
  const { queue, order } = await pausedQueue(bench);
  await queue.enqueueMany(Array.from({ length: 9_999 }, (_, index) => job(`${index}`)));
  const urgent = await queue.enqueue(job('urgent', { priority: 'urgent' }));
  await queue.resumeScope('all');
  await queue.settled([urgent.id]);
  expect(order[0]).toBe('urgent');
});

test('all failed jobs are run again at once, and those that failed can be cleaned away', async () => {
  await using bench = await openQueueBench();
  let isBroken = true;
  const queue = await bench.open(
    {
      work: () =>
        isBroken ? Promise.reject(new AppError('EMPTY_FILE', 'empty')) : Promise.resolve({ result: {} }),
    },
    { rampMs: 0 },
  );
  const ids: number[] = [];
  for (const lane of Lane.options) ids.push((await queue.enqueue(job(lane, { lane }))).id);
  await queue.settled(ids);
  isBroken = false;
  const revived = await queue.retryFailed('review');
  expect(revived.map(({ label }) => label)).toEqual(['review']);
  await queue.settled(revived.map(({ id }) => id));
  expect(await queue.clean('failed')).toBe(3);
  expect(queue.overview.counts()).toEqual([{ lane: 'review', state: 'completed', count: 1 }]);
});

test.each(['DISK_FULL', 'OFFLINE', 'LIBRARY_BUSY'] as const)(
  '%s costs no attempt: the job waits and tells why, however often it happens',
  async (code) => {
    await using bench = await openQueueBench();
    let nowMs = Date.now();
    const queue = await bench.open(
      { work: () => Promise.reject(new AppError(code, 'not now')) },
      { clock: { nowMs: () => nowMs, monotonicMs: () => performance.now() } },
    );
    const { id } = await queue.enqueue(job('patient'));
    for (let turn = 1; turn <= 5; turn += 1) {
      await expect
        .poll(() => bench.library.db.prepare('SELECT claims, run_at IS NOT NULL AS waits FROM jobs').get())
        .toEqual({ claims: turn, waits: 1 });
      expect(queue.get(id)).toMatchObject({ state: 'pending', attempt: 0, failure: { code } });
      nowMs += 120_000;
    }
  },
);

test('what was under way at the end waits for a person, where the setting says so', async () => {
  await using bench = await openQueueBench();
  const began = gate();
  const first = await bench.open({
    work: (lease) =>
      new Promise((_resolve, reject) => {
        lease.signal.addEventListener('abort', () => {
          reject(lease.signal.reason as Error);
        });
        began.open();
      }),
  });
  const running = await first.enqueue(job('running'));
  const waiting = await first.enqueue(job('waiting', { lane: 'upkeep' }));
  await began.opened;
  await first.close();

  const second = await bench.open({ work: done }, { leftovers: 'ask' });
  const fresh = await second.enqueue(job('fresh'));
  await second.settled([fresh.id]);
  expect(second.get(running.id)).toMatchObject({ state: 'paused', pausedBecause: 'start', attempt: 0 });
  expect(bench.notices.at(-1)).toBe(
    '2 jobs from last time wait for you: resume them in the queue, or leave them.',
  );
  const resumed = await second.resumeLeftovers();
  expect(resumed.map(({ id }) => id).sort()).toEqual([running.id, waiting.id]);
  const finished = await second.settled([running.id, waiting.id]);
  expect(finished.map(({ state }) => state)).toEqual(['completed', 'completed']);
});

test('a job that is cancelled while it makes room for something else is cancelled, not parked', async () => {
  await using bench = await openQueueBench();
  const began = gate();
  const mayEnd = gate();
  const queue = await bench.open({
    work: async (lease) => {
      began.open();
      await mayEnd.opened;
      lease.signal.throwIfAborted();
      return { result: {} };
    },
  });
  const { id } = await queue.enqueue(job('both'));
  await began.opened;
  await queue.pauseScope('intake');
  await queue.cancel(id);
  mayEnd.open();
  const [ended] = await queue.settled([id]);
  expect(ended?.state).toBe('cancelled');
});

test('a cancelled job takes back what it has written and what it has made, waiting or running', async () => {
  await using bench = await openQueueBench();
  const forgotten: string[] = [];
  const cleaned: string[] = [];
  const began = gate();
  const queue = await bench.open(
    {
      work: {
        run: (lease) =>
          new Promise((_resolve, reject) => {
            lease.signal.addEventListener('abort', () => {
              reject(lease.signal.reason as Error);
            });
            began.open();
          }),
        forget: (row) => forgotten.push(row.label),
        cleanUp: (row) => {
          cleaned.push(row.label);
          return Promise.resolve();
        },
      },
    },
    1,
  );
  const running = await queue.enqueue(job('running'));
  const waiting = await queue.enqueue(job('waiting'));
  await began.opened;
  await queue.cancel(waiting.id);
  await queue.cancel(running.id);
  await queue.settled([running.id]);
  expect([forgotten, cleaned]).toEqual([
    ['waiting', 'running'],
    ['waiting', 'running'],
  ]);
});
