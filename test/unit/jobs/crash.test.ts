import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openQueueBench, type QueueBench } from '../../support/queue.ts';

const root = join(import.meta.dirname, '../../..');

/** A process that has claimed a job in this lane and will not let go of it. */
async function claimElsewhere(bench: QueueBench, lane: string) {
  const script = join(root, 'test/support/claimAndHang.ts');
  const child = spawn(
    process.execPath,
    ['--import', join(root, 'scripts/sqlAsText.mjs'), script, bench.folder.path, lane],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  return child;
}

test('the work of a killed process is taken back at once, costs no attempt, and is told', async () => {
  await using bench = await openQueueBench();
  const child = await claimElsewhere(bench, 'intake');
  const locksBefore = readdirSync(bench.folder.file('run'));

  // While the other process lives, its work is left alone, however long it takes.
  const bystander = await bench.open({ hang: () => Promise.resolve({ result: {} }) });
  expect(bystander.get(1)).toMatchObject({ state: 'processing', attempt: 1 });
  await bystander.close();

  child.kill('SIGKILL');
  await once(child, 'exit');
  const heir = await bench.open({ hang: () => Promise.resolve({ result: { by: 'heir' } }) });
  const [done] = await heir.settled([1]);
  expect(done).toMatchObject({ state: 'completed', attempt: 1, result: { by: 'heir' } });
  expect(bench.notices).toEqual([
    'Soundbite was ended in the middle of a job; going on with work of the dead.',
  ]);
  expect(
    locksBefore
      .filter((name) => name.endsWith('.lock'))
      .every((name) => !existsSync(bench.folder.file(`run/${name}`))),
  ).toBe(true);
});

test('a production lock whose holder was killed is gone with the next start, and review goes on', async () => {
  await using bench = await openQueueBench();
  const child = await claimElsewhere(bench, 'production');
  const looker = await bench.open({}, { maxJobs: 0 });
  expect(looker.production()).toMatchObject({
    productionActive: true,
    reviewPaused: true,
    productionInfo: [{ label: 'work of the dead' }],
  });
  // What is taken back shall wait, so that only the lock is in question.
  await looker.pauseScope('production');
  await looker.close();
  child.kill('SIGKILL');
  await once(child, 'exit');

  const heir = await bench.open({ review: () => Promise.resolve({ result: {} }) }, { rampMs: 0 });
  expect(heir.production()).toMatchObject({ productionActive: false, reviewPaused: false, expiresMs: null });
  const review = await heir.enqueue({
    kind: 'review',
    lane: 'review',
    priority: 'normal',
    payload: {},
    label: 'review',
  });
  const [done] = await heir.settled([review.id]);
  expect(done?.state).toBe('completed');
});
