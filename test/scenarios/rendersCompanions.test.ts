import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { companionPath } from '../../main/engine/renders/companions.ts';
import { frameAt, probeFile } from '../support/measure.ts';
import { BUILDS, renderStage, sentence, voiceLike } from '../support/renderStage.ts';

const SAID = [sentence('Two hundred people missed the ferry, and nobody had noticed except me.', 1)];

test.each(BUILDS)(
  'an export has its poster, subtitles and recipe beside it, the same each time, with $build',
  async ({ env }) => {
    using stage = await renderStage(env);
    // One picture is sharp, the others are blurred: in a clip of 6 s it is shown around 50 % and at no other moment.
    const source = await stage.generate('focus.mp4', [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=30', ...voiceLike(6), '-t', '6'],
      ...[
        '-vf',
        "gblur=sigma=12:enable='not(between(t,2.5,3.5))'",
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
      ],
      ...['-pix_fmt', 'yuv420p'],
    ]);
    const render = () =>
      stage.render(source, [0, 6], { preset: 'square', captionStyle: 'none', title: '' }, { segments: SAID });
    const [one, again] = [await render(), await render()];
    expect(one.companions.map(({ kind, path }) => [kind, path])).toEqual(
      (['srt', 'vtt', 'poster', 'recipe'] as const).map((kind) => [kind, companionPath(one.path, kind)]),
    );
    for (const [index, { path }] of one.companions.entries()) {
      expect((await readFile(path)).equals(await readFile(again.companions[index]?.path ?? ''))).toBe(true);
    }
    const poster = companionPath(one.path, 'poster');
    expect((await probeFile(one.path)).video).toMatchObject({ width: 1080, height: 1080 });
    const [seen, middle, early] = await Promise.all([
      frameAt(poster, 0, 270, 270),
      frameAt(one.path, 3, 270, 270),
      frameAt(one.path, 1.2, 270, 270),
    ]);
    const difference = (other: Buffer) =>
      seen.reduce((sum, level, at) => sum + Math.abs(level - (other[at] ?? 0)), 0) / seen.length;
    expect(difference(middle)).toBeLessThan(3);
    expect(difference(early)).toBeGreaterThan(5 * difference(middle));
    expect(await readFile(companionPath(one.path, 'srt'), 'utf8')).toContain(
      'Two hundred people missed the ferry,',
    );
    const told = JSON.parse(await readFile(companionPath(one.path, 'recipe'), 'utf8')) as {
      recipe: object;
      proof: object;
    };
    expect(told).toMatchObject({
      recipe: { ranges: [{ fromS: 0, toS: 6 }], preset: 'square' },
      proof: { passed: true },
    });
  },
);

test('a clip of 20 s has a poster too, and an export that fails its proof has nothing beside it', async () => {
  using stage = await renderStage();
  const source = await stage.generate('talk.mp3', [...voiceLike(21), '-b:a', '96k']);
  const long = await stage.render(source, [0, 20], { preset: 'square', layout: 'audiogram' });
  expect((await readFile(companionPath(long.path, 'poster'))).subarray(1, 4).toString('latin1')).toBe('PNG');
  const refused = await stage.render(
    source,
    [0, 2],
    { preset: 'square', layout: 'audiogram' },
    { segments: [sentence('日本', 0.2)] },
  );
  expect(refused.companions).toEqual([]);
});
