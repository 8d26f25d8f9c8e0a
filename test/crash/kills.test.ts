import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { watchFinalNames } from '../support/watchFinalNames.ts';
import { expectAllDoneOnce, openScene } from './scene.ts';
import { seededRandom, untilNobodyIn } from './workProcess.ts';

const KILLS = process.env['SOUNDBITE_TEST_LONG'] === undefined ? 20 : 200;
const LONGEST_MS = KILLS * 10_000 + 200_000;
/** The long form has the hundred that the promise is about; the short one fewer, because they are all worked off at the end. */
const JOBS_IN_LINE = KILLS === 200 ? 100 : 30;
const LATEST_KILL_MS = 700;
/** A process that died takes its ffmpeg with it at once on Linux; elsewhere the next start does. */
const CHILDREN_GONE_MS = 2_000;

test(
  `${KILLS} kills at any moment over ${JOBS_IN_LINE} waiting jobs lose none, repeat none, and show no half-written file`,
  async () => {
    using scene = await openScene();
    const random = seededRandom(4);
    const watch = watchFinalNames(scene.out);
    const startedMs = performance.now();
    let requeued = 0;
    const bugs: unknown[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      await using engine = await scene.start({ jobsInLine: JOBS_IN_LINE });
      await engine.hear(({ said }) => said === 'claimed');
      await new Promise((resolve) => setTimeout(resolve, random() * LATEST_KILL_MS));
      engine.send('SIGKILL');
      expect(await engine.ended).toEqual({ code: null, signal: 'SIGKILL' });
      expect(scene.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      requeued += scene.query("SELECT id FROM jobs WHERE state = 'processing'").length;
      expect(await untilNobodyIn(scene.folder.path, CHILDREN_GONE_MS)).toEqual([]);
      bugs.push(...engine.said.filter(({ said }) => said === 'bug'));
    }
    const killingS = (performance.now() - startedMs) / 1000;
    await using last = await scene.start();
    expect(await last.ended).toEqual({ code: 0, signal: null });
    bugs.push(...last.said.filter(({ said }) => said === 'bug'));

    expect(bugs).toEqual([]);
    expect(watch.stop()).toEqual([]);
    const { jobs, exports } = expectAllDoneOnce(scene);
    expect(requeued).toBeGreaterThan(KILLS / 2);
    expect(exports).toBeGreaterThan(JOBS_IN_LINE / 2);
    const allS = (performance.now() - startedMs) / 1000;
    console.log(
      `${KILLS} kills in ${killingS.toFixed(0)} s, ${requeued} jobs cut off, ${jobs} jobs and ${exports} exports in ${allS.toFixed(0)} s`,
    );
  },
  LONGEST_MS,
);
