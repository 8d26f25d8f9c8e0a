import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTools } from '../../main/engine/media/tools.ts';
import { BUILDS, renderStage, type RenderStage } from '../support/renderStage.ts';

/** A white flash of 0.1 s and a beep that start at the fifth second of every ten. */
const flash = (framesPerSecond: number) => [
  ...['-f', 'lavfi', '-i'],
  `color=black:s=320x180:r=${framesPerSecond},drawbox=t=fill:c=white:enable='between(mod(t,10),5,5.099)'`,
];
const FLASH = flash(30);
const BEEP = [
  ...[
    '-f',
    'lavfi',
    '-i',
    "aevalsrc='0.02*sin(2*PI*200*t)+0.5*sin(2*PI*1000*t)*between(mod(t,10),5,5.1)':s=48000",
  ],
];
const BARE = { preset: 'square', captionStyle: 'none', title: '' } as const;
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

const decoded = async (path: string, args: readonly string[]): Promise<Buffer> => {
  const { ffmpeg } = await findTools();
  const { stdout } = await execa(ffmpeg, ['-nostdin', '-v', 'error', '-i', path, ...args, '-'], {
    encoding: 'buffer',
    maxBuffer: 256 * 1024 * 1024,
  });
  return Buffer.from(stdout);
};

/** When the first bright picture is shown; the middle of the frame is where the source's picture is. */
async function flashAtS(path: string): Promise<number> {
  const luma = await decoded(path, ['-vf', 'crop=64:64:508:388,scale=1:1,format=gray', '-f', 'rawvideo']);
  return luma.findIndex((level) => level > 128) / 30;
}

async function beepAtS(path: string): Promise<number> {
  const sound = await decoded(path, ['-ac', '1', '-ar', '48000', '-f', 'f32le']);
  const samples = new Float32Array(sound.buffer, sound.byteOffset, Math.floor(sound.length / 4));
  return samples.findIndex((sample) => Math.abs(sample) > 0.2) / 48_000;
}

describe.each(BUILDS)('sound and picture with $build', ({ env }) => {
  let stage: RenderStage;
  beforeAll(async () => {
    stage = await renderStage(env);
  });
  afterAll(() => {
    stage[Symbol.dispose]();
  });

  const cases: { source: string; name: string; args: string[]; range: [number, number]; atS: number }[] = [
    {
      source: 'cut deep into a file with a key frame every 20 s',
      name: 'long-gop.mp4',
      args: [...FLASH, ...BEEP, '-t', '60', ...H264, '-g', '600', '-keyint_min', '600', '-sc_threshold', '0'],
      range: [43.217, 46.217],
      atS: 45 - 43.217,
    },
    {
      source: 'whose clock starts at 3.2 s',
      name: 'late-clock.mkv',
      args: [...FLASH, ...BEEP, '-t', '20', ...H264, '-output_ts_offset', '3.2'],
      range: [3, 6],
      atS: 2,
    },
    {
      source: 'with a picture that changes only when something happens',
      name: 'variable.mkv',
      args: [
        ...FLASH,
        ...BEEP,
        '-t',
        '20',
        '-vf',
        'mpdecimate=max=60',
        '-vsync',
        'vfr',
        ...H264,
        '-g',
        '500',
      ],
      range: [13.5, 16.5],
      atS: 1.5,
    },
    {
      source: 'of 25 pictures a second',
      name: 'pal.mp4',
      args: [...flash(25), ...BEEP, '-t', '20', ...H264],
      range: [13.34, 16.34],
      atS: 15 - 13.34,
    },
  ];

  test.each(cases)(
    'meet within 20 ms in a clip from a source $source',
    async ({ name, args, range, atS }) => {
      const source = await stage.generate(name, args);
      const { path } = await stage.render(source, range, BARE);
      const [flashS, beepS] = await Promise.all([flashAtS(path), beepAtS(path)]);
      expect(Math.abs(beepS - atS)).toBeLessThan(0.005);
      expect(Math.abs(flashS - beepS)).toBeLessThanOrEqual(0.02);
    },
  );

  test('meet when the sound of the source starts late', async () => {
    const source = await stage.generate('late-sound.mkv', [
      ...FLASH,
      ...['-itsoffset', '1.3', ...BEEP],
      ...['-t', '12', '-map', '0:v', '-map', '1:a', ...H264],
    ]);
    const { path } = await stage.render(source, [3, 7], BARE);
    expect(await beepAtS(path)).toBeCloseTo(3.3, 1);
    expect(await flashAtS(path)).toBeCloseTo(2, 1);
  });
});

test('a picture that was held since before the cut is shown from the first frame on', async () => {
  using stage = await renderStage();
  // White until 8 s, then black: one picture each, eight seconds apart.
  const source = await stage.generate('slides.mkv', [
    ...['-f', 'lavfi', '-i', "color=black:s=320x180:r=30,drawbox=t=fill:c=white:enable='lt(t,8)'"],
    ...['-f', 'lavfi', '-i', 'sine=220', '-t', '16'],
    ...['-vf', 'mpdecimate=max=1000', '-vsync', 'vfr', ...H264],
  ]);
  const { path } = await stage.render(source, [6, 9], BARE);
  const luma = await decoded(path, ['-vf', 'crop=64:64:508:388,scale=1:1,format=gray', '-f', 'rawvideo']);
  expect(luma.findIndex((level) => level < 128) / 30).toBeCloseTo(2, 1);
});
