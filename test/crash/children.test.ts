import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { childRecords, endOrphans } from '../../main/engine/media/children.ts';
import { identifyByProc, identifyByPs } from '../../main/engine/media/processIdentity.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openScene, sceneEnvironment, type Scene } from './scene.ts';
import { isHalfWritten, processesIn, until, untilNobodyIn } from './workProcess.ts';

const { launcher } = await findTools();
const GONE_MS = 2_000;

const recordsIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** Starts a process with a long export and ends it, as a power cut would, once ffmpeg has begun to write. */
async function killInTheMiddle(scene: Scene, env: NodeJS.ProcessEnv): Promise<number[]> {
  await using engine = await scene.start({ longExport: true }, env);
  await until(() => isHalfWritten(scene.out));
  const children = processesIn(scene.folder.path);
  expect(recordsIn(join(scene.home, 'run/children'))).toEqual(children.map((pid) => `${pid}.json`));
  expect(children).toHaveLength(1);
  engine.send('SIGKILL');
  await engine.ended;
  return children;
}

describe('ffmpeg does not outlive the program that started it', () => {
  test.skipIf(launcher === undefined)('where the system can end it with its parent', async () => {
    using scene = await openScene();
    await killInTheMiddle(scene, sceneEnvironment(scene.home));
    expect(await untilNobodyIn(scene.folder.path, GONE_MS)).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('elsewhere beyond the next start', async () => {
    using scene = await openScene();
    const env = { ...sceneEnvironment(scene.home), PATH: '' };
    const orphans = await killInTheMiddle(scene, env);
    expect(processesIn(scene.folder.path)).toEqual(orphans);

    await using next = await scene.start({}, env);
    await next.hear(({ said }) => said === 'claimed');
    expect(processesIn(scene.folder.path).filter((pid) => orphans.includes(pid))).toEqual([]);
  });
});

/** A program that does nothing for a minute. */
async function startBystander() {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return {
    child,
    pid: child.pid ?? 0,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

const nobody = (): boolean => false;

const READERS = [
  { by: 'proc', identify: identifyByProc, isHere: process.platform === 'linux' },
  { by: 'ps', identify: identifyByPs, isHere: process.platform !== 'win32' },
];

describe.each(READERS.filter(({ isHere }) => isHere))('a record, proved by $by,', ({ identify }) => {
  test('goes with its child', async () => {
    using folder = temporaryFolder();
    await using program = await startBystander();
    const records = childRecords(folder.path, () => 'worker', identify);
    await records.note(program.child, process.execPath, false);
    expect(recordsIn(folder.path)).toEqual([`${program.pid}.json`]);
    program.child.kill('SIGKILL');
    await once(program.child, 'exit');
    expect(recordsIn(folder.path)).toEqual([]);
  });

  test('ends the program of a dead worker, and leaves that of a living one', async () => {
    using folder = temporaryFolder();
    await using orphan = await startBystander();
    await using other = await startBystander();
    await childRecords(folder.path, () => 'dead', identify).note(orphan.child, process.execPath, false);
    await childRecords(folder.path, () => 'living', identify).note(other.child, process.execPath, false);
    const ended = once(orphan.child, 'exit');
    expect(await endOrphans(folder.path, (id) => id === 'living', identify)).toBe(1);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(other.isAlive()).toBe(true);
    expect(recordsIn(folder.path)).toEqual([`${other.pid}.json`]);
  });

  test.each([
    { differs: 'start', change: { startedAt: 'Sun Nov 22 18:26:53 2020' } },
    { differs: 'executable', change: { executable: '/usr/bin/ffmpeg' } },
  ])('whose number has gone to a process of another $differs harms nobody', async ({ change }) => {
    using folder = temporaryFolder();
    await using innocent = await startBystander();
    const seen = await identify(innocent.pid);
    expect(seen).toMatchObject({
      startedAt: expect.stringMatching(/\d/) as string,
      executable: expect.stringMatching(/./) as string,
    });
    const record = { pid: innocent.pid, workerId: 'dead', ...seen, ...change };
    writeFileSync(folder.file(`${innocent.pid}.json`), JSON.stringify(record));
    expect(await endOrphans(folder.path, nobody, identify)).toBe(0);
    expect(innocent.isAlive()).toBe(true);
    expect(recordsIn(folder.path)).toEqual([]);
  });
});

test('a record that was cut off is forgotten, unless it may just be being written', async () => {
  using folder = temporaryFolder();
  await using running = await startBystander();
  await using gone = await startBystander();
  gone.child.kill('SIGKILL');
  await once(gone.child, 'exit');
  for (const { pid } of [running, gone]) writeFileSync(folder.file(`${pid}.json`), '{"pid":');
  expect(await endOrphans(folder.path, nobody)).toBe(0);
  expect(recordsIn(folder.path)).toEqual([`${running.pid}.json`]);
});

test('a process that does not work writes no records', async () => {
  using folder = temporaryFolder();
  await using program = await startBystander();
  await childRecords(folder.path, () => undefined).note(program.child, process.execPath, false);
  expect(recordsIn(folder.path)).toEqual([]);
});
