import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runFfmpeg, tryFfmpeg } from '../../main/engine/media/ffmpeg.ts';
import { probe } from '../../main/engine/media/ffprobe.ts';
import { mediaInput, ownInput } from '../../main/engine/media/inputs.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { findTools } from '../../main/engine/media/tools.ts';

const system = await findTools({ PATH: process.env['PATH'] ?? '' });
const bundled = await findTools({ ...process.env, PATH: '' });
const folder = await mkdtemp(join(tmpdir(), 'soundbite-programs-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const toNull = { target: '-', options: ['-map', '0:a', '-f', 'null'] };

/** A program that stands in for ffprobe and misbehaves on purpose. */
async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

function tone(name: string, durationS: number): string {
  const path = join(folder, name);
  execFileSync(system.ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', `sine=d=${durationS}`, path]);
  return path;
}

describe.each([
  { build: 'system', tools: system },
  { build: 'npm', tools: bundled },
])('the $build ffmpeg', ({ build, tools }) => {
  test('says how far it got and reports its way there', async () => {
    const path = tone(`three-${build}.wav`, 3);
    const seen: number[] = [];
    const { positionS } = await runFfmpeg(
      tools,
      { inputs: [mediaInput(path)], outputs: [toNull] },
      { cwd: folder, expectedS: 3, onProgress: (fraction) => seen.push(fraction) },
    );
    expect(positionS).toBeCloseTo(3, 2);
    expect(seen.at(-1)).toBe(1);
  });

  test('that waits for ever is stopped and called stalled', async () => {
    const pipe = join(folder, `${build}.pipe`);
    execFileSync('mkfifo', [pipe]);
    const command = { inputs: [ownInput(pipe, 'wav')], outputs: [toNull] };
    const running = runFfmpeg(tools, command, { cwd: folder, stallMs: 300 });
    await expect(running).rejects.toMatchObject({ code: 'FFMPEG_STALLED' });
  });

  test('that fails says so with its last words, or answers how it failed where that is asked', async () => {
    const path = join(folder, `text-${build}.wav`);
    await writeFile(path, 'not sound');
    const command = { inputs: [mediaInput(path)], outputs: [toNull] };
    await expect(runFfmpeg(tools, command, { cwd: folder })).rejects.toMatchObject({
      code: 'FFMPEG_FAILED',
      message: expect.stringContaining('Invalid') as string,
    });
    const attempt = await tryFfmpeg(tools, command, { cwd: folder });
    expect(attempt).toMatchObject({ exitCode: 1, positionS: 0, failure: { code: 'FFMPEG_FAILED' } });
  });

  test('never overwrites a file', async () => {
    const path = tone(`once-${build}.wav`, 1);
    const target = join(folder, `kept-${build}.wav`);
    await writeFile(target, 'mine');
    const output = { target: `file:${target}`, options: ['-map', '0:a', '-f', 'wav'] };
    const running = runFfmpeg(tools, { inputs: [mediaInput(path)], outputs: [output] }, { cwd: folder });
    await expect(running).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
    expect(await readFile(target, 'utf8')).toBe('mine');
  });
});

describe('ffprobe', () => {
  test('that says more than 8 MiB is stopped and the file refused', async () => {
    const ffprobe = await program('chatter', 'exec yes "a header without end"');
    const path = tone('chatter.wav', 1);
    const asked = probe({ ...system, ffprobe }, path, { cwd: folder });
    await expect(asked).rejects.toMatchObject({ code: 'UNREADABLE_MEDIA' });
  });

  test('that cannot be started is a missing tool, not a bad recording', async () => {
    const path = tone('start.wav', 1);
    const asked = probe({ ...system, ffprobe: join(folder, 'nowhere') }, path, { cwd: folder });
    await expect(asked).rejects.toMatchObject({ code: 'FFMPEG_MISSING' });
  });

  test('gets four variables and every guard before the one file it may read', async () => {
    const record = join(folder, 'record');
    const ffprobe = await program('recorder', `{ env | cut -d= -f1; printf '%s\\n' "$@"; } > '${record}'`);
    const path = tone('guarded.wav', 1);
    process.env['FFREPORT'] = 'file=/tmp/leak.log';
    try {
      await probe({ ...system, ffprobe }, path, { cwd: folder });
    } finally {
      delete process.env['FFREPORT'];
    }
    const lines = (await readFile(record, 'utf8')).trim().split('\n');
    const names = lines
      .slice(0, lines.indexOf('-v'))
      .filter((name) => !['PWD', '_', 'SHLVL', 'OLDPWD'].includes(name));
    expect(names.toSorted()).toEqual(['HOME', 'LANG', 'PATH', 'TMPDIR']);
    const input = lines.indexOf('-i');
    for (const guard of ['-protocol_whitelist', '-format_whitelist', '-max_pixels']) {
      expect(lines.indexOf(guard)).toBeGreaterThan(0);
      expect(lines.indexOf(guard)).toBeLessThan(input);
    }
    expect(lines[input + 1]).toBe(`file:${path}`);
  });

  test('that is stopped ends with the reason it was stopped for', async () => {
    const reason = new Error('enough');
    const path = tone('stopped.wav', 1);
    const asked = judge(system, path, { cwd: folder, signal: AbortSignal.abort(reason) });
    await expect(asked).rejects.toBe(reason);
  });
});

test('an hour is judged from its packets and its ends: twelve times the length costs less than five times as much', async () => {
  const [short, long] = [tone('minutes.flac', 300), tone('hour.flac', 3600)];
  const tookMs = async (path: string): Promise<number> => {
    const started = performance.now();
    await judge(system, path, { cwd: folder });
    return performance.now() - started;
  };
  expect(await judge(system, long, { cwd: folder })).toMatchObject({
    durationS: 3600,
    warnings: [],
    sizeBytes: (await stat(long)).size,
  });
  const shortMs = Math.min(await tookMs(short), await tookMs(short));
  const longMs = Math.min(await tookMs(long), await tookMs(long));
  expect(longMs / shortMs).toBeLessThan(5);
});
