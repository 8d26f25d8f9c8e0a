import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { ProofCheck } from '../../main/domain/exportedFile.ts';
import { PRESET_IDS, PRESETS } from '../../main/domain/preset.ts';
import { CaptionStyle, type Recipe } from '../../main/domain/recipe.ts';
import { listTemplates } from '../../main/engine/flows/templates.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { libraryPaths } from '../../main/engine/paths.ts';
import { samplePath } from '../support/cli.ts';
import { FONTS_DIR, renderStage, type RenderStage, sentence } from '../support/renderStage.ts';
import { makeTalkingHeads } from '../support/talkingHeads.ts';

const isLong = process.env['SOUNDBITE_TEST_LONG'] !== undefined;
const COUNT = isLong ? 60 : 6;
const CLIP_S = 3;
const SOURCE_S = 14;
const data = process.env['SOUNDBITE_TEST_DATA'];

interface Source {
  readonly kind: string;
  readonly path: string;
  readonly isVideo: boolean;
  /** Of those that exports go wrong with. */
  readonly isAwkward: boolean;
}

/** Voices from 8 s into the sample, as sound of a given kind. */
const voices = (stage: RenderStage, name: string, options: readonly string[]) =>
  stage.generate(name, ['-ss', '8', '-t', String(SOURCE_S), '-i', samplePath, '-vn', ...options]);

async function makeSources(stage: RenderStage): Promise<Source[]> {
  const { tools, folder } = stage;
  const oldest = await findTools({ PATH: '' });
  const [heads, turned] = [folder.file('heads.mp4'), folder.file('turned.mp4')];
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  await makeTalkingHeads(tools, heads, {
    shots: [
      { shot: 'both', durationS: SOURCE_S / 2 },
      { shot: 'left', durationS: SOURCE_S / 2 },
    ],
    options: [...h264, '-t', String(SOURCE_S), '-c:a', 'aac'],
  });
  const varying = await stage.generate('varying.mp4', [
    ...[
      '-i',
      heads,
      '-vf',
      "select='not(mod(n,3))+gt(mod(n,7),4)'",
      '-vsync',
      'vfr',
      ...h264,
      '-c:a',
      'copy',
    ],
  ]);
  const rotate = ['-i', heads, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', turned];
  await execa(oldest.ffmpeg, ['-nostdin', '-v', 'error', ...rotate]);
  const surround = ['-af', 'pan=5.1|FL=0.4*c0|FR=0.4*c0|FC=0.8*c0|LFE=0.1*c0|BL=0.2*c0|BR=0.2*c0'];
  const mono24 = await voices(stage, 'mono.wav', ['-ac', '1', '-ar', '44100', '-c:a', 'pcm_s24le']);
  return [
    { kind: 'talking heads', path: heads, isVideo: true, isAwkward: false },
    { kind: 'mono, 24 bit, 44.1 kHz', path: mono24, isVideo: false, isAwkward: true },
    { kind: 'variable rate', path: varying, isVideo: true, isAwkward: true },
    { kind: '5.1', path: await voices(stage, 'surround.flac', surround), isVideo: false, isAwkward: true },
    { kind: 'rotated', path: turned, isVideo: true, isAwkward: true },
    {
      kind: 'the sample',
      path: await voices(stage, 'sample.m4a', ['-c:a', 'aac']),
      isVideo: false,
      isAwkward: false,
    },
    ...(await sharedSources()),
  ];
}

async function sharedSources(): Promise<Source[]> {
  const folder = join(data ?? '', 'audio');
  if (data === undefined || !existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => /\.(?:mp3|wav)$/u.test(name)).sort();
  return names.map((name) => ({ kind: name, path: join(folder, name), isVideo: false, isAwkward: false }));
}

const VIDEO_LAYOUTS = ['fit', 'crop', 'stack', 'audiogram'] as const;
const LEFT_AND_RIGHT = [
  { speaker: 'Mara', x: 0.15, y: 0.2, width: 0.25, height: 0.6 },
  { speaker: 'Jon', x: 0.6, y: 0.2, width: 0.25, height: 0.6 },
];

const valueOf = (checks: readonly ProofCheck[], name: string): number =>
  Number(checks.find((check) => check.name === name)?.value ?? 0);

test(
  `${COUNT} exports over every preset, layout and style pass their proofs, in step, as loud as asked and under full scale`,
  { timeout: isLong ? 3_600_000 : 180_000 },
  async () => {
    using stage = await renderStage(isLong ? process.env : { PATH: '' });
    const sources = await makeSources(stage);
    const places = {
      resourcesDir: dirname(FONTS_DIR),
      paths: libraryPaths({ SOUNDBITE_HOME: stage.folder.file('h') }),
    };
    const { templates } = await listTemplates(places);
    const failed: unknown[] = [];
    const worst = { offsetS: 0, loudnessLu: 0, truePeakDbtp: -99 };
    let awkward = 0;
    for (let index = 0; index < COUNT; index += 1) {
      const source = sources[index % sources.length];
      const preset = PRESET_IDS[(index * 7) % PRESET_IDS.length];
      if (source === undefined || preset === undefined) throw new RangeError('nothing to render');
      const isVideo = PRESETS[preset].kind === 'video';
      const layout = source.isVideo ? (VIDEO_LAYOUTS[index % VIDEO_LAYOUTS.length] ?? 'fit') : 'audiogram';
      const template = templates[index % templates.length]?.template;
      const recipe: Partial<Recipe> = {
        preset,
        layout: isVideo ? layout : 'none',
        captionStyle: isVideo
          ? (CaptionStyle.options[index % CaptionStyle.options.length] ?? 'none')
          : 'none',
        ...(layout === 'audiogram' && isVideo && template !== undefined ? { template } : {}),
        ...(index % 2 === 0 ? { boxes: LEFT_AND_RIGHT } : {}),
      };
      const fromS = 0.5 + (index % 4) * 1.7;
      const made = await stage.render(source.path, [fromS, fromS + CLIP_S], recipe, {
        segments: [sentence('Nobody had noticed it at all.', fromS + 0.2, 0.4, 'cue')],
      });
      if (source.isAwkward) awkward += 1;
      const { checks } = made.proof;
      for (const check of checks.filter(({ passed }) => !passed))
        failed.push({ index, kind: source.kind, preset, layout, ...check });
      const asked = checks.find(({ name }) => name === 'integrated-loudness');
      const targetLufs = Number.parseFloat(String(asked?.limit));
      worst.offsetS = Math.max(worst.offsetS, Math.abs(valueOf(checks, 'sound-in-step')));
      worst.loudnessLu = Math.max(worst.loudnessLu, Math.abs(made.integratedLufs - targetLufs));
      worst.truePeakDbtp = Math.max(worst.truePeakDbtp, made.truePeakDbtp);
    }
    process.stdout.write(`${COUNT} exports, ${awkward} of awkward sources: ${JSON.stringify(worst)}\n`);
    expect(failed).toEqual([]);
    expect(awkward).toBeGreaterThanOrEqual(isLong ? 10 : 3);
    expect(worst.offsetS).toBeLessThanOrEqual(0.02);
    expect(worst.loudnessLu).toBeLessThanOrEqual(0.5);
    expect(worst.truePeakDbtp).toBeLessThanOrEqual(-1);
  },
);
