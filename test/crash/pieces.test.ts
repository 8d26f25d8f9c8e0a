import { expect, test } from 'vitest';
import { z } from 'zod';
import type { NewJob } from '../../main/engine/jobs/row.ts';
import { openQueueBench, type QueueBench } from '../support/queue.ts';
import { addTraceTables, piecesKind, tracedKind, type PiecesPayload } from './queueWork.ts';
import { startProcess, type WorkProcess } from './workProcess.ts';

const isLong = process.env['SOUNDBITE_TEST_LONG'] !== undefined;
const PIECES = isLong ? 2_000 : 500;
const KILLS = isLong ? 5 : 2;

const Said = z.discriminatedUnion('said', [
  z.object({ said: z.literal('started') }),
  z.object({ said: z.literal('resumed'), label: z.string(), from: z.int() }),
  z.object({ said: z.literal('counted'), label: z.string(), total: z.int(), done: z.int() }),
  z.object({ said: z.literal('bug'), text: z.string() }),
]);
type Said = z.infer<typeof Said>;

const start = (bench: QueueBench): Promise<WorkProcess<Said>> =>
  startProcess('queueProcess.ts', { folder: bench.folder.path }, (line) => Said.parse(line));

const manyPieces = (label: string): NewJob => ({
  kind: 'pieces',
  lane: 'intake',
  priority: 'normal',
  payload: { pieces: PIECES } satisfies PiecesPayload,
  label,
});

const silent = { resumed: () => undefined, counted: () => undefined };

/** A queue that only looks and asks: it claims nothing. */
const asking = { maxJobs: 0 };

const numbersMade = (bench: QueueBench, jobId: number): number[] =>
  bench.library.db
    .prepare<[number], number>('SELECT number FROM made WHERE job_id = ? ORDER BY number')
    .pluck()
    .all(jobId);

const all = Array.from({ length: PIECES }, (_, number) => number);
const DUPLICATES = PIECES / 5;

test(`two jobs of ${PIECES} pieces, killed ${KILLS} times in the middle, do every piece exactly once`, async () => {
  await using bench = await openQueueBench();
  await addTraceTables(bench.library);
  const asker = await bench.open({}, asking);
  const jobs = await asker.enqueueMany([manyPieces('one'), manyPieces('other')]);
  const resumedFrom: number[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await using worker = await start(bench);
    // The first kill hits the producer at work, the others hit the consumer.
    await worker.hear((line) =>
      line.said === 'counted' && line.label === 'one' && kill === 1
        ? line.total >= PIECES / 3
        : line.said === 'counted' && line.label === 'one' && line.done >= (PIECES * kill) / (KILLS + 1),
    );
    worker.send('SIGKILL');
    await worker.ended;
    expect(bench.library.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(worker.said.filter(({ said }) => said === 'bug')).toEqual([]);
    resumedFrom.push(
      ...worker.said.flatMap((line) => (line.said === 'resumed' && line.label === 'one' ? [line.from] : [])),
    );
  }
  await using last = await start(bench);
  const ended = await asker.settled(jobs);
  last.send('SIGTERM');
  expect(await last.ended).toEqual({ code: 0, signal: null });

  const counts = { total: PIECES, done: PIECES, failed: 0, duplicates: DUPLICATES };
  expect(ended.map(({ state, result, items }) => ({ state, result, items }))).toEqual(
    jobs.map(() => ({ state: 'completed', result: counts, items: counts })),
  );
  for (const id of jobs) expect(numbersMade(bench, id)).toEqual(all);
  const states = bench.library.db.prepare('SELECT state, count(*) AS n FROM work_items GROUP BY state').all();
  expect(states).toEqual([{ state: 'done', n: 2 * PIECES }]);
  const [first, ...later] = resumedFrom;
  expect(first).toBe(0);
  expect(later.filter((from) => from < PIECES / 3)).toEqual([]);
  console.log(`killed ${KILLS} times; the producer began at ${resumedFrom.join(', ')} of ${PIECES}`);
});

test('pieces are found faster than they are done, and both numbers can be watched', async () => {
  await using bench = await openQueueBench();
  const asker = await bench.open({}, asking);
  const [job = 0] = await asker.enqueueMany([manyPieces('one')]);
  await using worker = await start(bench);
  await asker.settled([job]);
  worker.send('SIGTERM');
  await worker.ended;
  const counted = worker.said.flatMap((line) => (line.said === 'counted' ? [line] : []));
  expect(counted.filter(({ total, done }) => done > total)).toEqual([]);
  expect(counted.find(({ total }) => total === PIECES)?.done).toBeLessThan(PIECES / 2);
  expect(counted.at(-1)).toMatchObject({ total: PIECES, done: PIECES });
});

test('a job that is cancelled while its process lies dead loses its pieces, and what came of them, at the next start', async () => {
  await using bench = await openQueueBench();
  await addTraceTables(bench.library);
  const asker = await bench.open({ pieces: piecesKind(bench.library, silent) }, asking);
  const [cancelled = 0, kept = 0] = await asker.enqueueMany([manyPieces('one'), manyPieces('other')]);
  await using worker = await start(bench);
  await worker.hear((line) => line.said === 'counted' && line.label === 'one' && line.done > 20);
  worker.send('SIGKILL');
  await worker.ended;
  // Nobody has noticed yet that it is dead, so it is asked in vain.
  expect(await asker.cancel(cancelled)).toMatchObject({ state: 'processing' });

  await using next = await start(bench);
  await asker.settled([cancelled, kept]);
  next.send('SIGTERM');
  await next.ended;
  expect(asker.get(cancelled)).toMatchObject({ state: 'cancelled', items: null });
  expect(numbersMade(bench, cancelled)).toEqual([]);
  expect(asker.get(kept)).toMatchObject({ state: 'completed' });
  expect(numbersMade(bench, kept)).toEqual(all);
});

test('two workers and a window on one library never run a job twice', async () => {
  const JOBS = isLong ? 1_000 : 200;
  await using bench = await openQueueBench();
  await addTraceTables(bench.library);
  await using one = await start(bench);
  await using other = await start(bench);
  await Promise.all([one, other].map((worker) => worker.hear(({ said }) => said === 'started')));
  const window = await bench.open({ traced: tracedKind(bench.library) }, { role: 'window' });
  const traced: NewJob = { kind: 'traced', lane: 'intake', priority: 'normal', payload: {}, label: 'traced' };
  const ids = await window.enqueueMany(Array.from({ length: JOBS }, () => traced));
  await window.settled(ids);
  for (const worker of [one, other]) worker.send('SIGTERM');
  await Promise.all([one.ended, other.ended]);
  expect(bench.library.db.prepare('SELECT job_id, claim FROM runs ORDER BY job_id').all()).toEqual(
    ids.map((id) => ({ job_id: id, claim: 1 })),
  );
  const byProcess = bench.library.db
    .prepare<[], { pid: number; n: number }>('SELECT pid, count(*) AS n FROM runs GROUP BY pid')
    .all();
  expect(byProcess.length).toBeGreaterThan(1);
  console.log(`${JOBS} jobs over three processes: ${byProcess.map(({ n }) => n).join(', ')}`);
});
