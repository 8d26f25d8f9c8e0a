import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { expect, test } from 'vitest';
import type { Input } from '../../main/contract/index.ts';
import type { ExportedFile } from '../../main/domain/exportedFile.ts';
import { fail, openSample } from '../support/sampleLibrary.ts';

type Sample = Awaited<ReturnType<typeof openSample>>;

/** Exports the best clip of the sample; gives the files as the library keeps them. */
async function exported(
  { call, episodeId, out }: Sample,
  order: Pick<Input<'exports.create'>, 'presets'> & Partial<Input<'exports.create'>>,
): Promise<ExportedFile[]> {
  const [clip] = await call('clips.list', { episodeId });
  const { jobs } = await call('exports.create', {
    clipIds: [clip?.id ?? fail('no clip')],
    folder: out,
    ...order,
  });
  const settled = await call('jobs.settled', { jobIds: jobs.map(({ id }) => id) });
  const files: ExportedFile[] = [];
  for (const { result, state } of settled) {
    expect(state).toBe('completed');
    files.push(await call('exports.get', { exportId: String(result?.['exportId']) }));
  }
  return files;
}
const checkOf = ({ proof }: ExportedFile, name: string) => proof.checks.find((check) => check.name === name);

test('what a show masks is masked in every export but for presets that are left as they are', async () => {
  await using sample = await openSample();
  const { call, episodeId } = sample;
  const { showId } = await call('episodes.get', { episodeId });
  const [clip] = await call('clips.list', { episodeId });
  const { text } = clip ?? fail('no clip');
  const word = /\b[a-z]{6,}\b/u.exec(text)?.[0] ?? fail('no long word');
  await call('clips.setTitle', { clipId: clip?.id ?? '', title: `All about ${word}` });
  await call('bleeps.add', { showId, words: [word] });
  await call('bleeps.set', { showId, mode: 'mute', offPresets: ['audio-mp3'] });

  const [masked, plain] = await exported(sample, { presets: ['audio', 'audio-mp3'] });
  if (masked === undefined || plain === undefined) return fail('two files were asked for');
  expect(basename(masked.path)).toContain('All about •••');
  expect([checkOf(masked, 'bleeps-silent')?.passed, checkOf(masked, 'bleeps-unread')?.passed]).toEqual([
    true,
    true,
  ]);
  for (const { path } of masked.companions)
    expect(readFileSync(path, 'utf8').toLowerCase()).not.toMatch(new RegExp(`\\b${word}\\b`, 'u'));
  expect(basename(plain.path)).toContain(`All about ${word}`);
  expect(checkOf(plain, 'bleeps-unread')).toBeUndefined();

  const [open] = await exported(sample, { presets: ['audio'], bleeps: null });
  expect(basename(open?.path ?? '')).toContain(`All about ${word}`);
});

test('files beside an export are left away where the settings or the order say so, and made when they are wanted after all', async () => {
  await using sample = await openSample({ SOUNDBITE_EXPORT_SIDECARS: 'no' });
  const [bare] = await exported(sample, { presets: ['audio'] });
  expect(bare?.companions).toEqual([]);
  expect(readdirSync(sample.out).map((name) => extname(name))).toEqual(['.m4a']);
  const [again] = await exported(sample, { presets: ['audio'] });
  expect(again?.id).toBe(bare?.id);
  const [full] = await exported(sample, { presets: ['audio'], sidecars: true });
  expect(full?.companions.map(({ kind }) => kind)).toEqual(['srt', 'vtt', 'recipe']);
  const [latest] = await exported(sample, { presets: ['audio'], sidecars: false });
  expect([bare?.id, full?.id]).toContain(latest?.id);
});
