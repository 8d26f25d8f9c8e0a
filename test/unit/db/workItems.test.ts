import { expect, test } from 'vitest';
import { workItemRepository } from '../../../main/engine/db/workItems.ts';
import { openQueueBench } from '../../support/queue.ts';

async function openItems() {
  const bench = await openQueueBench();
  const { db } = bench.library;
  const insert = db.prepare(
    `INSERT INTO jobs (kind, lane, state, priority, payload, label, created_at) VALUES ('a', 'intake', 'pending', 2, '{}', 'a', 0)`,
  );
  const jobId = Number(insert.run().lastInsertRowid);
  const close = (): Promise<void> => Promise.resolve(bench[Symbol.asyncDispose]());
  return { db, jobId, items: workItemRepository(db), [Symbol.asyncDispose]: close };
}

test('pieces are queued once, whatever the order of their fields; metadata makes equal content different', async () => {
  await using opened = await openItems();
  const { jobId, items } = opened;
  expect(
    items.enqueue(jobId, [
      { content: { a: 1, b: 2 } },
      { content: { b: 2, a: 1 } },
      { content: { a: 1, b: 2 }, metadata: 'model' },
    ]),
  ).toEqual({ added: 2, duplicates: 1 });
  expect(items.enqueue(jobId, [{ content: { a: 1, b: 2 } }])).toEqual({ added: 0, duplicates: 1 });
  expect(items.counts(jobId)).toEqual({ total: 2, done: 0, failed: 0 });
});

test('a piece is taken by one consumer, in order; what was under way waits again, what is done does not', async () => {
  await using opened = await openItems();
  const { jobId, items } = opened;
  items.enqueue(
    jobId,
    [1, 2, 3, 4].map((content) => ({ content })),
  );
  const first = items.take(jobId, 3);
  expect(first.map(({ content }) => content)).toEqual([1, 2, 3]);
  const [done, failed] = first;
  expect(items.markDone(jobId, done?.id ?? 0)).toBe(true);
  expect(items.markDone(jobId, done?.id ?? 0)).toBe(false);
  expect(items.markFailed(jobId, failed?.id ?? 0, 'no luck', 2)).toBe('pending');
  expect(items.putBack(jobId)).toBe(1);
  const again = items.take(jobId, 10);
  expect(again.map(({ content, attempts }) => [content, attempts])).toEqual([
    [2, 1],
    [3, 0],
    [4, 0],
  ]);
  expect(items.markFailed(jobId, failed?.id ?? 0, 'no luck', 2)).toBe('error');
  expect(items.counts(jobId)).toEqual({ total: 4, done: 1, failed: 1 });
});

test('a piece is done together with what it made, or not at all', async () => {
  await using opened = await openItems();
  const { jobId, items, db } = opened;
  items.enqueue(jobId, [{ content: 'only' }]);
  const [piece] = items.take(jobId, 1);
  const torn = db.transaction(() => {
    items.markDone(jobId, piece?.id ?? 0);
    throw new Error('what it made could not be written');
  });
  expect(torn).toThrow('could not be written');
  expect(items.counts(jobId)).toEqual({ total: 1, done: 0, failed: 0 });
});
