import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTools } from '../../main/engine/media/tools.ts';
import { BUILDS, renderStage, type RenderStage } from '../support/renderStage.ts';

const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
/** A white flash and a beep of 0.1 s at every whole second, over a steady hum. */
const CLAPS = [
  ...['-f', 'lavfi', '-i', "color=black:s=320x180:r=30,drawbox=t=fill:c=white:enable='lt(mod(t,1),0.099)'"],
  ...[
    ...['-f', 'lavfi', '-i'],
    "aevalsrc='0.03*sin(2*PI*200*t)+0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.1)':s=48000",
  ],
];
const HUM = ['-f', 'lavfi', '-i', "aevalsrc='0.4*sin(2*PI*310*t)+0.1*sin(2*PI*930*t)':s=44100"];
const BARE = { preset: 'square', captionStyle: 'none', title: '' } as const;

const decoded = async (path: string, args: readonly string[]): Promise<Buffer> => {
  const { ffmpeg } = await findTools();
  const { stdout } = await execa(ffmpeg, ['-nostdin', '-v', 'error', '-i', path, ...args, '-'], {
    encoding: 'buffer',
    maxBuffer: 256 * 1024 * 1024,
  });
  return Buffer.from(stdout);
};

async function samplesOf(path: string): Promise<Float32Array> {
  const sound = await decoded(path, ['-ac', '1', '-ar', '48000', '-f', 'f32le']);
  return new Float32Array(sound.buffer, sound.byteOffset, Math.floor(sound.length / 4));
}

/** Where something begins that is there in one step and was not in the one before. */
const beginnings = (isOn: readonly boolean[], stepS: number): number[] =>
  isOn.flatMap((on, index) => (on && isOn[index - 1] === false ? [index * stepS] : []));

async function flashesS(path: string): Promise<number[]> {
  const luma = await decoded(path, ['-vf', 'crop=64:64:508:388,scale=1:1,format=gray', '-f', 'rawvideo']);
  return beginnings(
    [...luma].map((level) => level > 128),
    1 / 30,
  );
}

async function beepsS(path: string): Promise<number[]> {
  const samples = await samplesOf(path);
  const blocks = Array.from({ length: Math.floor(samples.length / 48) }, (_, block) =>
    samples.subarray(block * 48, block * 48 + 48).some((sample) => Math.abs(sample) > 0.2),
  );
  // A beep crosses zero: it has ended when it stays away for 20 ms.
  const isOn = blocks.map((_, at) => blocks.slice(Math.max(0, at - 20), at + 1).some(Boolean));
  return beginnings(isOn, 0.001);
}

describe.each(BUILDS)('a clip of several ranges with $build', ({ env }) => {
  let stage: RenderStage;
  beforeAll(async () => {
    stage = await renderStage(env);
  });
  afterAll(() => {
    stage[Symbol.dispose]();
  });

  test('keeps sound and picture within 20 ms after every join, whether it reads on or seeks', async () => {
    const source = await stage.generate('claps.mp4', [...CLAPS, '-t', '40', ...H264, '-g', '250']);
    // Every length is off the frame grid, so that an offset would add up: near, nearer, far away, back.
    const ranges = [
      [2.511, 3.918],
      [4.607, 6.314],
      [6.911, 8.518],
      [30.457, 32.264],
      [12.703, 14.41],
      [14.853, 16.16],
    ].map(([fromS = 0, toS = 0]) => ({ episodeId: 'episode', fromS, toS }));
    const made = await stage.render(source, [0, 1], { ...BARE, ranges });
    const [flashes, beeps] = [await flashesS(made.path), await beepsS(made.path)];
    expect(made.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect([flashes.length, beeps.length]).toEqual([11, 11]);
    const offsets = beeps.map((beepS) => Math.min(...flashes.map((flashS) => Math.abs(flashS - beepS))));
    expect(Math.max(...offsets)).toBeLessThanOrEqual(0.02);
    expect(made.durationS).toBeCloseTo(
      ranges.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0),
      1,
    );
  });

  test('does not click where it is joined: the step from sample to sample stays under -40 dBFS', async () => {
    const source = await stage.generate('hum.wav', [...HUM, '-t', '20']);
    const ranges = [
      [1.1137, 3.2091],
      [3.7713, 5.0019],
      [15.337, 17.004],
    ].map(([fromS = 0, toS = 0]) => ({ episodeId: 'episode', fromS, toS }));
    const made = await stage.render(source, [0, 1], { ...BARE, layout: 'audiogram', ranges });
    const samples = await samplesOf(made.path);
    let joinS = 0;
    for (const { fromS, toS } of ranges.slice(0, -1)) {
      joinS += toS - fromS;
      const at = Math.round(joinS * 48_000);
      const around = samples.subarray(at - 24, at + 24);
      const steps = [...around].map((sample, index) => Math.abs(sample - (around[index - 1] ?? sample)));
      expect(20 * Math.log10(Math.max(...steps))).toBeLessThan(-40);
    }
    expect(made.proof.checks.find(({ name }) => name === 'cuts-silent')).toMatchObject({ passed: true });
  });
});
