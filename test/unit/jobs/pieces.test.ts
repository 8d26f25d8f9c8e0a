import { expect, test } from 'vitest';
import type { NewJob } from '../../../main/engine/jobs/row.ts';
import { runPieces, type PieceWork } from '../../../main/engine/jobs/pieces.ts';
import { canonicalJson, itemHash } from '../../../main/engine/jobs/workItems.ts';
import { gate, openQueueBench, type QueueBench, type Run } from '../../support/queue.ts';

const job = (label: string): NewJob => ({
  kind: 'pieces',
  lane: 'intake',
  priority: 'normal',
  payload: {},
  label,
});

interface PiecesBench extends QueueBench {
  /** Every piece that was committed, as "label:n". */
  readonly made: () => string[];
  readonly run: (more?: Partial<PieceWork<number>>) => Run;
}

/** Pieces 0 to 24 in lots of ten; piece n leaves a row. Every fifth piece is offered twice. */
async function openPieces(): Promise<PiecesBench> {
  const bench = await openQueueBench();
  bench.library.db.exec('CREATE TABLE made (name TEXT NOT NULL) STRICT');
  const add = bench.library.db.prepare<[string]>('INSERT INTO made VALUES (?)');
  const list = bench.library.db.prepare<[], string>('SELECT name FROM made ORDER BY rowid').pluck();
  return {
    ...bench,
    made: () => list.all(),
    run: (more) => async (lease) => {
      const counts = await runPieces<number>(lease, {
        async *produce(from) {
          for (let at = from ?? 0; at < 25; at += 10) {
            const numbers = Array.from({ length: Math.min(10, 25 - at) }, (_, index) => at + index);
            const offered = [...numbers, ...numbers.filter((number) => number % 5 === 0)];
            await Promise.resolve();
            yield { items: offered.map((number) => ({ content: { number } })), checkpoint: at + 10 };
          }
        },
        consume: (item) =>
          Promise.resolve({
            commit: () => {
              add.run(`${lease.job.label}:${(item.content as { number: number }).number}`);
            },
          }),
        batchSize: 4,
        ...more,
      });
      return { result: { ...counts } };
    },
  };
}

const all = (label: string): string[] => Array.from({ length: 25 }, (_, number) => `${label}:${number}`);

test('every piece is done once and in order, and what is offered twice is skipped and counted', async () => {
  await using bench = await openPieces();
  const { made, run } = bench;
  const queue = await bench.open({ pieces: run() });
  const { id } = await queue.enqueue(job('one'));
  const [done] = await queue.settled([id]);
  expect(done).toMatchObject({
    state: 'completed',
    items: { total: 25, done: 25, failed: 0, duplicates: 5 },
  });
  expect(made()).toEqual(all('one'));
});

test('a paused job goes on with the piece it had reached, and its producer from its checkpoint', async () => {
  await using bench = await openPieces();
  const { made, run } = bench;
  const reached = gate();
  const offeredFrom: (number | null)[] = [];
  let isFirst = true;
  const queue = await bench.open({
    pieces: run({
      async *produce(from, signal) {
        offeredFrom.push(from);
        for (let at = from ?? 0; at < 25; at += 10) {
          yield {
            items: Array.from({ length: Math.min(10, 25 - at) }, (_, index) => ({
              content: { number: at + index },
            })),
            checkpoint: at + 10,
          };
          if (isFirst && at === 10)
            await new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                reject(signal.reason as Error);
              });
              reached.open();
            });
        }
      },
    }),
  });
  const { id } = await queue.enqueue(job('one'));
  await reached.opened;
  await expect.poll(() => made().length).toBe(20);
  isFirst = false;
  await queue.pause(id);
  await expect.poll(() => queue.get(id)).toMatchObject({ state: 'paused', items: { total: 20, done: 20 } });
  await queue.resume(id);
  const [done] = await queue.settled([id]);
  expect(done).toMatchObject({ state: 'completed', attempt: 1, items: { total: 25, done: 25 } });
  expect(made()).toEqual(all('one'));
  expect(offeredFrom).toEqual([null, 20]);
});

test('a piece that fails is tried again and then kept as an error with its message; the others are done', async () => {
  await using bench = await openPieces();
  const { run } = bench;
  const tries: number[] = [];
  const queue = await bench.open({
    pieces: run({
      consume: (item) => {
        const { number } = item.content as { number: number };
        if (number !== 7) return Promise.resolve({});
        tries.push(item.attempts);
        return Promise.reject(new Error('seven is cursed'));
      },
    }),
  });
  const { id } = await queue.enqueue(job('one'));
  const [done] = await queue.settled([id]);
  expect(done?.items).toEqual({ total: 25, done: 24, failed: 1, duplicates: 5 });
  expect(tries).toEqual([0, 1, 2]);
  expect(queue.items.listFailed(id)).toMatchObject([{ attempts: 3, message: 'seven is cursed' }]);
});

test('several jobs with equal pieces at once never mix', async () => {
  await using bench = await openPieces();
  const { made, run } = bench;
  const queue = await bench.open({ pieces: run() });
  const labels = ['a', 'b', 'c', 'd'];
  const jobs = await Promise.all(labels.map((label) => queue.enqueue(job(label))));
  await queue.settled(jobs.map(({ id }) => id));
  for (const label of labels)
    expect(made().filter((name) => name.startsWith(`${label}:`))).toEqual(all(label));
});

test('cancelling takes the pieces away with the job', async () => {
  await using bench = await openPieces();
  const { run } = bench;
  const began = gate();
  const queue = await bench.open({
    pieces: run({
      consume: (_item, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
          began.open();
        }),
    }),
  });
  const { id } = await queue.enqueue(job('one'));
  await began.opened;
  await queue.cancel(id);
  const [ended] = await queue.settled([id]);
  expect(ended).toMatchObject({ state: 'cancelled', items: null });
  expect(bench.library.db.prepare('SELECT count(*) FROM work_items').pluck().get()).toBe(0);
});

test('a producer that fails fails the job with its reason', async () => {
  await using bench = await openPieces();
  const { run } = bench;
  const queue = await bench.open(
    {
      pieces: run({
        async *produce() {
          await Promise.resolve();
          throw new Error('no more film');
        },
      }),
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
  const { id } = await queue.enqueue(job('one'));
  const [ended] = await queue.settled([id]);
  expect(ended).toMatchObject({ state: 'failed', failure: { detail: 'no more film' } });
});

test('a hash depends on content and metadata and on nothing else, such as the order of keys', () => {
  const a = itemHash({ content: { from: 1, to: 2 }, metadata: { model: 'm', threads: 2 } });
  expect(itemHash({ content: { to: 2, from: 1 }, metadata: { threads: 2, model: 'm' } })).toBe(a);
  expect(itemHash({ content: { from: 1, to: 3 }, metadata: { model: 'm', threads: 2 } })).not.toBe(a);
  expect(itemHash({ content: { from: 1, to: 2 }, metadata: { model: 'n', threads: 2 } })).not.toBe(a);
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
