import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { analyse, readLevels } from '../../main/engine/media/analyse.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { groupMicrophones, mixMicrophones } from '../../main/engine/media/microphones.ts';
import { findTools, type MediaTools } from '../../main/engine/media/tools.ts';

const system = await findTools({ PATH: process.env['PATH'] ?? '' });
const bundled = await findTools({ ...process.env, PATH: '' });
const folder = await mkdtemp(join(tmpdir(), 'soundbite-microphones-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A microphone that hears a tone of its own during some seconds. */
function record(name: string, amplitude: number, during: string, durationS: number, channels = 1): string {
  const path = join(folder, name);
  const voice = `${amplitude}*sin(600*PI*t)*${during}`;
  const source = `aevalsrc=${Array.from({ length: channels }, () => voice).join('|')}:s=44100:d=${durationS}`;
  execFileSync(system.ffmpeg, [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-c:a', 'pcm_s24le'],
    path,
  ]);
  return path;
}

async function levelsOf(tools: MediaTools, path: string) {
  const outDir = await mkdtemp(join(folder, 'out-'));
  const facts = await judge(tools, path, { cwd: outDir });
  const [audio] = facts.audio;
  if (audio === undefined) throw new Error('no sound');
  const analysis = await analyse(tools, { path, audio, durationS: facts.durationS, outDir });
  const { rmsDbfs } = await readLevels(analysis.levelsPath);
  return { facts, levelAt: (atS: number) => rmsDbfs[Math.round(atS * 100)] ?? NaN };
}

const anna = record('ep12-anna.wav', 0.5, 'between(t\\,1\\,2)', 6);
const ben = record('ep12-ben.wav', 0.05, 'between(t\\,3\\,4)', 4.5, 2);
const cleo = record('ep12-cleo.wav', 0.1, 'between(t\\,5\\,5.8)', 6);

describe.each([
  { build: 'system', tools: system },
  { build: 'npm', tools: bundled },
])('microphones mixed with the $build ffmpeg', ({ build, tools }) => {
  test('keep each voice at its level, also after one recording has ended', async () => {
    const outPath = join(folder, `mix-${build}.flac`);
    const seen: number[] = [];
    await mixMicrophones(tools, [anna, ben, cleo], outPath, {
      cwd: folder,
      durationS: 6,
      onProgress: (fraction) => seen.push(fraction),
    });
    const { facts, levelAt } = await levelsOf(tools, outPath);
    expect(facts).toMatchObject({ format: 'flac', durationS: 6, warnings: [] });
    expect(facts.audio).toMatchObject([{ codec: 'flac', channels: 1, sampleRateHz: 48_000 }]);
    expect(levelAt(1.5)).toBeCloseTo(-9.03, 0);
    expect(levelAt(3.5)).toBeCloseTo(-29.03, 0);
    expect(levelAt(5.4)).toBeCloseTo(-23.01, 0);
    expect(levelAt(2.5)).toBeLessThan(-90);
    expect(seen.at(-1)).toBeCloseTo(1, 1);
  });

  test('that are loud at once are limited instead of clipped', async () => {
    const loud = ['a', 'b', 'c'].map((name) => record(`loud-${name}.wav`, 0.9, '1', 2));
    const outPath = join(folder, `loud-${build}.flac`);
    await mixMicrophones(tools, loud, outPath, { cwd: folder, durationS: 2 });
    const { levelAt } = await levelsOf(tools, outPath);
    // A sine limited to -1 dBFS has a root mean square of -4; clipped to a square wave it would come near 0.
    expect(levelAt(1)).toBeLessThan(-3.5);
    expect(levelAt(1)).toBeGreaterThan(-5);
  });
});

test('a mix that is stopped leaves nothing behind', async () => {
  const outPath = join(folder, 'stopped.flac');
  const reason = new Error('enough');
  const mixing = mixMicrophones(system, [anna, ben], outPath, {
    cwd: folder,
    durationS: 6,
    signal: AbortSignal.abort(reason),
  });
  await expect(mixing).rejects.toBe(reason);
  expect((await readdir(folder)).filter((name) => name.startsWith('stopped'))).toEqual([]);
});

test('real recordings are grouped by what was measured on them', async () => {
  const files = await Promise.all(
    [anna, ben, cleo].map(async (path) => ({ path, facts: await judge(system, path, { cwd: folder }) })),
  );
  expect(groupMicrophones(files)).toEqual([
    {
      name: 'ep 12',
      microphones: [
        { path: anna, speaker: 'Anna' },
        { path: ben, speaker: 'Ben' },
        { path: cleo, speaker: 'Cleo' },
      ],
    },
  ]);
});
