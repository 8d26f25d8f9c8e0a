import { access, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProofCheck } from '../../main/domain/exportedFile.ts';
import { PRESETS } from '../../main/domain/preset.ts';
import { Stop } from '../../main/domain/job.ts';
import { frameAt, frameDistancesMs, loudnessOf, probeFile } from '../support/measure.ts';
import { BUILDS, renderStage, type RenderStage, sentence, voiceLike } from '../support/renderStage.ts';

const SPOKEN = [
  sentence('Two hundred people missed the ferry, and nobody had noticed except me.', 2),
  sentence('So on a Thursday night I climbed up there.', 7),
];
const failed = (checks: readonly ProofCheck[]) => checks.filter((check) => !check.passed);
const SAFE = { left: 65, right: 900, top: 270, bottom: 1440 };

/** Rows and columns between which two pictures of 1080x1920 differ clearly; undefined when they do not. */
function changedArea(one: Buffer, other: Buffer): typeof SAFE | undefined {
  let area: typeof SAFE | undefined;
  for (let pixel = 0; pixel < one.length / 3; pixel += 1) {
    const difference = [0, 1, 2].reduce(
      (most, c) => Math.max(most, Math.abs((one[pixel * 3 + c] ?? 0) - (other[pixel * 3 + c] ?? 0))),
      0,
    );
    if (difference < 70) continue;
    const [x, y] = [pixel % 1080, Math.floor(pixel / 1080)];
    area = {
      left: Math.min(area?.left ?? x, x),
      right: Math.max(area?.right ?? x, x),
      top: Math.min(area?.top ?? y, y),
      bottom: Math.max(area?.bottom ?? y, y),
    };
  }
  return area;
}

describe.each(BUILDS)('an export with $build', ({ env }) => {
  let stage: RenderStage;
  beforeAll(async () => {
    stage = await renderStage(env);
  });
  afterAll(() => {
    stage[Symbol.dispose]();
  });

  test('of a 1080p video is what every platform takes, by a measurement of its own', async () => {
    const source = await stage.generate('talk.mp4', [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30', ...voiceLike(14, 'stereo')],
      ...['-t', '14', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:a', '128k'],
    ]);
    const made = await stage.render(source, [2, 8.5], {}, { segments: SPOKEN });
    const measured = await probeFile(made.path);
    const { integratedLufs, truePeakDbtp } = await loudnessOf(made.path);
    expect(failed(made.proof.checks)).toEqual([]);
    expect(measured).toMatchObject({
      video: {
        codec_name: 'h264',
        profile: 'High',
        width: 1080,
        height: 1920,
        pix_fmt: 'yuv420p',
        r_frame_rate: '30/1',
      },
      audio: { codec_name: 'aac', profile: 'LC', sample_rate: '48000', channels: 2 },
    });
    expect(await frameDistancesMs(made.path)).toHaveLength(1);
    expect(Math.abs(measured.durationS - 6.5)).toBeLessThan(0.05);
    expect(Math.abs(integratedLufs + 14)).toBeLessThanOrEqual(0.5);
    expect(truePeakDbtp).toBeLessThanOrEqual(-1);
    expect(made).toMatchObject({ width: 1080, height: 1920, integratedLufs, truePeakDbtp });
    expect(made.captionsText?.replaceAll('\n', ' ')).toMatch(/^Two hundred people missed the ferry,/);
  });

  test('shows its captions inside the safe box at 20, 50 and 80 %, and nothing else differs', async () => {
    const source = await stage.generate('still.mp4', [
      ...['-f', 'lavfi', '-i', 'color=0x446688:s=1280x720:r=30', ...voiceLike(9)],
      ...['-t', '9', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ]);
    const captioned = await stage.render(source, [2, 8], {}, { segments: SPOKEN });
    const bare = await stage.render(source, [2, 8], { captionStyle: 'none' });
    for (const share of [0.2, 0.5, 0.8]) {
      const [one, other] = await Promise.all(
        [captioned, bare].map(({ path, durationS }) => frameAt(path, durationS * share, 1080, 1920)),
      );
      const area = changedArea(one ?? Buffer.of(), other ?? Buffer.of());
      expect(area?.left).toBeGreaterThanOrEqual(SAFE.left);
      expect(area?.right).toBeLessThanOrEqual(SAFE.right);
      expect(area?.top).toBeGreaterThanOrEqual(SAFE.top + 780);
      expect(area?.bottom).toBeLessThanOrEqual(SAFE.bottom);
    }
  });

  test('of sound becomes an audiogram whose waveform moves and whose cover stands', async () => {
    const cover = await stage.generate('cover.png', [
      '-f',
      'lavfi',
      '-i',
      'testsrc=s=600x600:d=0.1',
      '-frames:v',
      '1',
    ]);
    const source = await stage.generate('talk.mp3', [...voiceLike(10), '-b:a', '96k']);
    const made = await stage.render(
      source,
      [1, 7],
      { layout: 'audiogram', captionStyle: 'none' },
      { coverPath: cover },
    );
    expect(failed(made.proof.checks)).toEqual([]);
    const [one, other] = await Promise.all([
      frameAt(made.path, 1, 1080, 1920),
      frameAt(made.path, 4, 1080, 1920),
    ]);
    const area = changedArea(one, other);
    expect(area?.top).toBeGreaterThan(900);
    expect(area?.bottom).toBeLessThanOrEqual(SAFE.bottom);
    expect(area?.left).toBeGreaterThanOrEqual(SAFE.left);
    expect(area?.right).toBeLessThanOrEqual(SAFE.right);
  });

  test('of sound without a cover draws one, and a hostile title changes neither size nor graph', async () => {
    const source = await stage.generate('bare.mp3', [...voiceLike(5), '-b:a', '96k']);
    const title = "it's'[a];movie=secret.mp4[b]:x={\\pos(0,0)}\\N%{pts} 100% {\\p1}m 0 0\u202e";
    const segments = [sentence('{\\an8}up \\Nhere [x];movie=a.mp4 \u0000nul', 0.5)];
    const made = await stage.render(
      source,
      [0, 4],
      { layout: 'audiogram', title, showName: title },
      { segments },
    );
    expect(failed(made.proof.checks)).toEqual([]);
    expect(made.captionsText?.replaceAll('\n', ' ')).toBe('{\\an8}up \\Nhere [x];movie=a.mp4 nul');
  });

  test.each(['x', 'wide', 'linkedin'] as const)('for %s keeps its frame and its safe box', async (preset) => {
    const source = await stage.generate(`${preset}.mp3`, [...voiceLike(4), '-b:a', '96k']);
    const segments = [sentence('Nobody ever told me that.', 0.3)];
    const made = await stage.render(source, [0, 3], { preset, layout: 'audiogram' }, { segments });
    const { width, height } = PRESETS[preset] as { width: number; height: number };
    expect(failed(made.proof.checks)).toEqual([]);
    expect(made).toMatchObject({ width, height });
  });

  test('is the same to the byte when it is made again', async () => {
    const source = await stage.generate('twice.mp3', [...voiceLike(4), '-b:a', '96k']);
    const recipe = { preset: 'square', layout: 'audiogram' } as const;
    const one = await stage.render(source, [0.5, 3], recipe, { segments: SPOKEN });
    const other = await stage.render(source, [0.5, 3], recipe, { segments: SPOKEN });
    expect((await readFile(one.path)).equals(await readFile(other.path))).toBe(true);
  });
});

test('a phone video that was held upright fills the frame', async () => {
  using stage = await renderStage();
  const lying = await stage.generate('lying.mp4', [
    ...['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30', ...voiceLike(4)],
    ...['-t', '4', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
  ]);
  const upright = await stage.generate('upright.mp4', [
    '-i',
    lying,
    '-c',
    'copy',
    '-metadata:s:v',
    'rotate=90',
  ]);
  const made = await stage.render(upright, [0.5, 2.5], { captionStyle: 'none' });
  const picture = await frameAt(made.path, 1, 108, 192);
  // testsrc2 is bright in its corners; a blurred, darkened backdrop is not.
  const brightness = (x: number, y: number) =>
    Math.max(...picture.subarray((y * 108 + x) * 3, (y * 108 + x) * 3 + 3));
  expect(failed(made.proof.checks)).toEqual([]);
  expect(
    [brightness(4, 4), brightness(103, 4), brightness(4, 187), brightness(103, 187)].filter((b) => b > 120)
      .length,
  ).toBeGreaterThanOrEqual(3);
});

test('colours arrive as they were chosen: the show’s on a card, the camera’s in a picture', async () => {
  using stage = await renderStage();
  const sound = await stage.generate('talk.mp3', [...voiceLike(3), '-b:a', '96k']);
  const brand = { backgroundColour: '#205080', textColour: '#ffffff', accentColour: '#ffb454' };
  const card = await stage.render(sound, [0, 2], { preset: 'square', layout: 'audiogram', brand });
  const camera = await stage.generate('camera.mp4', [
    ...['-f', 'lavfi', '-i', 'color=0xc04020:s=1280x720:r=30', ...voiceLike(3), '-t', '3'],
    ...['-vf', 'scale=out_color_matrix=bt709,format=yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast'],
  ]);
  const picture = await stage.render(camera, [0, 2], { preset: 'wide', captionStyle: 'none' });
  const corner = async (path: string) => [...(await frameAt(path, 1, 64, 64)).subarray(0, 3)];
  const far = (seen: number[], chosen: number[]) =>
    Math.max(...chosen.map((c, i) => Math.abs(c - (seen[i] ?? 0))));
  expect(far(await corner(card.path), [0x20, 0x50, 0x80])).toBeLessThanOrEqual(5);
  expect(far(await corner(picture.path), [0xc0, 0x40, 0x20])).toBeLessThanOrEqual(5);
});

test('two ranges of one episode become one clip with the captions of both', async () => {
  using stage = await renderStage();
  const source = await stage.generate('talk.mp3', [...voiceLike(12), '-b:a', '96k']);
  const ranges = [
    { episodeId: 'episode', fromS: 7, toS: 9.5 },
    { episodeId: 'episode', fromS: 2, toS: 4 },
  ];
  const made = await stage.render(
    source,
    [0, 1],
    { ranges, layout: 'audiogram', preset: 'square' },
    { segments: SPOKEN },
  );
  expect(failed(made.proof.checks)).toEqual([]);
  expect(made.durationS).toBeCloseTo(4.5, 1);
  expect(made.captionsText?.replaceAll('\n', ' ')).toMatch(/^So on a Thursday .* Two hundred people/);
});

test('letters that the shipped typeface lacks hold an export back, emoji do not', async () => {
  using stage = await renderStage();
  const source = await stage.generate('talk.mp3', [...voiceLike(4), '-b:a', '96k']);
  const render = (text: string) =>
    stage.render(
      source,
      [0, 3],
      { preset: 'square', layout: 'audiogram' },
      { segments: [sentence(text, 0.2)] },
    );
  const [kanji, emoji] = [await render('He said 日本 to me.'), await render('Party 🎉 tonight.')];
  expect(failed(kanji.proof.checks).map(({ name, value }) => [name, value])).toEqual([
    ['characters-drawable', 'left out: 日 本'],
  ]);
  expect(failed(emoji.proof.checks)).toEqual([]);
  expect(emoji.proof.checks.find((check) => check.name === 'characters-drawable')?.value).toBe(
    'left out: 🎉',
  );
});

test('a render that is stopped gives the reason and leaves no file', async () => {
  using stage = await renderStage();
  const source = await stage.generate('talk.mp3', [...voiceLike(60), '-b:a', '96k']);
  const stop = new AbortController();
  const reason = new Stop('cancel');
  const rendering = stage.render(source, [0, 55], { layout: 'audiogram' }, { signal: stop.signal });
  stop.abort(reason);
  await expect(rendering).rejects.toBe(reason);
  await expect(access(stage.folder.file('export1.mp4'))).rejects.toThrow();
});

test('a picture that is not one, in place of a cover, is an error and not a wrong cover', async () => {
  using stage = await renderStage();
  const source = await stage.generate('talk.mp3', [...voiceLike(4), '-b:a', '96k']);
  const coverPath = stage.folder.file('cover.png');
  await writeFile(coverPath, '#EXTM3U\n#EXTINF:1,\nother.png\n');
  await expect(stage.render(source, [0, 3], { layout: 'audiogram' }, { coverPath })).rejects.toMatchObject({
    code: 'FFMPEG_FAILED',
  });
});
