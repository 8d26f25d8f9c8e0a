import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Postponed } from '../../../main/domain/errors.ts';
import type { Clock } from '../../../main/engine/jobs/clock.ts';
import { runPieces } from '../../../main/engine/jobs/pieces.ts';
import type { Queue } from '../../../main/engine/jobs/queue.ts';
import type { NewJob } from '../../../main/engine/jobs/row.ts';
import { openQueueBench, type QueueBench, type Run } from '../../support/queue.ts';

const HOUR_MS = 3_600_000;
const NOON = Date.UTC(2026, 10, 22, 12);

let bench: QueueBench;
const now = { atMs: NOON };
const clock: Clock = { nowMs: () => now.atMs, monotonicMs: () => performance.now() };
let runs = 0;
let isFree = false;

beforeEach(async () => {
  bench = await openQueueBench();
  now.atMs = NOON;
  runs = 0;
  isFree = false;
});
afterEach(() => bench[Symbol.asyncDispose]());

const job: NewJob = { kind: 'wait', lane: 'review', priority: 'normal', payload: {}, label: 'A job' };

const wait: Run = () => {
  runs += 1;
  if (!isFree)
    return Promise.reject(
      new Postponed('REVIEWER_QUOTA_SPENT', 'nothing is left until tomorrow', 20 * HOUR_MS),
    );
  return Promise.resolve({ result: {} });
};

/** Resolves once the job has run this often and waits again. */
async function untilWaiting(queue: Queue, id: number, times: number): Promise<void> {
  await expect
    .poll(() => [runs, queue.get(id).state, queue.get(id).runAtMs !== null])
    .toEqual([times, 'pending', true]);
}

describe('work that can only be done later', () => {
  test('waits as long as it says, costs no attempt, and tells why', async () => {
    const queue = await bench.open({ wait }, { clock });
    const { id } = await queue.enqueue(job);
    await untilWaiting(queue, id, 1);
    expect(queue.get(id)).toMatchObject({
      attempt: 0,
      runAtMs: NOON + 20 * HOUR_MS,
      failure: { code: 'REVIEWER_QUOTA_SPENT', detail: 'nothing is left until tomorrow' },
    });
    isFree = true;
    now.atMs += 20 * HOUR_MS;
    expect((await queue.settled([id]))[0]).toMatchObject({ state: 'completed', attempt: 1 });
  });

  test('does not wait longer than that where the clock is set back', async () => {
    const queue = await bench.open({ wait }, { clock });
    const { id } = await queue.enqueue(job);
    await untilWaiting(queue, id, 1);
    now.atMs -= HOUR_MS;
    await untilWaiting(queue, id, 2);
    expect(queue.get(id).runAtMs).toBe(NOON + 19 * HOUR_MS);
  });

  test('goes on at once when what it waited for has changed', async () => {
    const queue = await bench.open({ wait }, { clock });
    const { id } = await queue.enqueue(job);
    await untilWaiting(queue, id, 1);
    isFree = true;
    expect(await queue.hasten('another kind')).toBe(0);
    expect(await queue.hasten('wait')).toBe(1);
    expect((await queue.settled([id]))[0]?.state).toBe('completed');
  });

  test('is not counted against the piece that came to it, and no piece before it is done again', async () => {
    const done: unknown[] = [];
    const pieces: Run = async (lease) => {
      runs += 1;
      await runPieces(lease, {
        batchSize: 2,
        async *produce() {
          await Promise.resolve();
          yield { items: [1, 2, 3].map((content) => ({ content })), checkpoint: 3 };
        },
        consume: ({ content, attempts }) => {
          if (content === 2 && !isFree)
            return Promise.reject(new Postponed('REVIEWER_QUOTA_SPENT', 'later', HOUR_MS));
          done.push([content, attempts]);
          return Promise.resolve({});
        },
      });
      return { result: {} };
    };
    const queue = await bench.open({ wait: pieces }, { clock });
    const { id } = await queue.enqueue(job);
    await untilWaiting(queue, id, 1);
    isFree = true;
    now.atMs += HOUR_MS;
    expect((await queue.settled([id]))[0]).toMatchObject({
      state: 'completed',
      items: { done: 3, failed: 0 },
    });
    expect(done).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
  });
});
