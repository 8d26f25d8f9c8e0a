import { expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import type { Lane, PriorityName } from '../../../main/domain/job.ts';
import type { NewJob } from '../../../main/engine/jobs/row.ts';
import { runStages, type AnyStage } from '../../../main/engine/jobs/stages.ts';
import { gate, openQueueBench, type Run } from '../../support/queue.ts';

const job = (label: string, more: Partial<NewJob> = {}): NewJob => ({
  kind: 'work',
  lane: 'intake',
  priority: 'normal',
  payload: {},
  label,
  ...more,
});

/** Runs until it is stopped, and says when it has begun. */
function endless(began: () => void): Run {
  return (lease) =>
    new Promise((_resolve, reject) => {
      lease.signal.addEventListener('abort', () => {
        reject(lease.signal.reason as Error);
      });
      began();
    });
}

test('a job is claimed, done and leaves its result', async () => {
  await using bench = await openQueueBench();
  const queue = await bench.open({ work: () => Promise.resolve({ result: { made: 3 } }) });
  const { id } = await queue.enqueue(job('one'));
  const [done] = await queue.settled([id]);
  expect(done).toMatchObject({
    state: 'completed',
    result: { made: 3 },
    progress: 1,
    attempt: 1,
    failure: null,
  });
});

test('what a job commits counts only together with "completed"', async () => {
  await using bench = await openQueueBench();
  bench.library.db.exec('CREATE TABLE effects (name TEXT) STRICT');
  const effect = bench.library.db.prepare("INSERT INTO effects VALUES ('once')");
  const queue = await bench.open({
    work: (lease) => {
      // Somebody else takes the lease while the work is done: nothing of it may count.
      if (lease.job.label === 'stolen') {
        bench.library.db.prepare("UPDATE jobs SET lease_token = 'thief' WHERE id = ?").run(lease.job.id);
      }
      return Promise.resolve({ result: {}, commit: () => effect.run() });
    },
  });
  const kept = await queue.enqueue(job('kept'));
  await queue.settled([kept.id]);
  const stolen = await queue.enqueue(job('stolen'));
  const last = await queue.enqueue(job('last'));
  await queue.settled([last.id]);
  expect(queue.get(stolen.id).state).toBe('processing');
  expect(bench.library.db.prepare('SELECT count(*) FROM effects').pluck().get()).toBe(2);
});

test('the more urgent job goes first, and equals go in the order they came', async () => {
  await using bench = await openQueueBench();
  const order: string[] = [];
  const started = gate();
  const held = gate();
  const queue = await bench.open(
    {
      gate: async () => {
        started.open();
        await held.opened;
        return { result: {} };
      },
      work: (lease) => {
        order.push(lease.job.label);
        return Promise.resolve({ result: {} });
      },
    },
    1,
  );
  await queue.enqueue(job('gate', { kind: 'gate' }));
  await started.opened;
  const asked: [string, PriorityName][] = [
    ['low', 'low'],
    ['normal 1', 'normal'],
    ['normal 2', 'normal'],
    ['urgent', 'urgent'],
  ];
  const ids: number[] = [];
  for (const [label, priority] of asked) ids.push((await queue.enqueue(job(label, { priority }))).id);
  held.open();
  await queue.settled(ids);
  expect(order).toEqual(['urgent', 'normal 1', 'normal 2', 'low']);
});

test('one place always stays free for production', async () => {
  await using bench = await openQueueBench();
  const began: string[] = [];
  const produced = gate();
  const queue = await bench.open({
    work: (lease) => endless(() => began.push(lease.job.label))(lease),
    export: () => {
      produced.open();
      return Promise.resolve({ result: {} });
    },
  });
  for (const label of ['a', 'b', 'c']) await queue.enqueue(job(label));
  const exported = await queue.enqueue(job('export', { kind: 'export', lane: 'production' }));
  await queue.settled([exported.id]);
  await produced.opened;
  expect(began).toEqual(['a', 'b']);
});

test('asking twice for the same work gives one job, and the more urgent ask wins', async () => {
  await using bench = await openQueueBench();
  const queue = await bench.open({ work: endless(() => undefined) }, 1);
  await queue.enqueue(job('busy'));
  const first = await queue.enqueue(job('same', { uniqueKey: 'same', priority: 'low' }));
  const second = await queue.enqueue(job('same', { uniqueKey: 'same', priority: 'high' }));
  expect(second).toMatchObject({ id: first.id, priority: 'high' });
});

test('a cancelled job ends as cancelled, running or waiting, and not as a failure', async () => {
  await using bench = await openQueueBench();
  const began = gate();
  const queue = await bench.open({ work: endless(began.open) }, 1);
  const running = await queue.enqueue(job('running'));
  await began.opened;
  const waiting = await queue.enqueue(job('waiting'));
  await queue.cancel(waiting.id);
  await queue.cancel(running.id);
  const states = (await queue.settled([running.id, waiting.id])).map(({ state, failure }) => ({
    state,
    failure,
  }));
  expect(states).toEqual([
    { state: 'cancelled', failure: null },
    { state: 'cancelled', failure: null },
  ]);
});

test('bad input fails at once with its sentence; what can heal is tried again later', async () => {
  await using bench = await openQueueBench();
  const queue = await bench.open({
    bad: () => Promise.reject(new AppError('EMPTY_FILE', 'x.mp3 has 0 bytes')),
    passing: () => Promise.reject(new AppError('FFMPEG_FAILED', 'exit 1')),
  });
  const bad = await queue.enqueue(job('bad', { kind: 'bad' }));
  const passing = await queue.enqueue(job('passing', { kind: 'passing' }));
  const [failed] = await queue.settled([bad.id]);
  expect(failed).toMatchObject({
    state: 'failed',
    attempt: 1,
    failure: { code: 'EMPTY_FILE', title: 'That file is empty.' },
  });
  await expect.poll(() => queue.get(passing.id)).toMatchObject({ state: 'pending', attempt: 1 });
  const runAt = bench.library.db.prepare('SELECT run_at FROM jobs WHERE id = ?').pluck().get(passing.id);
  expect(Number(runAt) - Date.now()).toBeGreaterThan(10_000);
});

interface Made {
  first: number;
  second: number;
}

/** Two stages that count their runs; the second waits at its gate. */
function countedStages(runs: string[], atSecond: () => Promise<void>): readonly AnyStage<object, Made>[] {
  return [
    { name: 'first', weight: 1, run: () => Promise.resolve(runs.push('first')) },
    {
      name: 'second',
      weight: 1,
      run: async () => {
        runs.push('second');
        await atSecond();
        return 2;
      },
    },
  ];
}

test('a paused job stays paused, and when it is resumed it does not repeat the stages it finished', async () => {
  await using bench = await openQueueBench();
  const runs: string[] = [];
  const reached = gate();
  let isFirstRun = true;
  const queue = await bench.open({
    work: async (lease) => {
      const stages = countedStages(runs, async () => {
        if (!isFirstRun) return;
        isFirstRun = false;
        reached.open();
        await endless(() => undefined)(lease);
      });
      return { result: { ...(await runStages(stages, {}, lease)) } };
    },
  });
  const { id } = await queue.enqueue(job('staged'));
  await reached.opened;
  await queue.pause(id);
  await expect.poll(() => queue.get(id).state).toBe('paused');
  await queue.resume(id);
  const [done] = await queue.settled([id]);
  expect(done).toMatchObject({ state: 'completed', attempt: 1, result: { first: 1, second: 2 } });
  expect(runs).toEqual(['first', 'second', 'second']);
});

test.each<'all' | Lane>(['all', 'intake'])(
  'pausing %s parks what runs, claims nothing, and resuming goes on',
  async (scope) => {
    await using bench = await openQueueBench();
    const began: string[] = [];
    let isHolding = true;
    const queue = await bench.open({
      work: (lease) => {
        began.push(lease.job.label);
        return isHolding ? endless(() => undefined)(lease) : Promise.resolve({ result: {} });
      },
    });
    const { id } = await queue.enqueue(job('parked'));
    await expect.poll(() => began).toEqual(['parked']);
    await queue.pauseScope(scope);
    await expect.poll(() => queue.get(id).state).toBe('pending');
    const waiting = await queue.enqueue(job('later'));
    isHolding = false;
    expect(queue.get(waiting.id).state).toBe('pending');
    await queue.resumeScope(scope);
    const done = await queue.settled([id, waiting.id]);
    expect(done.map(({ state, attempt }) => ({ state, attempt }))).toEqual([
      { state: 'completed', attempt: 1 },
      { state: 'completed', attempt: 1 },
    ]);
  },
);

test('quitting parks the work and costs it no attempt; the next start goes on by itself', async () => {
  await using bench = await openQueueBench();
  const began = gate();
  const first = await bench.open({ work: endless(began.open) });
  const { id } = await first.enqueue(job('long'));
  await began.opened;
  await first.close();
  expect(first.get(id)).toMatchObject({ state: 'pending', attempt: 0 });
  const second = await bench.open({ work: () => Promise.resolve({ result: {} }) });
  const [done] = await second.settled([id]);
  expect(done).toMatchObject({ state: 'completed', attempt: 1 });
  expect(bench.notices).toEqual([]);
});

test.each([
  [
    'cancelling what is done',
    (q: Awaited<ReturnType<Awaited<ReturnType<typeof openQueueBench>>['open']>>, id: number) => q.cancel(id),
    'WRONG_STATE',
  ],
  [
    'pausing what is done',
    (q: Awaited<ReturnType<Awaited<ReturnType<typeof openQueueBench>>['open']>>, id: number) => q.pause(id),
    'WRONG_STATE',
  ],
  [
    'resuming what is not paused',
    (q: Awaited<ReturnType<Awaited<ReturnType<typeof openQueueBench>>['open']>>, id: number) => q.resume(id),
    'WRONG_STATE',
  ],
  [
    'cancelling what does not exist',
    (q: Awaited<ReturnType<Awaited<ReturnType<typeof openQueueBench>>['open']>>, id: number) =>
      q.cancel(id + 1),
    'NOT_FOUND',
  ],
])('%s is refused and changes nothing', async (_title, act, code) => {
  await using bench = await openQueueBench();
  const queue = await bench.open({ work: () => Promise.resolve({ result: {} }) });
  const { id } = await queue.enqueue(job('done'));
  const [before] = await queue.settled([id]);
  await expect(act(queue, id)).rejects.toMatchObject({ code });
  expect(queue.get(id)).toEqual(before);
});

test.each([
  ['whose time has come', () => Date.now() - 1],
  ['that waits longer than any back-off, because the clock was set back', () => Date.now() + 24 * 3_600_000],
])('a delayed job %s is done', async (_title, runAt) => {
  await using bench = await openQueueBench();
  const queue = await bench.open({ work: () => Promise.resolve({ result: {} }) });
  await queue.pauseScope('all');
  const { id } = await queue.enqueue(job('delayed'));
  bench.library.db.prepare('UPDATE jobs SET run_at = ? WHERE id = ?').run(runAt(), id);
  await queue.resumeScope('all');
  const [done] = await queue.settled([id]);
  expect(done?.state).toBe('completed');
});

test('a failed job can be run again, and starts with all its attempts', async () => {
  await using bench = await openQueueBench();
  let isBroken = true;
  const queue = await bench.open({
    work: () =>
      isBroken ? Promise.reject(new AppError('EMPTY_FILE', 'empty')) : Promise.resolve({ result: {} }),
  });
  const { id } = await queue.enqueue(job('again'));
  await queue.settled([id]);
  isBroken = false;
  await queue.retry(id);
  const [done] = await queue.settled([id]);
  expect(done).toMatchObject({ state: 'completed', attempt: 1, failure: null });
});
