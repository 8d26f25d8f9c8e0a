import { execa } from 'execa';
import { expect, test } from 'vitest';
import { findTools } from '../../main/engine/media/tools.ts';
import { renderStage, sentence } from '../support/renderStage.ts';

const SAID = [sentence('My boss Ottokar told me so, and Ottokar was wrong.', 2)];
const TONE = ['-f', 'lavfi', '-i', "aevalsrc='0.3*sin(2*PI*233*t)+0.1*sin(2*PI*700*t)':s=48000"];
const failed = (checks: readonly { readonly passed: boolean }[]) => checks.filter(({ passed }) => !passed);

async function levelDbfs(path: string, fromS: number, toS: number, filter = 'anull'): Promise<number> {
  const { ffmpeg } = await findTools();
  const { stdout } = await execa(
    ffmpeg,
    ['-v', 'error', '-i', path, '-af', filter, '-ac', '1', '-ar', '48000', '-f', 'f32le', '-'],
    { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
  );
  const bytes = Buffer.from(stdout);
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
  const part = all.subarray(Math.round(fromS * 48_000), Math.round(toS * 48_000));
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 1e-12) / part.length);
}

test.each(['x', 'audio-mp3'] as const)(
  'a muted name is neither heard nor read anywhere in an export for %s',
  async (preset) => {
    using stage = await renderStage();
    const source = await stage.generate('talk.wav', [...TONE, '-t', '8']);
    const made = await stage.render(
      source,
      [1.5, 7],
      {
        preset,
        layout: preset === 'x' ? 'audiogram' : 'none',
        title: 'What OTTOKAR’s rule cost us',
        bleeps: { words: ['ottokar'], mode: 'mute' },
      },
      { segments: SAID },
    );
    expect(failed(made.proof.checks)).toEqual([]);
    // The third and the eighth word, 0.4 s each from 2 s on, in a clip that begins at 1.5 s.
    const [name, next, again] = [1.3, 1.7, 3.3];
    for (const fromS of [name, again])
      expect(await levelDbfs(made.path, fromS + 0.03, fromS + 0.33)).toBeLessThan(-50);
    expect(await levelDbfs(made.path, next + 0.06, next + 0.34)).toBeGreaterThan(-25);
    expect(made.captionsText ?? '').not.toMatch(/ottokar/iu);
    if (preset === 'x')
      expect(made.captionsText?.replaceAll('\n', ' ')).toBe('My boss ••• told me so, and ••• was wrong.');
  },
);

test('a beep stands where the word was, as loud as the speech around it, and the proof hears nothing under it', async () => {
  using stage = await renderStage();
  const source = await stage.generate('talk.wav', [...TONE, '-t', '8']);
  const made = await stage.render(
    source,
    [1.5, 7],
    { preset: 'x', layout: 'audiogram', bleeps: { words: ['otto*'], mode: 'beep' } },
    { segments: SAID },
  );
  expect(failed(made.proof.checks)).toEqual([]);
  const tone = await levelDbfs(made.path, 1.35, 1.6, 'bandpass=f=1000:w=200');
  const speech = await levelDbfs(made.path, 1.75, 2, 'bandpass=f=1000:w=200');
  expect(tone - speech).toBeGreaterThan(15);
  expect(
    Math.abs((await levelDbfs(made.path, 1.35, 1.6)) - (await levelDbfs(made.path, 1.75, 2))),
  ).toBeLessThan(6);
  expect(made.proof.checks.find(({ name }) => name === 'bleeps-silent')?.value).toBeLessThan(-45);
});
