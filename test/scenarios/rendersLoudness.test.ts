import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loudnessOf, probeFile } from '../support/measure.ts';
import { BUILDS, renderStage, type RenderStage, voiceLike } from '../support/renderStage.ts';

const expression = (sound: string, seconds = 8) => [
  '-f',
  'lavfi',
  '-i',
  `aevalsrc='${sound}':s=48000:d=${seconds}`,
];
const VOICE = '(0.6+0.4*sin(2*PI*4*t))*sin(2*PI*160*t+2*sin(2*PI*320*t))';
const FLAC = ['-c:a', 'flac'];

const SOURCES: { name: string; args: string[] }[] = [
  { name: 'mono', args: voiceLike(8) },
  { name: 'whispered', args: expression(`0.006*${VOICE}`) },
  { name: 'clipped', args: expression(`max(-0.98\\,min(0.98\\,5*${VOICE}))`) },
  { name: 'on one side only', args: expression(`0.3*${VOICE}|0`) },
  { name: 'of two levels', args: expression(`(0.02+0.5*gt(t\\,5))*${VOICE}`) },
  { name: 'with loud clicks', args: expression(`0.03*${VOICE}+0.9*lt(mod(t\\,1)\\,0.002)`) },
  { name: 'mostly silent', args: expression(`0.2*${VOICE}*lt(mod(t\\,4)\\,1)`) },
  {
    name: 'in 5.1',
    args: ['-f', 'lavfi', '-i', `aevalsrc='0|0|0.3*${VOICE}|0.05*sin(50*t)|0|0':s=48000:d=8:c=5.1`],
  },
  { name: 'at 16 kHz', args: ['-f', 'lavfi', '-i', `aevalsrc='0.2*${VOICE}':s=16000:d=8`] },
];

describe.each(BUILDS)('with $build', ({ env }) => {
  let stage: RenderStage;
  beforeAll(async () => {
    stage = await renderStage(env);
  });
  afterAll(() => {
    stage[Symbol.dispose]();
  });

  test.each(SOURCES)('sound $name comes out at -16 LUFS or, from mono, at -19', async ({ name, args }) => {
    const source = await stage.generate(`${name}.flac`, [...args, ...FLAC]);
    const made = await stage.render(source, [0.5, 7.5], {
      preset: 'audio',
      layout: 'none',
      captionStyle: 'none',
    });
    const { integratedLufs, truePeakDbtp } = await loudnessOf(made.path);
    const { audio } = await probeFile(made.path);
    const targetLufs = audio?.channels === 1 ? -19 : -16;
    expect(made.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect(Math.abs(integratedLufs - targetLufs)).toBeLessThanOrEqual(0.5);
    expect(truePeakDbtp).toBeLessThanOrEqual(-1);
  });

  test.each(['mono', 'in 5.1'])('a clip from sound %s is stereo at -14 LUFS', async (name) => {
    const args = SOURCES.find((source) => source.name === name)?.args ?? [];
    const source = await stage.generate(`clip ${name}.flac`, [...args, ...FLAC]);
    const made = await stage.render(source, [0.5, 4.5], { preset: 'square', layout: 'audiogram' });
    const { integratedLufs, truePeakDbtp } = await loudnessOf(made.path);
    expect(made.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect((await probeFile(made.path)).audio).toMatchObject({ channels: 2, sample_rate: '48000' });
    expect(Math.abs(integratedLufs + 14)).toBeLessThanOrEqual(0.5);
    expect(truePeakDbtp).toBeLessThanOrEqual(-1);
  });

  test('an MP3 is as loud as asked, although LAME turns its input down', async () => {
    const source = await stage.generate('lame.flac', [...expression(`0.2*${VOICE}|0.2*${VOICE}`), ...FLAC]);
    const made = await stage.render(source, [0, 8], { preset: 'audio-mp3', layout: 'none' });
    expect(made.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect(Math.abs(made.integratedLufs + 16)).toBeLessThanOrEqual(0.4);
  });

  test('digital silence is exported, measured and held back', async () => {
    const source = await stage.generate('silence.flac', [...expression('0'), ...FLAC]);
    const made = await stage.render(source, [0, 4], { preset: 'audio', layout: 'none' });
    expect(made).toMatchObject({ integratedLufs: -70, limitingDb: 0, proof: { passed: false } });
    expect(made.proof.checks.filter((check) => !check.passed).map((check) => check.name)).toEqual([
      'integrated-loudness',
      'gain-within-reach',
      'silence-before',
      'silence-after',
    ]);
  });

  test('a clip of one second is levelled like any other', async () => {
    const source = await stage.generate('short.flac', [...expression(`0.1*${VOICE}`), ...FLAC]);
    const made = await stage.render(source, [2, 3], { preset: 'audio', layout: 'none' });
    expect(made.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect(made.durationS).toBeCloseTo(1, 1);
  });
});
