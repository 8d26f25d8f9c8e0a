import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createCaller, type Caller } from '../../main/api/dispatch.ts';
import { createHandlers } from '../../main/api/handlers.ts';
import type { Host } from '../../main/api/host.ts';
import { QueueStatus } from '../../main/contract/queue.ts';
import { Job } from '../../main/domain/job.ts';
import { ProductionStatus } from '../../main/domain/production.ts';
import { createEngine } from '../../main/engine/createEngine.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { root, samplePath, soundbite, startSoundbite, type CliRun } from '../support/cli.ts';
import { ErrorDocument } from '../support/clipDocument.ts';
import { temporaryFolder } from '../support/folder.ts';

const folder = temporaryFolder();
afterAll(() => {
  folder[Symbol.dispose]();
});

const recordings = ['first.m4a', 'second.m4a', 'third.m4a'].map((name) => folder.file(name));
for (const path of recordings) copyFileSync(samplePath, path);
const noRecording = folder.file('notes.mp3');
writeFileSync(noRecording, 'this is not sound\n'.repeat(4000));

const never = (): Promise<never> => Promise.reject(new Error('a test opens no dialogs'));
const host: Host = {
  kind: 'cli',
  hasNativeDialogs: false,
  pickMedia: never,
  pickFolder: never,
  reveal: never,
};

/** Asks a library that nobody works on. */
async function inLibrary<Value>(home: string, act: (call: Caller) => Promise<Value>): Promise<Value> {
  const engine = await createEngine({
    env: { ...process.env, SOUNDBITE_HOME: home },
    resourcesDir: join(root, 'resources'),
    works: false,
    onNotice: () => undefined,
    onBug: (error) => {
      throw error;
    },
  });
  try {
    const open = () => Promise.resolve(engine);
    return await act(createCaller(createHandlers(open, host), () => undefined));
  } finally {
    await engine.close();
  }
}

/** Puts recordings in line; answers the numbers of their jobs. */
const importInto = (home: string, paths: readonly string[]): Promise<number[]> =>
  inLibrary(home, async (call) => {
    const { jobs } = await call('episodes.import', { paths: [...paths] });
    return jobs.map(({ id }) => id);
  });

const Jobs = z.object({ jobs: z.array(Job) });
const statusOf = async (home: string): Promise<QueueStatus> =>
  QueueStatus.parse((await soundbite(home, ['queue', 'status', '--json'])).json());
const pendingIds = async (home: string): Promise<number[]> =>
  (await statusOf(home)).waiting.filter(({ state }) => state === 'pending').map(({ id }) => id);

describe('a queue that nobody works on', () => {
  test('is ordered by hand, and a worker does it in that order and ends when nothing is left for it', async () => {
    const home = folder.file('ordered');
    const [a = 0, b = 0, c = 0] = await importInto(home, recordings);
    expect(await pendingIds(home)).toEqual([a, b, c]);
    await soundbite(home, ['queue', 'move', String(c), '--before', String(a)]);
    expect(await pendingIds(home)).toEqual([c, a, b]);
    await soundbite(home, ['queue', 'move', String(c), '--last']);
    expect(await pendingIds(home)).toEqual([a, b, c]);
    await soundbite(home, ['queue', 'priority', String(b), 'high']);
    expect(await pendingIds(home)).toEqual([b, a, c]);
    await soundbite(home, ['queue', 'pause', String(c)]);
    // What the recordings bring along is another story.
    await soundbite(home, ['queue', 'pause', 'review']);

    const told = await soundbite(home, ['queue', 'status']);
    expect(told.stdout).toContain('0 running, 2 waiting, 1 paused');
    expect(told.stdout).toContain('At work: nobody.');

    const worker = await soundbite(home, ['worker', '--until-idle', '--poll', '0.2'], {
      SOUNDBITE_MAX_CONCURRENT_JOBS: '1',
    });
    expect(worker.code).toBe(0);
    const begun = Array.from(worker.stderr.matchAll(/^#(\d+) .*: begun/gm), ([, id]) => Number(id));
    expect(begun).toEqual([b, a]);
    expect(worker.stderr.match(/: done \(/g)).toHaveLength(2);
    expect(worker.stdout).toBe('2 done, 0 failed, 0 cancelled, 0 put back to wait');
    const { counts, waiting } = await statusOf(home);
    expect(counts).toMatchObject({ completed: 2, paused: 1 });
    const paused = waiting.filter(({ state }) => state === 'paused');
    expect(paused.map(({ id, pausedBecause }) => [id, pausedBecause])).toEqual([[c, 'person']]);
  });

  test('leaves a paused lane alone, and ends', async () => {
    const home = folder.file('lane');
    await importInto(home, recordings.slice(0, 1));
    await soundbite(home, ['queue', 'pause', 'intake']);
    const worker = await soundbite(home, ['worker', '--until-idle', '--json']);
    expect(worker.json()).toEqual({ done: 0, failed: 0, cancelled: 0, parked: 0 });
    expect((await soundbite(home, ['queue', 'status'])).stdout).toContain(
      'Paused by you: the intake lane. "soundbite queue resume intake" lets it go on.',
    );
  });
});

describe('what failed', () => {
  test('is told with its sentence, run again on request, and forgotten on request', async () => {
    const home = folder.file('failed');
    const [id = 0] = await importInto(home, [noRecording]);
    const work = () => soundbite(home, ['worker', '--until-idle', '--json']);
    expect((await work()).json()).toMatchObject({ failed: 1 });
    const told = (await soundbite(home, ['queue', 'status'])).stdout;
    expect(told).toContain('There is no sound or picture in that file.');
    expect(told).toContain('(NO_AV_STREAM)');
    const retried = QueueStatus.parse((await soundbite(home, ['queue', 'retry', 'failed', '--json'])).json());
    expect(retried.counts).toMatchObject({ failed: 0, pending: 1 });
    expect((await work()).json()).toMatchObject({ failed: 1 });
    await soundbite(home, ['queue', 'retry', String(id)]);
    await work();
    const listed = await soundbite(home, ['queue', 'list', 'failed', '--json']);
    expect(Jobs.parse(listed.json()).jobs.map((job) => job.id)).toEqual([id]);
    const cleaned = await soundbite(home, ['queue', 'clean', 'failed']);
    expect(cleaned.stdout).toBe('Forgot 1 failed job; their files stay.');
    expect((await statusOf(home)).total).toBe(0);
  });

  test('several numbers are all looked at before the first is touched', async () => {
    const home = folder.file('several');
    const [id = 0] = await importInto(home, recordings.slice(0, 1));
    const run = await soundbite(home, ['queue', 'cancel', String(id), '99', '--json']);
    expect([run.code, ErrorDocument.parse(run.json()).error.code]).toEqual([1, 'NOT_FOUND']);
    expect((await statusOf(home)).counts).toMatchObject({ pending: 1, cancelled: 0 });
  });
});

describe('a worker', () => {
  test('is seen by others with the job it works on, and parks it when it is ended', async () => {
    const home = folder.file('parked');
    const long = folder.file('long.m4a');
    const { ffmpeg } = await findTools();
    await execa(ffmpeg, [
      '-v',
      'error',
      '-stream_loop',
      '20',
      '-i',
      samplePath,
      '-map',
      '0:a',
      '-c',
      'copy',
      long,
    ]);
    const [id = 0] = await importInto(home, [long]);
    const worker = startSoundbite(home, ['worker', '--batch', '5']);
    await worker.until(/long.*: begun \(intake\)/);
    const { workers, running } = await statusOf(home);
    expect(workers.map(({ role, jobIds }) => ({ role, jobIds }))).toEqual([{ role: 'worker', jobIds: [id] }]);
    expect(running.map((job) => job.id)).toEqual([id]);
    expect((await soundbite(home, ['queue', 'status'])).stdout).toMatch(
      new RegExp(`At work:\n  worker [0-9a-f]{8} \\(process \\d+ on .+\\): #${id}\n`),
    );
    worker.send('SIGTERM');
    const { code, stdout, stderr } = await worker.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/long.*: parked \(/);
    expect(stdout).toBe('0 done, 0 failed, 0 cancelled, 1 put back to wait');
    const after = await statusOf(home);
    expect(after.workers).toEqual([]);
    expect(after.waiting.map((job) => [job.id, job.state, job.attempt])).toEqual([[id, 'pending', 0]]);
  });
});

describe('the production lock', () => {
  const saying = async (home: string, word: string): Promise<[number, unknown]> => {
    const run = await soundbite(home, ['production', word, '--json']);
    return [run.code, ProductionStatus.parse(run.json())];
  };

  test('is overruled by a person over restarts, and followed again', async () => {
    const home = folder.file('lock');
    expect(await saying(home, 'pause')).toMatchObject([0, { reviewPaused: true, override: 'paused' }]);
    expect(await saying(home, 'status')).toMatchObject([0, { reason: 'You paused background review.' }]);
    expect((await soundbite(home, ['production', 'status'])).stdout).toContain('Review: stands aside since ');
    expect(await saying(home, 'follow')).toMatchObject([0, { reviewPaused: false, override: null }]);
    const run = await soundbite(home, ['production', 'resume', '--json']);
    expect([run.code, ErrorDocument.parse(run.json()).error.code]).toEqual([1, 'WRONG_STATE']);
  });
});

interface Refusal {
  readonly args: readonly string[];
  readonly code: string;
  readonly exit: 1 | 2;
}

const refusals: readonly Refusal[] = [
  { args: ['worker', '--batch', '0'], code: 'BAD_INPUT', exit: 2 },
  { args: ['worker', '--batch', '-3'], code: 'BAD_INPUT', exit: 2 },
  { args: ['worker', '--batch', '1.5'], code: 'BAD_INPUT', exit: 2 },
  { args: ['worker', '--poll', '0'], code: 'BAD_INPUT', exit: 2 },
  { args: ['queue', 'retry', '7'], code: 'NOT_FOUND', exit: 1 },
  { args: ['queue', 'resume'], code: 'WRONG_STATE', exit: 1 },
  { args: ['queue', 'resume', 'review'], code: 'WRONG_STATE', exit: 1 },
  { args: ['queue', 'clean', 'pending'], code: 'BAD_INPUT', exit: 2 },
  { args: ['queue', 'priority', '1', 'soon'], code: 'BAD_INPUT', exit: 2 },
  { args: ['queue', 'move', '1'], code: 'BAD_INPUT', exit: 2 },
  { args: ['queue', 'move', '1', '--last'], code: 'NOT_FOUND', exit: 1 },
  { args: ['queue', 'move', '1', '--last', '--before', '2'], code: 'BAD_INPUT', exit: 2 },
  { args: ['queue', 'list', 'waiting'], code: 'BAD_INPUT', exit: 2 },
  { args: ['production'], code: 'BAD_INPUT', exit: 2 },
];

describe('what makes no sense is refused, and changes nothing', () => {
  test.each(refusals)('$args', async ({ args, code, exit }) => {
    const home = folder.file('refusals');
    const run: CliRun = await soundbite(home, [...args, '--json']);
    expect(run.code).toBe(exit);
    expect(ErrorDocument.parse(run.json()).error.code).toBe(code);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});
