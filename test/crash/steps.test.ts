import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchFinalNames } from '../support/watchFinalNames.ts';
import type { Said } from './orders.ts';
import { expectAllDoneOnce, openScene, type Scene } from './scene.ts';

const EXPORTS = 3;
/** The recording's intake and its review. */
const TAKEN_IN = 2;
const TIMES = process.env['SOUNDBITE_TEST_LONG'] === undefined ? [2] : [1, 2, 3];

/** What the run after the kill still has to do with the export that was cut off, by the step it was cut off at. */
const LEFT_TO_DO = {
  claimed: ['claimed', 'rendered', 'synced', 'intended', 'named', 'folder-synced', 'completed'],
  // The render is kept with the job only after this step, so it is made again.
  rendered: ['claimed', 'rendered', 'synced', 'intended', 'named', 'folder-synced', 'completed'],
  synced: ['claimed', 'synced', 'intended', 'named', 'folder-synced', 'completed'],
  intended: ['claimed', 'synced', 'intended', 'named', 'folder-synced', 'completed'],
  named: ['claimed', 'completed'],
  'folder-synced': ['claimed', 'completed'],
  completed: [],
} as const;
type Step = keyof typeof LEFT_TO_DO;
const STEPS = Object.keys(LEFT_TO_DO) as Step[];

/** The steps from which on the very file that is there is the one to be kept. */
const KEEPS_FILE: readonly Step[] = ['synced', 'intended', 'named', 'folder-synced', 'completed'];

const cases = STEPS.flatMap((step) => TIMES.map((nth) => ({ step, nth })));

const stepsOf = (jobId: number, said: readonly Said[]): string[] =>
  said.flatMap((line) => (line.said === 'stepped' && line.jobId === jobId ? [line.step] : []));

/** Every file of the export folder by inode, the hidden ones too. */
function inodesIn(folder: string): number[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.held'))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).ino);
}

async function killAt(scene: Scene, step: Step, nth: number): Promise<number> {
  await scene.fill(EXPORTS);
  await using cut = await scene.start({ endAt: { step, nth, signal: 'SIGKILL' } }, scene.oneAtATime);
  expect(await cut.ended).toEqual({ code: null, signal: 'SIGKILL' });
  expect(scene.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  const last = cut.said.findLast((line) => line.said === 'stepped');
  if (last?.said !== 'stepped') throw new Error('it took no step');
  expect(last.step).toBe(step);
  return last.jobId;
}

test.each(cases)(
  'an export that is cut off when it is $step (number $nth) is finished from there, and only once',
  async ({ step, nth }) => {
    using scene = await openScene();
    const watch = watchFinalNames(scene.out);
    const jobId = await killAt(scene, step, nth);
    const before = inodesIn(scene.out);

    await using next = await scene.start({}, scene.oneAtATime);
    expect(await next.ended).toEqual({ code: 0, signal: null });
    expect(next.said.filter(({ said }) => said === 'bug')).toEqual([]);
    expect(stepsOf(jobId, next.said)).toEqual(LEFT_TO_DO[step]);
    expect(watch.stop()).toEqual([]);
    expect(expectAllDoneOnce(scene)).toEqual({ jobs: EXPORTS + TAKEN_IN, exports: EXPORTS });
    if (KEEPS_FILE.includes(step)) expect(inodesIn(scene.out)).toEqual(expect.arrayContaining(before));
  },
);
