import { expect, test } from 'vitest';
import { AppError } from '../../main/domain/errors.ts';
import type { NewJob } from '../../main/engine/jobs/row.ts';
import { gate, openQueueBench } from '../support/queue.ts';
import { until } from './workProcess.ts';

const LEASE_S = 60;
const HOUR_MS = 3_600_000;

const work = (kind: string): NewJob => ({
  kind,
  lane: 'intake',
  priority: 'normal',
  payload: {},
  label: kind,
});

/** Both clocks of a machine, the wall's to be set and the other to be hurried; hurried, it goes on a little at each look. */
class TestClock {
  isHurried = false;
  setForwardMs = 0;
  #aheadMs = 0;

  nowMs = (): number => Date.now() + this.setForwardMs;

  monotonicMs = (): number => {
    if (this.isHurried) this.#aheadMs += 500;
    return performance.now() + this.#aheadMs;
  };

  get hurriedS(): number {
    return this.#aheadMs / 1000;
  }
}

test('a job that waited ten leases long in line is not taken for stuck once it is claimed', async () => {
  await using bench = await openQueueBench();
  const mayEnd = gate();
  const worker = await bench.open({ work: () => mayEnd.opened.then(() => ({ result: {} })) });
  await worker.pauseScope('all');
  const { id } = await worker.enqueue(work('work'));
  const clock = new TestClock();
  clock.isHurried = true;
  await bench.open({}, { clock, maxJobs: 0, pollIntervalMs: 5 });
  await until(() => clock.hurriedS > 10 * LEASE_S);
  clock.isHurried = false;

  await worker.resumeScope('all');
  // Two heartbeats: the observer has looked at the lease some hundred times.
  await until(() => (worker.jobs.get(id)?.lease_counter ?? 0) >= 2);
  mayEnd.open();
  await worker.settled([id]);
  expect(worker.jobs.get(id)).toMatchObject({ state: 'completed', claims: 1, attempt: 1, crashes: 0 });
  expect(bench.notices).toEqual([]);
});

test.each([
  { jumps: 'an hour forward', byMs: HOUR_MS },
  { jumps: 'an hour back', byMs: -HOUR_MS },
])('a clock that is set $jumps reaps nothing and loses no delayed job', async ({ byMs }) => {
  await using bench = await openQueueBench();
  const clock = new TestClock();
  const mayEnd = gate();
  let tries = 0;
  const worker = await bench.open(
    {
      long: () => mayEnd.opened.then(() => ({ result: {} })),
      failing: () => {
        tries += 1;
        return tries === 1
          ? Promise.reject(new AppError('FFMPEG_FAILED', 'once'))
          : Promise.resolve({ result: {} });
      },
    },
    { clock },
  );
  await bench.open({}, { clock, maxJobs: 0 });
  const long = await worker.enqueue(work('long'));
  const delayed = await worker.enqueue(work('failing'));
  await until(() => worker.get(delayed.id).runAtMs !== null);

  clock.setForwardMs = byMs;
  const [retried] = await worker.settled([delayed.id]);
  expect(retried).toMatchObject({ state: 'completed', attempt: 2 });
  const beforeCounter = worker.jobs.get(long.id)?.lease_counter ?? 0;
  await until(() => (worker.jobs.get(long.id)?.lease_counter ?? 0) > beforeCounter);
  mayEnd.open();
  await worker.settled([long.id]);
  expect(worker.jobs.get(long.id)).toMatchObject({ state: 'completed', claims: 1, attempt: 1, crashes: 0 });
  expect(bench.notices.filter((line) => line.includes('hung'))).toEqual([]);
});
