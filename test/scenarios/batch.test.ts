import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BatchOutcome, BatchProgress } from '../../main/domain/batch.ts';
import { Job } from '../../main/domain/job.ts';
import { soundbite, startSoundbite, type CliRun } from '../support/cli.ts';
import { ErrorDocument } from '../support/clipDocument.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openEngineAt } from '../support/libraryBench.ts';

const isLong = process.env['SOUNDBITE_TEST_LONG'] === '1';
const EPISODES = isLong ? 100 : 5;
const EPISODE_S = isLong ? 300 : 20;
const KILLS = isLong ? 5 : 1;
const PATIENCE_MS = isLong ? 7_200_000 : 180_000;

const folder = temporaryFolder();
const recordings = folder.file('recordings');
const home = folder.file('home');
afterAll(() => {
  folder[Symbol.dispose]();
});

const nameOf = (at: number): string => `episode ${String(at + 1).padStart(3, '0')}.mp3`;
const broken = join(recordings, 'season 2', 'not a recording.mp3');

/** Noise in bursts as if somebody spoke, no two alike, with words beside each; one file in a folder below is none. */
beforeAll(async () => {
  mkdirSync(join(recordings, 'season 2'), { recursive: true });
  for (let at = 0; at < EPISODES; at += 1) {
    const source = `anoisesrc=color=pink:amplitude=0.3:seed=${at + 1}:duration=${EPISODE_S},volume='0.2+0.8*gt(mod(t,3),0.7)':eval=frame`;
    const path = join(recordings, nameOf(at));
    await execa('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-ac', '1', '-b:a', '48k', path]);
    const cues = Array.from({ length: EPISODE_S / 4 }, (_, i) => {
      const clock = (s: number): string => new Date(s * 1000).toISOString().slice(11, 23);
      return `${clock(4 * i)} --> ${clock(4 * i + 3.5)}\nThis is what was said as number ${i} here.\n`;
    });
    writeFileSync(path.replace('.mp3', '.vtt'), `WEBVTT\n\n${cues.join('\n')}`);
  }
  writeFileSync(broken, 'this is not sound\n'.repeat(4000));
  writeFileSync(join(recordings, 'notes.txt'), 'nor is this');
}, PATIENCE_MS);

const batch = (...args: string[]): string[] => ['batch', ...args, '--report', folder.file('report')];
/** One recording waits at a time, so that the others have to come as places get free. */
const run = (...args: string[]): Promise<CliRun> =>
  soundbite(home, batch(...args), { SOUNDBITE_MAX_QUEUE_SIZE: '1' });

const Line = z.discriminatedUnion('event', [
  BatchOutcome.extend({ event: z.literal('episode'), progress: BatchProgress }),
  z.object({
    event: z.literal('summary'),
    progress: BatchProgress,
    episodes: z.array(BatchOutcome),
    report: z.array(z.string()),
  }),
]);
const linesOf = ({ stdout }: CliRun) => stdout.split('\n').map((line) => Line.parse(JSON.parse(line)));
const summaryOf = (cli: CliRun) => {
  const last = linesOf(cli).at(-1);
  if (last?.event !== 'summary') throw new Error(`no summary in ${cli.stdout}`);
  return last;
};

const Jobs = z.object({ jobs: z.array(Job) });
async function intakes(state: 'completed' | 'failed'): Promise<Job[]> {
  const { jobs } = Jobs.parse(
    (await soundbite(home, ['queue', 'list', state, '--lane', 'intake', '--limit', '500', '--json'])).json(),
  );
  return jobs;
}

/** Resolves when so many episodes are ready, or the process that works on them has ended. */
async function readyOr(ended: Promise<unknown>, wanted: number): Promise<void> {
  const engine = await openEngineAt(home);
  try {
    const enough = new Promise<void>((resolve) => {
      const look = (): void => {
        if (engine.episodes.list().filter(({ state }) => state === 'ready').length >= wanted) resolve();
      };
      engine.on('episodes.changed', look);
      look();
    });
    await Promise.race([enough, ended]);
  } finally {
    await engine.close();
  }
}

describe('a batch', () => {
  test(
    'that is killed goes on where it was, does nothing twice, and tells what failed',
    async () => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const working = startSoundbite(home, batch(recordings, '--resume', '--json'));
        await readyOr(working.ended, Math.floor(((kill + 1) * EPISODES) / (KILLS + 2)));
        working.send('SIGKILL');
        expect((await working.ended).code).toBe(-1);
      }
      const { progress, episodes } = summaryOf(await run('--resume', '--json'));
      expect(progress.total).toBe(EPISODES + 1);
      expect(progress.done + progress.skipped).toBe(EPISODES);
      expect(progress.skipped).toBeGreaterThan(0);
      // Where the kill came late it had failed before, and is left.
      const failed = episodes.filter(({ state }) => state !== 'done' && state !== 'skipped');
      expect(failed.map(({ path, problem }) => [path, problem?.includes('NO_AV_STREAM')])).toEqual([
        [broken, true],
      ]);
      const completed = await intakes('completed');
      expect(completed.map(({ label }) => label).sort()).toEqual(
        Array.from({ length: EPISODES }, (_, at) => nameOf(at)),
      );
      expect(completed.every(({ origin }) => origin === 'automatic')).toBe(true);
    },
    PATIENCE_MS,
  );

  test('leaves what is complete when it is resumed again, and what failed until somebody asks', async () => {
    const again = await run('--resume');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('0 done, 0 failed');
    expect(again.stdout).toContain(`${EPISODES} were complete already; 1 were left`);
    expect(again.stderr).toBe('');
  });

  test('runs exactly what failed again, once it is mended, and reports it', async () => {
    copyFileSync(join(recordings, nameOf(0)), broken);
    writeFileSync(broken, Buffer.concat([readFileSync(broken), Buffer.alloc(512)]));
    const retried = await run('--retry-failed', '--json');
    const { progress, episodes, report } = summaryOf(retried);
    expect([retried.code, progress.total, progress.done]).toEqual([0, 1, 1]);
    expect(episodes).toMatchObject([{ path: broken, state: 'done' }]);
    expect(await intakes('failed')).toEqual([]);
    expect(readdirSync(folder.file('report')).filter((name) => name.endsWith('.partial'))).toEqual([]);
    const [page = '', data = ''] = report;
    expect(readFileSync(page, 'utf8')).toContain('1 done, 0 failed');
    expect(JSON.parse(readFileSync(data, 'utf8'))).toMatchObject({ progress: { done: 1 } });
  });

  test('of nothing is wrong usage', async () => {
    const nothing = await soundbite(folder.file('empty'), ['batch', '--json']);
    expect([nothing.code, ErrorDocument.parse(nothing.json()).error.code]).toEqual([2, 'BAD_INPUT']);
  });
});
