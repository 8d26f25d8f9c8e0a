import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { Candidate } from '../../main/domain/clip.ts';
import type { Engine } from '../../main/engine/createEngine.ts';
import { ballastBytes } from '../../main/engine/db/ballast.ts';
import { assertRoom, forecastAnalysis, forecastExport } from '../../main/engine/flows/forecast.ts';
import { importEpisodes } from '../../main/engine/flows/importEpisodes.ts';
import { requestExports } from '../../main/engine/flows/requestExports.ts';
import { watchSpace } from '../../main/engine/flows/spaceWatch.ts';
import { temporaryFolder } from '../support/folder.ts';
import { FFMPEG_BUILDS } from '../support/sources.ts';
import { openStorageEngine } from '../support/storage.ts';

const GB = 1e9;

test('a disk that is nearly full pauses what writes and asks for a cleanup; with room again work goes on by itself', async () => {
  using folder = temporaryFolder();
  let freeBytes = 5 * GB;
  const storage = { readSpace: () => Promise.resolve({ freeBytes, totalBytes: 100 * GB }) };
  const env = { SOUNDBITE_LEAST_FREE_GB: '1' };
  const engine = await openStorageEngine(folder.file('home'), env, { storage });
  const lines: string[] = [];
  const watch = watchSpace(engine, engine.queue, {
    notice: (text) => lines.push(text),
    bug: (error) => {
      throw error;
    },
  });
  const look = () => watch.look();
  const pauses = () => engine.queue.overview.pauses().map(({ scope, because }) => `${scope}: ${because}`);
  await engine.queue.pauseScope('intake');
  await look();
  expect(pauses()).toEqual(['intake: person']);

  freeBytes = 0.9 * GB;
  await look();
  expect(pauses()).toEqual([
    'intake: disk-low',
    'intake: person',
    'production: disk-low',
    'review: disk-low',
  ]);
  expect(lines).toEqual([
    'The disk is nearly full (DISK_LOW): 900 MB are free, 1000 MB have to stay free. Work waits and goes on by itself.',
  ]);
  expect(
    engine.queue.overview.list({ lane: 'upkeep', state: 'pending', afterId: 0, limit: 9 }),
  ).toMatchObject([{ kind: 'cleanup', priority: 0 }]);
  await expect(engine.queue.resumeScope('production')).rejects.toMatchObject({ code: 'DISK_LOW' });

  freeBytes = 1.05 * GB;
  await look();
  expect(pauses()).toHaveLength(4);
  freeBytes = 1.2 * GB;
  await look();
  expect(pauses()).toEqual(['intake: person']);
  expect(lines.at(-1)).toBe('There is room on the disk again: work goes on.');
  await watch.end();
  await engine.close();
});

test('work is begun only when a quarter more than it will write fits beside what has to stay free', async () => {
  using folder = temporaryFolder();
  let freeBytes = 0;
  const readSpace = () => Promise.resolve({ freeBytes, totalBytes: 100 * GB });
  const env = { SOUNDBITE_LEAST_FREE_GB: '1' };
  const engine = await openStorageEngine(folder.file('home'), env, { storage: { readSpace } });
  const anHour = forecastAnalysis(engine, 3600);
  expect(anHour).toEqual([{ folder: engine.paths.analysis, bytes: 3600 * 32_400 }]);
  freeBytes = GB + 1.25 * 3600 * 32_400;
  await assertRoom(engine, anHour);
  freeBytes -= 1;
  await expect(assertRoom(engine, anHour)).rejects.toMatchObject({ code: 'DISK_LOW' });
  const [clip, work] = forecastExport(engine, { preset: 'reels', folder: '/clips', durationS: 30 });
  expect(clip).toEqual({ folder: '/clips', bytes: 30 * 990_000 });
  expect(work?.folder).toBe(engine.paths.work);
  await engine.close();
});

const canMount = (() => {
  using folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder.path], {
      stdio: 'ignore',
      timeout: 5000,
    });
    execFileSync('umount', [folder.path], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    return false;
  }
})();

const CLIP_S = 5;
const tone = (inS: number): Candidate => ({
  inS,
  outS: inS + CLIP_S,
  durationS: CLIP_S,
  score: 50,
  confidence: 'medium',
  foundBy: 'ear',
  reason: 'A tone that swells and fades.',
  parts: [],
  title: `Tone ${inS}`,
  text: '',
  speakers: [],
  titles: [],
  scorerVersion: 'test',
});

/** Takes in a tone of 20 s and answers eight clips of it. */
async function eightClips(engine: Engine, source: string): Promise<{ episodeId: string; clipIds: string[] }> {
  const swelling = "aevalsrc=exprs='0.4*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*0.7*t))':s=8000:d=20";
  await execa(FFMPEG_BUILDS.npm.FFMPEG_PATH, ['-v', 'error', '-f', 'lavfi', '-i', swelling, source]);
  const request = { transcriptPath: null, title: 'Tones', together: false, atLeast: 1 };
  const jobs = await importEpisodes(engine.queue, { ...request, paths: [source] });
  const [intake] = await engine.queue.settled(jobs.map(({ id }) => id));
  expect(intake?.state).toBe('completed');
  const episodeId = String(intake?.result?.['episodeId']);
  await engine.library.write(() => {
    const tones = Array.from({ length: 8 }, (_, index) => tone(1 + index));
    engine.clips.replaceCandidates(episodeId, tones, 0);
  });
  return { episodeId, clipIds: engine.clips.list(episodeId).map(({ id }) => id) };
}

/** Writes until not a byte more fits, as another program might. */
function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let size = 65_536; size >= 1;)
      try {
        writeSync(file, Buffer.alloc(size));
      } catch {
        size = Math.floor(size / 16);
      }
  } finally {
    closeSync(file);
  }
}

test.skipIf(!canMount)(
  'a disk of 8 MiB that runs full in the middle of eight exports: finished files are whole, the others wait with their reason and no attempt lost, and go on when there is room (not run where mounting is not allowed)',
  async () => {
    using folder = temporaryFolder();
    const disk = folder.file('disk');
    const filler = join(disk, 'filler');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { timeout: 5000 });
    let engine: Engine | undefined;
    try {
      const env = { ...FFMPEG_BUILDS.npm, SOUNDBITE_MAX_CONCURRENT_JOBS: '2' };
      const bugs: unknown[] = [];
      engine = await openStorageEngine(join(disk, 'home'), env, {
        works: true,
        onBug: (error) => bugs.push(error),
      });
      const { queue, library, paths } = engine;
      const { episodeId, clipIds } = await eightClips(engine, folder.file('tone.wav'));
      expect(statSync(paths.ballast).size).toBe(ballastBytes(8 * 1024 ** 2));
      let synced = 0;
      const off = engine.on('export.stepped', ({ step }) => {
        if (step === 'synced') synced += 1;
        if (synced !== 3) return;
        off();
        fillUp(filler);
      });
      const clips = join(disk, 'clips');
      const ids = (await requestExports(engine, queue, { clipIds, presets: ['audio'], folder: clips })).map(
        ({ id }) => id,
      );
      const now = () => ids.map((id) => queue.get(id));
      const isPaused = () => queue.overview.pauses().some(({ because }) => because === 'disk-low');
      await until(engine, () => synced >= 3 && now().every(({ state }) => state !== 'processing'));
      // What the cut-off exports had written is gone already; the other program takes that room as well.
      fillUp(join(disk, 'more filler'));
      const hasTold = () => engine?.notices().some(({ text }) => text.includes('DISK_LOW')) === true;
      await until(engine, () => isPaused() && hasTold());

      const done = now().filter(({ state }) => state === 'completed');
      const waiting = now().filter(({ state }) => state === 'pending');
      expect(done.length + waiting.length).toBe(8);
      expect(waiting.length).toBeGreaterThan(0);
      expect(waiting.map(({ attempt }) => attempt)).toEqual(waiting.map(() => 0));
      expect(library.db.pragma('integrity_check', { simple: true })).toBe('ok');
      const published = (): string[] => readdirSync(clips).filter((name) => name.endsWith('.m4a'));
      expect(published()).toHaveLength(done.length);
      await library.write(() => {
        engine?.storedSettings.save('probe', 'state can be written');
      });

      await Promise.all([rm(filler), rm(join(disk, 'more filler'))]);
      await until(engine, () => !isPaused());
      // What met the full disk itself looks again after a minute; the test need not wait so long.
      await library.write(() => library.db.exec('UPDATE jobs SET run_at = 1 WHERE run_at IS NOT NULL'));
      const settled = await queue.settled(ids);
      expect(settled.map(({ state, attempt }) => `${state} ${attempt}`)).toEqual(
        Array<string>(8).fill('completed 1'),
      );
      const files = engine.exports.listOfEpisode(episodeId);
      expect(files.map(({ path }) => statSync(path).size)).toEqual(files.map(({ bytes }) => bytes));
      expect(files.filter(({ proof }) => !proof.passed)).toEqual([]);
      expect(published()).toHaveLength(8);
      expect(existsSync(join(clips, '.soundbite-partial'))).toBe(false);
      expect(bugs).toEqual([]);
    } finally {
      await engine?.close();
      execFileSync('umount', [disk], { timeout: 5000 });
    }
  },
);

/** Resolves when something has come true in the queue. */
const until = (engine: Engine, isTrue: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!isTrue()) return;
      offs.forEach((off) => {
        off();
      });
      resolve();
    };
    const offs = [
      engine.on('queue.changed', look),
      engine.on('jobs.changed', look),
      engine.on('notice.given', look),
    ];
    look();
  });
