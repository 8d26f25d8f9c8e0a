import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { MediaFacts } from '../../main/domain/episode.ts';
import { lengthS } from '../../main/domain/time.ts';
import { analyse, readLevels } from '../../main/engine/media/analyse.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { mapSpeech } from '../../main/engine/media/speechMap.ts';
import { findTools } from '../../main/engine/media/tools.ts';

const system = await findTools({ PATH: process.env['PATH'] ?? '' });
const bundled = await findTools({ ...process.env, PATH: '' });
const folder = await mkdtemp(join(tmpdir(), 'soundbite-analyse-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

function generate(name: string, options: readonly string[]): string {
  const path = join(folder, name);
  execFileSync(system.ffmpeg, ['-v', 'error', '-y', ...options, `file:${path}`]);
  return path;
}

/** A tone of half scale from 0.5 to 1.5 s of every two seconds; an expression for each channel. */
const burst = (gain = 0.5) => `${gain}*sin(880*PI*t)*between(mod(t\\,2)\\,0.5\\,1.5)`;
const bursts = (channels: readonly string[], layout: string, durationS = 6): string[] => [
  ...['-f', 'lavfi', '-i', `aevalsrc=${channels.join('|')}:s=48000:c=${layout}:d=${durationS}`],
];
const SILENT = '0';
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30:d=6'];

interface Heard {
  readonly facts: MediaFacts;
  readonly durationS: number;
  readonly speech: readonly (readonly number[])[];
  readonly speechDbfs: number;
  readonly loudestDbfs: number;
}

async function listen(tools: typeof system, path: string): Promise<Heard> {
  const outDir = await mkdtemp(join(folder, 'out-'));
  const facts = await judge(tools, path, { cwd: outDir });
  const audio = facts.audio[0];
  if (audio === undefined) throw new Error(`${path} has no sound`);
  const analysis = await analyse(tools, { path, audio, durationS: facts.durationS, outDir });
  const levels = await readLevels(analysis.levelsPath);
  const { speech, silences, speechDbfs } = mapSpeech(levels);
  const coveredS = [...speech, ...silences].reduce((sum, range) => sum + lengthS(range), 0);
  expect(coveredS).toBeCloseTo(levels.rmsDbfs.length * levels.blockS, 3);
  return {
    facts,
    durationS: analysis.durationS,
    speech: speech.map(({ fromS, toS }) => [fromS, toS]),
    speechDbfs,
    loudestDbfs: Math.max(...levels.rmsDbfs),
  };
}

const expectBursts = ({ speech }: Heard, delayS = 0) => {
  const wanted = [0.5, 2.5, 4.5].map((fromS) => [fromS + delayS, fromS + delayS + 1]);
  expect(speech).toHaveLength(wanted.length);
  for (const [i, [fromS = 0, toS = 0]] of wanted.entries()) {
    expect(Math.abs((speech[i]?.[0] ?? 0) - fromS)).toBeLessThan(0.06);
    expect(Math.abs((speech[i]?.[1] ?? 0) - toS)).toBeLessThan(0.06);
  }
};

const mono = bursts([burst()], 'mono');
const stereo = bursts([burst(), burst()], 'stereo');
const surround = bursts([SILENT, SILENT, burst(), SILENT, SILENT, SILENT], '5.1');
const files: readonly [name: string, options: readonly string[]][] = [
  ['mono.mp3', [...mono, '-c:a', 'libmp3lame']],
  ['stereo.mp3', [...stereo, '-c:a', 'libmp3lame']],
  ['stereo.m4a', [...stereo, '-c:a', 'aac']],
  ['surround.m4a', [...surround, '-c:a', 'aac']],
  ['stereo.flac', stereo],
  ['stereo.ogg', [...stereo, '-c:a', 'libvorbis']],
  ['stereo.opus', [...stereo, '-c:a', 'libopus']],
  ['24bit.wav', [...stereo, '-c:a', 'pcm_s24le']],
  ['stereo.aiff', stereo],
  ['fullhd.mp4', [...picture, ...stereo, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac']],
  ['sound.webm', [...stereo, '-c:a', 'libopus']],
];
for (const [name, options] of files) generate(name, options);

describe.each([
  { build: 'system', tools: system },
  { build: 'npm', tools: bundled },
])('an episode heard through the $build ffmpeg', ({ tools }) => {
  test.each(files)('%s: its length is measured and its bursts are where they are', async (name) => {
    const heard = await listen(tools, join(folder, name));
    expect(Math.abs(heard.facts.durationS - 6)).toBeLessThan(0.1);
    expect(Math.abs(heard.durationS - 6)).toBeLessThan(0.1);
    expectBursts(heard);
  });

  test('two full-scale channels that are alike are mixed without clipping', async () => {
    const heard = await listen(tools, generate('loud.wav', bursts([burst(0.999), burst(0.999)], 'stereo')));
    expect(heard.loudestDbfs).toBeGreaterThan(-3.2);
    expect(heard.loudestDbfs).toBeLessThan(-2.9);
  });

  test('six full-scale channels that are alike are mixed without clipping', async () => {
    const loud = Array.from({ length: 6 }, () => burst(0.999));
    const heard = await listen(tools, generate('loud51.wav', bursts(loud, '5.1')));
    expect(heard.loudestDbfs).toBeGreaterThan(-3.2);
    expect(heard.loudestDbfs).toBeLessThan(-2.9);
  });

  test('dialogue in the centre of 5.1 is 6 dB down, not lost', async () => {
    const heard = await listen(tools, generate('centre.wav', surround));
    expect(heard.speechDbfs).toBeCloseTo(-9.03 - 6.02, 0);
    expectBursts(heard);
  });

  test('a voice on one side of stereo is heard', async () => {
    const heard = await listen(tools, generate('oneside.wav', bursts([SILENT, burst()], 'stereo')));
    expect(heard.speechDbfs).toBeCloseTo(-9.03 - 6.02, 0);
    expectBursts(heard);
  });

  test('two channels that cancel each other are heard through one of them', async () => {
    const heard = await listen(tools, generate('opposed.wav', bursts([burst(), `-1*${burst()}`], 'stereo')));
    expect(heard.speechDbfs).toBeCloseTo(-9.03, 0);
    expectBursts(heard);
  });

  test('sound that starts a second after the picture keeps the clock of the file', async () => {
    const options = [...picture, '-itsoffset', '1', ...mono, '-c:v', 'libx264', '-preset', 'ultrafast'];
    for (const name of ['late.mp4', 'late.mkv']) {
      const heard = await listen(tools, generate(name, [...options, '-c:a', 'aac', '-t', '7']));
      expectBursts(heard, 1);
    }
  });

  test('a hole in the sound is filled with silence', async () => {
    const gap = ['-af', "aselect='not(between(t,1.9,2.1))'", '-c:a', 'pcm_s16le'];
    const heard = await listen(tools, generate('hole.mkv', [...mono, ...gap]));
    expectBursts(heard);
  });
});

test('the speech file is 16 kHz mono 16-bit, and nothing half-written lies beside it', async () => {
  const outDir = await mkdtemp(join(folder, 'out-'));
  const path = join(folder, 'stereo.flac');
  const facts = await judge(system, path, { cwd: outDir });
  const [audio] = facts.audio;
  if (audio === undefined) throw new Error('no sound');
  const seen: number[] = [];
  const request = { path, audio, durationS: facts.durationS, outDir };
  const { wavPath } = await analyse(system, request, {
    onProgress: (fraction) => seen.push(fraction),
  });
  const header = (await readFile(wavPath)).subarray(0, 44);
  expect({
    channels: header.readUInt16LE(22),
    rateHz: header.readUInt32LE(24),
    bits: header.readUInt16LE(34),
    bytes: header.readUInt32LE(40),
  }).toEqual({ channels: 1, rateHz: 16_000, bits: 16, bytes: 6 * 32_000 });
  expect((await readdir(outDir)).toSorted()).toEqual(['levels.f32', 'speech.wav']);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBe(1);
});

test('an analysis that is stopped throws the reason and leaves nothing behind', async () => {
  const outDir = await mkdtemp(join(folder, 'out-'));
  const path = generate('long.flac', ['-f', 'lavfi', '-i', 'anoisesrc=d=1800:a=0.1:r=16000']);
  const facts = await judge(system, path, { cwd: outDir });
  const [audio] = facts.audio;
  if (audio === undefined) throw new Error('no sound');
  const stop = new AbortController();
  const reason = new Error('enough');
  const running = analyse(
    system,
    { path, audio, durationS: facts.durationS, outDir },
    {
      signal: stop.signal,
      onProgress: () => {
        stop.abort(reason);
      },
    },
  );
  await expect(running).rejects.toBe(reason);
  expect(await readdir(outDir)).toEqual([]);
});

test('a recording cut short is measured by what is left, not by what its header says', async () => {
  const cwd = await mkdtemp(join(folder, 'out-'));
  const whole = generate('whole.mp3', ['-f', 'lavfi', '-i', 'anoisesrc=d=300:a=0.1', '-c:a', 'libmp3lame']);
  const bytes = await readFile(whole);
  const cut = join(folder, 'cut.mp3');
  await writeFile(cut, bytes.subarray(0, bytes.length / 2));
  const facts = await judge(system, cut, { cwd });
  expect(Math.abs(facts.durationS - 150)).toBeLessThan(1);
  expect(facts.warnings).toContain('HEADER_DURATION_WRONG');
});
