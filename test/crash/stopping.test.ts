import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../main/engine/createEngine.ts';
import { runFfmpeg } from '../../main/engine/media/ffmpeg.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { Watchdog } from '../../main/engine/media/watchdog.ts';
import { Stop } from '../../main/domain/job.ts';
import { FFMPEG_BUILDS } from '../support/sources.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';
import { requestLongExport } from './mixedWork.ts';
import { openEngine, openScene, sceneEnvironment, type Scene } from './scene.ts';
import { isHalfWritten, processesIn, until } from './workProcess.ts';

/** From the request to the end of the child and of its files. */
const CANCELLED_WITHIN_MS = 2_000;

/**
 * An ffmpeg that writes a little of an export and then neither goes on nor ends when it is asked to; by itself it ends
 * after half a minute.
 */
function writeDeafFfmpeg(folder: TemporaryFolder): string {
  const path = folder.file('ffmpeg');
  const script = `#!/bin/sh
for last; do :; done
case "$last" in
  *.soundbite-partial*) trap '' TERM; echo half > "\${last#file:}"; exec sleep 30 ;;
  *) exec '${FFMPEG_BUILDS.npm.FFMPEG_PATH}' "$@" ;;
esac
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

/** An engine with a long export that has begun to write its file. */
async function startExport(scene: Scene, env: NodeJS.ProcessEnv): Promise<{ engine: Engine; jobId: number }> {
  const engine = await openEngine(env);
  await requestLongExport(engine, scene.out);
  await until(() => isHalfWritten(scene.out));
  return { engine, jobId: engine.queue.overview.newestId() };
}

describe.each([
  { ffmpeg: 'a real ffmpeg', environment: () => ({}) },
  {
    ffmpeg: 'an ffmpeg that does not listen',
    environment: ({ folder }: Scene) => ({ FFMPEG_PATH: writeDeafFfmpeg(folder) }),
  },
])('a cancelled export with $ffmpeg', ({ environment }) => {
  test('ends its child within two seconds and leaves no file', async () => {
    using scene = await openScene();
    const env = { ...sceneEnvironment(scene.home), ...environment(scene) };
    const { engine, jobId } = await startExport(scene, env);
    try {
      expect(processesIn(scene.folder.path).length).toBeGreaterThan(0);
      const askedMs = performance.now();
      await engine.queue.cancel(jobId);
      const [job] = await engine.queue.settled([jobId]);
      const tookMs = performance.now() - askedMs;
      expect(job).toMatchObject({ state: 'cancelled', failure: null });
      expect(processesIn(scene.folder.path)).toEqual([]);
      // The promise is in seconds, so this one test holds it to seconds.
      expect(tookMs).toBeLessThan(CANCELLED_WITHIN_MS);
    } finally {
      await engine.close();
    }
    expect(readdirSync(scene.out)).toEqual([]);
    expect(readdirSync(`${scene.home}/work`)).toEqual([]);
    expect(readdirSync(`${scene.home}/run/children`)).toEqual([]);
  });
});

test('an ffmpeg that does not listen is stopped for good once it hangs', async () => {
  using folder = temporaryFolder();
  const tools = { ...(await findTools(FFMPEG_BUILDS.npm)), ffmpeg: writeDeafFfmpeg(folder) };
  const target = `file:${folder.file('.soundbite-partial')}`;
  const command = {
    inputs: [{ source: 'anullsrc', options: ['-f', 'lavfi'] }],
    outputs: [{ target, options: ['-f', 'wav'] }],
  };
  await expect(runFfmpeg(tools, command, { cwd: folder.path, stallMs: 300 })).rejects.toMatchObject({
    code: 'FFMPEG_STALLED',
  });
  expect(processesIn(folder.path)).toEqual([]);
});

test('what ends a run is the reason it was stopped for', async () => {
  using folder = temporaryFolder();
  const tools = await findTools(FFMPEG_BUILDS.npm);
  const abort = new AbortController();
  const command = {
    inputs: [{ source: 'anullsrc', options: ['-f', 'lavfi', '-re'] }],
    outputs: [{ target: '-', options: ['-t', '60', '-f', 'null'] }],
  };
  const running = runFfmpeg(tools, command, {
    cwd: folder.path,
    signal: abort.signal,
    expectedS: 60,
    onProgress: () => {
      abort.abort(new Stop('cancel'));
    },
  });
  await expect(running).rejects.toEqual(new Stop('cancel'));
});

/** Blocks this whole process, as a sleeping machine does. */
const sleepWithoutRunning = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

describe('the watchdog', () => {
  test('calls a child hung that was not heard of for long enough', async () => {
    const hung = await new Promise<string>((resolve) => {
      new Watchdog(200, () => {
        resolve('hung');
      });
    });
    expect(hung).toBe('hung');
  });

  test('takes a machine that slept for no hang: it counts anew from the waking on', async () => {
    const STALL_MS = 400;
    const SLEPT_MS = 3_000;
    const startedMs = performance.now();
    const hungAfterMs = await new Promise<number>((resolve) => {
      new Watchdog(STALL_MS, () => {
        resolve(performance.now() - startedMs);
      });
      sleepWithoutRunning(SLEPT_MS);
    });
    expect(hungAfterMs).toBeGreaterThan(SLEPT_MS + STALL_MS / 2);
  });
});
