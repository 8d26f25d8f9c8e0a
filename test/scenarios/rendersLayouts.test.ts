import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PictureBox } from '../../main/domain/framing.ts';
import { PRESETS } from '../../main/domain/preset.ts';
import { Template } from '../../main/domain/template.ts';
import { findTemplate, listTemplates } from '../../main/engine/flows/templates.ts';
import { libraryPaths } from '../../main/engine/paths.ts';
import { lookAt } from '../../main/engine/media/looks.ts';
import { frameAt } from '../support/measure.ts';
import {
  BUILDS,
  FONTS_DIR,
  renderStage,
  type RenderStage,
  sentence,
  voiceLike,
} from '../support/renderStage.ts';

const resourcesDir = dirname(FONTS_DIR);
const failed = (checks: readonly { passed: boolean }[]) => checks.filter((check) => !check.passed);

/** The colour in the middle of a picture, or at shares of its width and height. */
async function colourAt(path: string, atS: number, [x, y] = [0.5, 0.5]): Promise<number[]> {
  const picture = await frameAt(path, atS, 64, 64);
  const offset = (Math.floor(y * 64) * 64 + Math.floor(x * 64)) * 3;
  return [...picture.subarray(offset, offset + 3)];
}
const strongest = ([red = 0, green = 0, blue = 0]: number[]): string =>
  red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue';

/** Four seconds of a red and a green half, then four of blue: two cameras. */
const twoCameras = (stage: RenderStage) =>
  stage.generate('cameras.mp4', [
    ...['-f', 'lavfi', '-i', 'color=0xa02020:s=960x1080:r=30:d=4'],
    ...['-f', 'lavfi', '-i', 'color=0x209020:s=960x1080:r=30:d=4'],
    ...['-f', 'lavfi', '-i', 'color=0x4060f0:s=1920x1080:r=30:d=4', ...voiceLike(8)],
    ...['-filter_complex', '[0][1]hstack,setsar=1[w];[2]setsar=1[c];[w][c]concat=n=2[v]'],
    ...['-map', '[v]', '-map', '3:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
  ]);

describe.each(BUILDS)('with $build', ({ env }) => {
  let stage: RenderStage;
  beforeAll(async () => {
    stage = await renderStage(env);
  });
  afterAll(() => {
    stage[Symbol.dispose]();
  });

  test('the crop shows whoever speaks, a stack shows both, and neither outlives its shot', async () => {
    const path = await twoCameras(stage);
    const source = { path, facts: { video: { index: 0 } as never } };
    const look = await lookAt(stage.tools, source, 1, { cwd: stage.folder.path });
    const box = (speaker: string, x: number): PictureBox => ({
      ...{ speaker, x, y: 0.1, width: 0.3, height: 0.6 },
      look,
    });
    const boxes = [box('Mara', 0.1), box('Jon', 0.6)];
    const segments = [
      { ...sentence('Nobody had noticed it.', 0.5, 0.4), speaker: 'Mara' },
      { ...sentence('And who told you so?', 2, 0.4), speaker: 'Jon' },
    ];
    const crop = await stage.render(
      path,
      [0, 7],
      { layout: 'crop', boxes, captionStyle: 'none' },
      { segments },
    );
    const seen = await Promise.all([1, 3.5, 5.5].map((atS) => colourAt(crop.path, atS)));
    expect(failed(crop.proof.checks)).toEqual(failedStillPicture(crop.proof.checks));
    expect(seen.map(strongest)).toEqual(['red', 'green', 'blue']);
    const stack = await stage.render(path, [0, 7], { layout: 'stack', boxes, captionStyle: 'none' });
    const places = [
      [2, [0.5, 0.1]],
      [2, [0.5, 0.45]],
      [5.5, [0.5, 0.1]],
      [5.5, [0.5, 0.9]],
    ] as const;
    const stacked = await Promise.all(places.map(([atS, at]) => colourAt(stack.path, atS, [...at])));
    expect(stacked.map(strongest)).toEqual(['red', 'green', 'blue', 'blue']);
  });

  test('a crop of a clip of several ranges shows the right part on both sides of every join', async () => {
    const path = stage.folder.file('cameras.mp4');
    const look = await lookAt(stage.tools, { path, facts: { video: { index: 0 } as never } }, 1, {
      cwd: stage.folder.path,
    });
    const at = (speaker: string, x: number): PictureBox => ({
      ...{ speaker, x, y: 0.1, width: 0.3, height: 0.6 },
      look,
    });
    const cut = (fromS: number, toS: number) => ({ episodeId: 'episode', fromS, toS });
    // On the clip's clock: 0 to 2 Mara, 2 to 3.5 Jon, then the other camera from 3.5 s on.
    const ranges = [cut(0.5, 1.5), cut(1.6, 2.6), cut(2.6, 3.1), cut(3.0, 4.6)];
    const segments = [
      { ...sentence('Nobody had noticed it then.', 0.5, 0.4), speaker: 'Mara' },
      { ...sentence('And who told you so?', 2.6, 0.3), speaker: 'Jon' },
    ];
    const crop = await stage.render(
      path,
      [0, 1],
      { layout: 'crop', boxes: [at('Mara', 0.1), at('Jon', 0.6)], captionStyle: 'none', ranges },
      { segments },
    );
    expect(failed(crop.proof.checks)).toEqual(failedStillPicture(crop.proof.checks));
    const seen = await Promise.all([0.5, 1.5, 2.2, 3.2, 3.8].map((atS) => colourAt(crop.path, atS)));
    expect(seen.map(strongest)).toEqual(['red', 'red', 'green', 'green', 'blue']);
  });

  test.each(['x', 'linkedin', 'wide'] as const)(
    'a stack for %s sets two people side by side',
    async (preset) => {
      const path = stage.folder.file('cameras.mp4');
      const made = await stage.render(path, [0.5, 2.5], { preset, layout: 'stack', captionStyle: 'none' });
      const { width, height } = PRESETS[preset] as { width: number; height: number };
      expect(made).toMatchObject({ width, height });
      const sides = [await colourAt(made.path, 1, [0.25, 0.5]), await colourAt(made.path, 1, [0.75, 0.5])];
      expect(sides.map(strongest)).toEqual(['red', 'green']);
    },
  );

  test.each(['arib-std-b67', 'smpte2084'])(
    'high dynamic range (%s) arrives in the colours of Rec. 709',
    async (transfer) => {
      const plain = [200, 150, 110] as const;
      const source = await stage.generate(`${transfer}.mp4`, [
        ...['-f', 'lavfi', '-i', 'color=0xc8966e:s=640x360:r=30:d=3', ...voiceLike(3), '-vf'],
        'zscale=tin=709:pin=709:min=170m:rin=limited:p=2020:m=2020_ncl:r=limited:npl=203:' +
          `t=${transfer},format=yuv420p10le`,
        ...[
          '-c:v',
          'libx265',
          '-preset',
          'ultrafast',
          '-x265-params',
          'log-level=none',
          '-color_primaries',
          'bt2020',
        ],
        ...['-color_trc', transfer, '-colorspace', 'bt2020nc'],
      ]);
      const made = await stage.render(source, [0, 2], { preset: 'wide', captionStyle: 'none' });
      const seen = await colourAt(made.path, 1);
      const off = Math.max(...plain.map((level, at) => Math.abs(level - (seen[at] ?? 0))));
      expect(off).toBeLessThanOrEqual(36);
    },
  );
});

/** A test picture that stands still is rightly told to be frozen; nothing else may fail. */
const failedStillPicture = (checks: readonly { name: string; passed: boolean }[]) =>
  checks.filter(({ name, passed }) => !passed && name === 'picture-not-frozen');

test('every template that ships draws an audiogram that passes its proof, and none looks like another', async () => {
  using stage = await renderStage({ PATH: '' });
  const places = { resourcesDir, paths: libraryPaths({ SOUNDBITE_HOME: stage.folder.file('home') }) };
  const { templates, problems } = await listTemplates(places);
  expect(problems).toEqual([]);
  expect(new Set(templates.map(({ template }) => template.waveform))).toEqual(
    new Set(['bars', 'line', 'dots']),
  );
  const source = await stage.generate('talk.mp3', [...voiceLike(8), '-b:a', '96k']);
  const pictures = new Set<string>();
  for (const { template } of templates) {
    const recipe = { preset: 'square', layout: 'audiogram', template } as const;
    const made = await stage.render(source, [0, 6], recipe, { segments: [sentence('Nobody told me.', 0.5)] });
    expect(failed(made.proof.checks)).toEqual([]);
    pictures.add((await frameAt(made.path, 5.6, 160, 160)).toString('base64'));
  }
  expect(pictures.size).toBe(templates.length);
});

test('a template of one’s own replaces the shipped one of its name; a broken one is told, not used', async () => {
  using stage = await renderStage({ PATH: '' });
  const places = { resourcesDir, paths: libraryPaths({ SOUNDBITE_HOME: stage.folder.file('home') }) };
  await mkdir(places.paths.templates, { recursive: true });
  const shipped = Template.parse(
    JSON.parse(await readFile(join(resourcesDir, 'templates/paper.json'), 'utf8')),
  );
  await writeFile(
    join(places.paths.templates, 'paper.json'),
    JSON.stringify({ ...shipped, waveform: 'line' }),
  );
  await writeFile(
    join(places.paths.templates, 'odd.json'),
    JSON.stringify({ ...shipped, waveform: 'circles' }),
  );
  expect(await findTemplate(places, 'paper')).toMatchObject({ waveform: 'line' });
  await expect(findTemplate(places, 'odd')).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('odd.json is no template') as string,
  });
});
