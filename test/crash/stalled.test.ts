import { expect, test } from 'vitest';
import type { Clock } from '../../main/engine/jobs/clock.ts';
import { watchFinalNames } from '../support/watchFinalNames.ts';
import { expectAllDoneOnce, openEngine, openScene, type Scene } from './scene.ts';

const isLong = process.env['SOUNDBITE_TEST_LONG'] !== undefined;
const EXPORTS = 2;
/** The recording's intake and its review. */
const TAKEN_IN = 2;

/** A clock that goes half a second forward each time somebody looks at it: a minute of watching takes a hundred looks. */
function hurriedClock(): Clock {
  let monotonicMs = 0;
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => (monotonicMs += 500),
  };
}

const inAnInstant = { SOUNDBITE_POLL_INTERVAL_S: '0.05' };

/** Lets another process take over what a stopped one holds, wakes the stopped one, and looks at what came of it. */
async function takeOver(scene: Scene, step: string, wakeAt: string, clock: Clock | undefined): Promise<void> {
  const watch = watchFinalNames(scene.out);
  await scene.fill(EXPORTS);
  await using stalled = await scene.start({ endAt: { step, nth: 1, signal: 'SIGSTOP' } }, scene.oneAtATime);
  await stalled.hear((line) => line.said === 'stepped' && line.step === step);
  const notices: string[] = [];
  const bugs: unknown[] = [];
  let isAwake = false;
  const heir = await openEngine(
    { ...scene.oneAtATime, ...inAnInstant },
    {
      ...(clock === undefined ? {} : { clock }),
      onNotice: (line) => notices.push(line),
      onBug: (error) => bugs.push(error),
      onEvent: (name, payload) => {
        if (isAwake || !JSON.stringify([name, payload]).includes(`"${wakeAt}"`)) return;
        isAwake = true;
        stalled.send('SIGCONT');
      },
    },
  );
  try {
    await heir.queue.settled(Array.from({ length: EXPORTS + TAKEN_IN }, (_, index) => index + 1));
    expect(await stalled.ended).toEqual({ code: 0, signal: null });
  } finally {
    await heir.close();
  }
  expect(notices).toEqual([
    expect.stringMatching(/^A worker has hung for a minute; .+ was taken from it and goes on here\.$/),
  ]);
  expect([...bugs, ...stalled.said.filter(({ said }) => said === 'bug')]).toEqual([]);
  expect(watch.stop()).toEqual([]);
  expect(expectAllDoneOnce(scene)).toEqual({ jobs: EXPORTS + TAKEN_IN, exports: EXPORTS });
  expect(
    scene.query("SELECT max(attempt) AS attempt, max(claims) AS claims FROM jobs WHERE kind = 'export'"),
  ).toEqual([{ attempt: 1, claims: 2 }]);
}

const STEPS = isLong ? ['claimed', 'rendered', 'synced', 'intended', 'named'] : ['claimed', 'intended'];

const cases = STEPS.flatMap((step) => [
  { step, wakes: 'after the other has finished it', wakeAt: 'completed' },
  { step, wakes: 'while the other works on it', wakeAt: step === 'named' ? 'claimed' : 'intended' },
]);

test.each(cases)(
  'a worker that stands still when its export is $step, and wakes $wakes, changes nothing any more',
  async ({ step, wakeAt }) => {
    using scene = await openScene();
    await takeOver(scene, step, wakeAt, hurriedClock());
  },
);

test.skipIf(!isLong)(
  'a worker that really stands still for more than a minute changes nothing any more',
  async () => {
    using scene = await openScene();
    await takeOver(scene, 'intended', 'completed', undefined);
  },
);
