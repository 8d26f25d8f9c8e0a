import { execa } from 'execa';
import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Recipe } from '../../main/domain/recipe.ts';
import { DEFAULT_BRAND } from '../../main/domain/show.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { encode } from '../../main/engine/renders/encode.ts';
import type { RenderOrder } from '../../main/engine/renders/order.ts';
import { prepareExport } from '../../main/engine/renders/prepareExport.ts';
import { prove } from '../../main/engine/renders/proof.ts';
import { FONTS_DIR, renderStage, sentence, voiceLike } from '../support/renderStage.ts';

const checkOf = (checks: readonly { name: string; passed: boolean; value: unknown }[], name: string) =>
  checks.find((check) => check.name === name);

test('a file whose sound was moved by 40 ms after it was made is out of step; the one that was made is not', async () => {
  using stage = await renderStage();
  const { tools, folder } = stage;
  // Noise in bursts: a tone would look the same a period later.
  const bursts = ['-f', 'lavfi', '-i', 'anoisesrc=c=pink:a=0.3:d=8:seed=4', '-af', 'tremolo=f=4:d=0.8'];
  const source = await stage.generate('talk.wav', bursts);
  const workDir = folder.file('work');
  await mkdir(workDir);
  const recipe: Recipe = {
    ...{ ranges: [{ episodeId: 'ep', fromS: 0.5, toS: 6.5 }], preset: 'square', layout: 'audiogram' },
    ...{ captionStyle: 'none', bleeps: null, title: 'Clocks', showName: 'Small Repairs' },
    ...{ episode: { title: '', date: '' }, brand: DEFAULT_BRAND, renderer: '', threads: 2 },
  };
  const order: RenderOrder = {
    recipe,
    sources: new Map([
      ['ep', { path: source, facts: await judge(tools, source, { cwd: workDir }), segments: [] }],
    ]),
    ...{ workDir, partialPath: folder.file('made.mp4'), fontsDir: FONTS_DIR },
  };
  const { encodeOrder, expectation, extraEnv } = await prepareExport(tools, order, {});
  await encode(tools, encodeOrder, { cwd: workDir, extraEnv });
  const late = folder.file('late.mp4');
  await execa(tools.ffmpeg, [
    ...[
      '-nostdin',
      '-v',
      'error',
      '-i',
      order.partialPath,
      '-i',
      order.partialPath,
      '-map',
      '0:v',
      '-map',
      '1:a',
    ],
    ...['-c:v', 'copy', '-af', 'adelay=40|40', '-c:a', 'aac', '-b:a', '160k', late],
  ]);
  const stepOf = async (path: string) => {
    const { proof } = await prove(tools, path, expectation, { cwd: workDir });
    return checkOf(proof.checks, 'sound-in-step');
  };
  const made = await stepOf(order.partialPath);
  expect(made?.passed).toBe(true);
  expect(Math.abs(Number(made?.value))).toBeLessThan(0.005);
  const moved = await stepOf(late);
  expect(moved?.passed).toBe(false);
  expect(Number(moved?.value)).toBeCloseTo(0.04, 2);
});

test('a clip that begins with silence, or where its first word is not heard, is held back and says why', async () => {
  using stage = await renderStage();
  const tone = "aevalsrc='0.3*sin(2*PI*233*t)*gt(t,4)*lt(t,7)':s=48000:d=12";
  const source = await stage.generate('late.wav', ['-f', 'lavfi', '-i', tone]);
  const recipe = { preset: 'audio-mp3', layout: 'none', captionStyle: 'none' } as const;
  const { proof } = await stage.render(source, [0.5, 11], recipe, {
    segments: [sentence('Nobody spoke as yet.', 1, 0.3), sentence('They did here.', 5, 0.4)],
  });
  const failed = proof.checks.filter((check) => !check.passed).map(({ name }) => name);
  expect(failed).toEqual(expect.arrayContaining(['silence-before', 'silence-after', 'first-word']));
  expect(failed).not.toContain('last-word');
  const cut = await stage.render(source, [5.2, 6], recipe, {
    segments: [sentence('They did here.', 5, 0.4)],
  });
  expect(checkOf(cut.proof.checks, 'whole-words')).toMatchObject({
    passed: false,
    value: 'cut: They, here.',
  });
});

test('music under a voice is measured on the finished file', async () => {
  using stage = await renderStage();
  const bed =
    "aevalsrc='0.02*(sin(2*PI*220*t)+sin(2*PI*277*t)+sin(2*PI*330*t)+sin(2*PI*440*t))':s=48000:d=20";
  const mixed = [...voiceLike(20), '-f', 'lavfi', '-i', bed, '-filter_complex', '[0][1]amix=inputs=2'];
  const source = await stage.generate('bed.wav', mixed);
  const plain = await stage.generate('plain.wav', voiceLike(20));
  const recipe = { preset: 'audio', layout: 'none', captionStyle: 'none' } as const;
  const musicIn = async (path: string) =>
    checkOf((await stage.render(path, [0, 18], recipe)).proof.checks, 'music')?.value;
  expect(await musicIn(source)).toBeGreaterThan(14);
  expect(await musicIn(plain)).toBe(0);
});
