import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openQueueBench } from '../../support/queue.ts';

const root = join(import.meta.dirname, '../../..');

test('the work of a killed process is taken back at once, costs no attempt, and is told', async () => {
  await using bench = await openQueueBench();
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(root, 'scripts/sqlAsText.mjs'),
      join(root, 'test/support/claimAndHang.ts'),
      bench.folder.path,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(child.stdout, 'data');
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
