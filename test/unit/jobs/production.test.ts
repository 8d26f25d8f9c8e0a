import { expect, test } from 'vitest';
import type { Job } from '../../../main/domain/job.ts';
import type { Queue } from '../../../main/engine/jobs/queue.ts';
import type { NewJob } from '../../../main/engine/jobs/row.ts';
import { gate, openQueueBench, type Gate, type Run } from '../../support/queue.ts';

const review = (label: string, more: Partial<NewJob> = {}): NewJob => ({
  kind: 'review',
  lane: 'review',
  priority: 'normal',
  payload: {},
  label,
  episodeId: 'ep-1',
  showId: 'show-1',
  ...more,
});
const production = (label: string, more: Partial<NewJob> = {}): NewJob => ({
  ...review(label, more),
  kind: 'export',
  lane: 'production',
});

/** An export that runs until its gate opens, and tells when it has begun. */
function heldExport(): { run: Run; began: Gate; mayEnd: Gate } {
  const began = gate();
  const mayEnd = gate();
  return {
    began,
    mayEnd,
    run: async () => {
      began.open();
      await mayEnd.opened;
      return { result: {} };
    },
  };
}

/** A review of many small steps, each a checkpoint; it counts them, so that a test sees what was repeated. */
const stepwise =
  (steps: string[], began: () => void): Run =>
  async (lease) => {
    began();
    for (let step = steps.length; step < 1000; step += 1) {
      lease.checkpoint();
      steps.push(`${lease.job.label} ${step}`);
      await new Promise(setImmediate);
    }
    return { result: {} };
  };

const done = (): Promise<{ result: Record<string, unknown> }> => Promise.resolve({ result: {} });

async function runningExport(queue: Queue, held: { began: Gate }, more: Partial<NewJob> = {}): Promise<Job> {
  const job = await queue.enqueue(production('Clip (tiktok)', more));
  await held.began.opened;
  return job;
}

test('a running review parks at its next checkpoint when an export begins, and comes back by itself', async () => {
  await using bench = await openQueueBench();
  const held = heldExport();
  const steps: string[] = [];
  const began = gate();
  const queue = await bench.open({ review: stepwise(steps, began.open), export: held.run }, { rampMs: 0 });
  const long = await queue.enqueue(review('long'));
  await began.opened;
  await runningExport(queue, held);
  await expect.poll(() => queue.get(long.id)).toMatchObject({ state: 'pending', attempt: 0 });
  const stepsAtPause = steps.length;
  const later = await queue.enqueue(review('later'));
  expect(queue.production()).toMatchObject({
    productionActive: true,
    productionInfo: [{ label: 'Clip (tiktok)', level: 'all', episodeId: 'ep-1' }],
    reviewPaused: true,
    reason: 'Review stands aside while Clip (tiktok) is made.',
    deferred: 2,
    override: null,
  });
  const { sinceMs, expiresMs } = queue.production();
  expect((expiresMs ?? 0) - (sinceMs ?? 0)).toBeGreaterThanOrEqual(2 * 3_600_000);
  expect(steps.length).toBe(stepsAtPause);

  held.mayEnd.open();
  const jobs = await queue.settled([long.id, later.id]);
  expect(jobs.map(({ state, attempt }) => ({ state, attempt }))).toEqual([
    { state: 'completed', attempt: 1 },
    { state: 'completed', attempt: 1 },
  ]);
  expect(queue.production()).toMatchObject({
    productionActive: false,
    reviewPaused: false,
    reason: null,
    totals: { pauses: 1, parked: 1, deferred: 2 },
  });
});

test('an urgent review passes while an export runs', async () => {
  await using bench = await openQueueBench();
  const held = heldExport();
  const queue = await bench.open({ review: done, export: held.run });
  await runningExport(queue, held);
  const patient = await queue.enqueue(review('patient'));
  const urgent = await queue.enqueue(review('urgent', { priority: 'urgent' }));
  const [passed] = await queue.settled([urgent.id]);
  expect(passed?.state).toBe('completed');
  expect(queue.get(patient.id).state).toBe('pending');
  held.mayEnd.open();
});

test.each([
  ['show', { showId: 'show-2', episodeId: 'ep-9' }, { showId: 'show-1', episodeId: 'ep-2' }],
  ['episode', { showId: 'show-1', episodeId: 'ep-2' }, { showId: 'show-1', episodeId: 'ep-1' }],
] as const)('at the level of one %s only its own review stands aside', async (level, free, held) => {
  await using bench = await openQueueBench();
  const exporting = heldExport();
  const queue = await bench.open(
    { review: done, export: exporting.run },
    { production: { ttlMs: 60_000, level } },
  );
  await runningExport(queue, exporting);
  const covered = await queue.enqueue(review('covered', held));
  const other = await queue.enqueue(review('other', free));
  await queue.settled([other.id]);
  expect(queue.get(covered.id).state).toBe('pending');
  exporting.mayEnd.open();
});

test.each<[string, (queue: Queue, id: number) => Promise<unknown>, Job['state']]>([
  ['ends well', () => Promise.resolve(), 'completed'],
  ['is cancelled', (queue, id) => queue.cancel(id), 'cancelled'],
  ['is paused', (queue, id) => queue.pause(id), 'paused'],
])('the hold of an export that %s goes with it', async (_title, act, state) => {
  await using bench = await openQueueBench();
  const began = gate();
  const mayEnd = gate();
  const queue = await bench.open({
    review: done,
    export: async (lease) => {
      began.open();
      await new Promise<void>((resolve) => {
        lease.signal.addEventListener('abort', () => {
          resolve();
        });
        void mayEnd.opened.then(resolve);
      });
      lease.signal.throwIfAborted();
      return { result: {} };
    },
  });
  const { id } = await queue.enqueue(production('Clip'));
  await began.opened;
  await act(queue, id);
  if (state === 'completed') mayEnd.open();
  await expect.poll(() => queue.get(id).state).toBe(state);
  expect(queue.production()).toMatchObject({ productionActive: false, reviewPaused: false });
});

test('an export that fails releases its own hold and no other', async () => {
  await using bench = await openQueueBench();
  const held = heldExport();
  const queue = await bench.open(
    {
      review: done,
      export: held.run,
      broken: () => Promise.reject(new Error('broken')),
    },
    {
      listener: {
        jobChanged: () => undefined,
        queueChanged: () => undefined,
        noticed: () => undefined,
        bug: () => undefined,
      },
    },
  );
  await runningExport(queue, held);
  const broken = await queue.enqueue({ ...production('Broken'), kind: 'broken' });
  await queue.settled([broken.id]);
  expect(queue.production().productionInfo.map(({ label }) => label)).toEqual(['Clip (tiktok)']);
  held.mayEnd.open();
});

test('after production review comes back one job at a time', async () => {
  await using bench = await openQueueBench();
  const held = heldExport();
  let nowMs = Date.now();
  const began: string[] = [];
  const queue = await bench.open(
    {
      export: held.run,
      review: (lease) => {
        began.push(lease.job.label);
        return done();
      },
    },
    { rampMs: 60_000, clock: { nowMs: () => nowMs, monotonicMs: () => performance.now() } },
  );
  const exporting = await runningExport(queue, held);
  const jobs = [];
  for (const label of ['a', 'b', 'c', 'd']) jobs.push(await queue.enqueue(review(label)));
  held.mayEnd.open();
  await queue.settled([exporting.id]);
  await expect.poll(() => began).toEqual(['a']);
  // Nothing more comes until the ramp says so; two turns of the poll prove it.
  const turned = await queue.enqueue({ ...review('turn'), kind: 'review', lane: 'upkeep' });
  await queue.settled([turned.id]);
  expect(began.filter((label) => label !== 'turn')).toEqual(['a']);
  nowMs += 10_001;
  await expect.poll(() => began.filter((label) => label !== 'turn')).toEqual(['a', 'b']);
  nowMs += 60_000;
  await queue.settled(jobs.map(({ id }) => id));
  expect(began.filter((label) => label !== 'turn')).toEqual(['a', 'b', 'c', 'd']);
});

test('what a person says about review goes over the lock, both ways, and over a restart', async () => {
  await using bench = await openQueueBench();
  const held = heldExport();
  const first = await bench.open({ review: done, export: held.run });
  await runningExport(first, held);
  const waiting = await first.enqueue(review('waiting'));
  expect(first.get(waiting.id).state).toBe('pending');

  expect(await first.resumeReview()).toMatchObject({ reviewPaused: false, override: 'running' });
  await first.settled([waiting.id]);
  expect(first.production().productionActive).toBe(true);
  held.mayEnd.open();

  expect(await first.sayReview('paused')).toMatchObject({
    reviewPaused: true,
    override: 'paused',
    reason: 'You paused background review.',
    expiresMs: null,
  });
  await first.close();

  const second = await bench.open({ review: done, export: done });
  const after = await second.enqueue(review('after', { priority: 'urgent' }));
  const turn = await second.enqueue(production('turn'));
  await second.settled([turn.id]);
  expect(second.get(after.id).state).toBe('pending');
  expect(second.production().override).toBe('paused');
  await second.resumeReview();
  await second.settled([after.id]);
  expect(second.production().override).toBeNull();
  await expect(second.resumeReview()).rejects.toMatchObject({ code: 'WRONG_STATE' });
});

test('a hold that nobody renews ends with its time to live', async () => {
  await using bench = await openQueueBench();
  let nowMs = Date.now();
  const clock = { nowMs: () => nowMs, monotonicMs: () => performance.now() };
  const queue = await bench.open({ review: done }, { clock, rampMs: 0 });
  const stuck = await queue.enqueue(production('Stuck'));
  bench.library.db
    .prepare(
      `UPDATE jobs SET state = 'processing', lease_token = 'someone', worker_id = 'someone else', attempt = 1 WHERE id = ?`,
    )
    .run(stuck.id);
  bench.library.db
    .prepare(
      `INSERT INTO production_holds (token, job_id, level, started_at, expires_at) VALUES ('someone', ?, 'all', ?, ?)`,
    )
    .run(stuck.id, nowMs, nowMs + 7_200_000);
  const waiting = await queue.enqueue(review('waiting'));
  expect(queue.production()).toMatchObject({ reviewPaused: true });
  nowMs += 7_200_001;
  await queue.settled([waiting.id]);
  expect(queue.production()).toMatchObject({ productionActive: false, reviewPaused: false });
});

test('with a single place the running job makes room for an export, and goes on afterwards', async () => {
  await using bench = await openQueueBench();
  const steps: string[] = [];
  const began = gate();
  const order: string[] = [];
  const queue = await bench.open(
    {
      review: stepwise(steps, began.open),
      export: (lease) => {
        order.push(lease.job.label);
        return done();
      },
    },
    1,
  );
  const long = await queue.enqueue({ ...review('long'), lane: 'intake' });
  await began.opened;
  const wanted = await queue.enqueue(production('Wanted'));
  await queue.settled([wanted.id]);
  expect(queue.get(long.id)).toMatchObject({ state: expect.stringMatching(/pending|processing/) as string });
  const [finished] = await queue.settled([long.id]);
  expect(finished).toMatchObject({ state: 'completed', attempt: 1 });
  expect(order).toEqual(['Wanted']);
  expect(steps.length).toBe(1000);
});
