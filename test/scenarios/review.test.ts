import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Job } from '../../main/domain/job.ts';
import { createEngine, type Engine } from '../../main/engine/createEngine.ts';
import { requestExports } from '../../main/engine/flows/requestExports.ts';
import { importEpisodes } from '../../main/engine/flows/importEpisodes.ts';
import { findResources } from '../../main/hosts/resources.ts';
import { temporaryFolder } from '../support/folder.ts';

const execute = promisify(execFile);

const folder = temporaryFolder();
const path = folder.file('episode.mp3');
afterAll(() => {
  folder[Symbol.dispose]();
});

/** Noise in bursts, as if somebody spoke: twelve minutes, so that the review has three pieces. */
beforeAll(async () => {
  const source =
    "anoisesrc=color=pink:amplitude=0.3:seed=4:duration=720,volume='0.2+0.8*gt(mod(t,3),0.7)':eval=frame";
  await execute('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-ac', '1', '-b:a', '64k', path]);
});

const openEngine = (home: string, more: NodeJS.ProcessEnv = {}): Promise<Engine> =>
  createEngine({
    env: { ...process.env, SOUNDBITE_HOME: home, SOUNDBITE_REVIEW_RAMP_S: '0', ...more },
    resourcesDir: findResources(),
    works: true,
    onNotice: () => undefined,
    onBug: (error) => {
      throw error;
    },
  });

async function takeIn(engine: Engine, path: string): Promise<Job> {
  const jobs = await importEpisodes(engine.queue, {
    paths: [path],
    transcriptPath: null,
    title: null,
    atLeast: null,
    together: false,
  });
  const [intake] = await engine.queue.settled(jobs.map(({ id }) => id));
  if (intake === undefined) throw new Error('nothing was taken in');
  return intake;
}

test('the loudness of an episode is measured in the background, piece by piece, as ffmpeg measures it whole', async () => {
  const engine = await openEngine(folder.file('home 1'));
  try {
    const intake = await takeIn(engine, path);
    const episodeId = String(intake.result?.['episodeId']);
    const review = engine.queue.overview.listAfter(intake.id, 1)[0];
    const [done] = await engine.queue.settled([review?.id ?? 0]);
    expect(done).toMatchObject({
      kind: 'review',
      lane: 'review',
      state: 'completed',
      items: { total: 3, done: 3 },
    });
    const { stderr } = await execute('ffmpeg', [
      '-hide_banner',
      '-nostats',
      '-i',
      path,
      '-af',
      'ebur128=framelog=verbose',
      '-f',
      'null',
      '-',
    ]);
    const whole = Number(/I:\s+(-[\d.]+) LUFS/.exec(stderr)?.[1]);
    expect(Math.abs((engine.loudness.integratedLufs(episodeId) ?? 0) - whole)).toBeLessThan(0.1);
  } finally {
    await engine.close();
  }
});

test('a review steps aside for an export, goes on afterwards with the piece it had reached, and repeats none', async () => {
  const engine = await openEngine(folder.file('home 2'));
  try {
    const intake = await takeIn(engine, path);
    const reviewId = intake.id + 1;
    const clip = engine.clips.list(String(intake.result?.['episodeId']))[0];
    const begun = new Promise<void>((resolve) => {
      engine.on('jobs.changed', (job) => {
        if (job.id === reviewId && (job.items?.done ?? 0) >= 1) resolve();
      });
    });
    await begun;
    const [exporting] = await requestExports(engine, engine.queue, {
      clipIds: [clip?.id ?? ''],
      presets: ['audio'],
      folder: folder.file('out'),
    });
    const parked = new Promise<number>((resolve) => {
      engine.on('jobs.changed', (job) => {
        if (job.id === reviewId && job.state === 'pending') resolve(job.items?.done ?? 0);
      });
    });
    const doneWhenParked = await Promise.race([
      parked,
      engine.queue.settled([exporting?.id ?? 0]).then(() => -1),
    ]);
    if (doneWhenParked >= 0)
      expect(engine.queue.production()).toMatchObject({ reviewPaused: true, deferred: 1 });
    const [exported, review] = await engine.queue.settled([exporting?.id ?? 0, reviewId]);
    expect([exported?.state, review?.state]).toEqual(['completed', 'completed']);
    expect(review).toMatchObject({ attempt: 1, items: { total: 3, done: 3, failed: 0 } });
    expect(engine.queue.production().totals.pauses).toBe(1);
  } finally {
    await engine.close();
  }
});
