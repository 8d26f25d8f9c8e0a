import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { findTools } from '../../main/engine/media/tools.ts';
import { samplePath, soundbite } from '../support/cli.ts';
import { temporaryFolder } from '../support/folder.ts';

async function ffmpeg(args: readonly string[]): Promise<void> {
  const { ffmpeg: program } = await findTools();
  await execa(program, ['-nostdin', '-v', 'error', '-n', ...args]);
}

interface ImportedEpisode {
  id: string;
  title: string;
  path: string;
  durationS: number;
  transcriptSource: string | null;
  notes: string[];
}

async function importFiles(home: string, args: readonly string[]): Promise<ImportedEpisode[]> {
  const run = await soundbite(home, ['import', ...args, '--json']);
  expect(run.code, run.stderr).toBe(0);
  return (run.json() as { episodes: ImportedEpisode[] }).episodes;
}

test('two microphones of one conversation are offered as one episode, and become one when asked', async () => {
  using place = temporaryFolder();
  const [anna, ben] = [place.file('ep12-anna.wav'), place.file('ep12-ben.wav')];
  await ffmpeg(['-i', samplePath, '-map', '0:a', '-map_metadata', '-1', '-t', '40', anna]);
  await ffmpeg(['-ss', '60', '-i', samplePath, '-map', '0:a', '-map_metadata', '-1', '-t', '40', ben]);

  const apart = await soundbite(place.file('home'), ['import', anna, ben, '--json']);
  expect(apart.json()).toMatchObject({ offers: [{ paths: [anna, ben], speakers: ['Anna', 'Ben'] }] });
  expect(apart.stderr).toContain('import --together');

  const [episode, ...more] = await importFiles(place.file('home2'), ['--together', anna, ben]);
  expect(more).toEqual([]);
  expect(episode?.title).toBe('Ep 12');
  expect(episode?.durationS).toBeCloseTo(40, 1);
  const [again] = await importFiles(place.file('home2'), ['--together', ben, anna]);
  expect(again?.id).toBe(episode?.id);
});

test('a subtitle track inside the file is its transcript', async () => {
  using place = temporaryFolder();
  const words = place.file('words.srt');
  await writeFile(
    words,
    '1\n00:00:01,000 --> 00:00:04,000\nNothing here is broken, not really.\n\n2\n00:00:05,000 --> 00:00:14,000\nWe only stopped looking at it, and that took us nine years to see.\n',
  );
  await ffmpeg([
    '-i',
    samplePath,
    '-i',
    words,
    '-map',
    '0:a',
    '-map',
    '1:s',
    '-t',
    '30',
    '-c:a',
    'aac',
    '-c:s',
    'mov_text',
    place.file('talk.mp4'),
  ]);
  const [episode] = await importFiles(place.file('home'), [place.file('talk.mp4')]);
  expect(episode).toMatchObject({ transcriptSource: 'embedded' });
  const clips = await soundbite(place.file('home'), ['clips', episode?.id ?? '', '--json']);
  expect(clips.json()).toMatchObject({
    clips: [{ foundBy: 'words', text: expect.stringContaining('nine years') as string }],
  });
});

test('a transcript that lies beside the file but cannot be read is left aside with a sentence', async () => {
  using place = temporaryFolder();
  await ffmpeg(['-i', samplePath, '-map', '0:a', '-t', '30', '-c', 'copy', place.file('talk.m4a')]);
  await writeFile(place.file('talk.srt'), 'this is not\na subtitle file\n');
  const [episode] = await importFiles(place.file('home'), [place.file('talk.m4a')]);
  expect(episode?.transcriptSource).toBeNull();
  expect(episode?.notes.join(' ')).toMatch(/^A transcript was found \(talk\.srt\) but not used\. /);
});

test('the same recording under another name stays one episode with its clips', async () => {
  using place = temporaryFolder();
  await ffmpeg(['-i', samplePath, '-map', '0:a', '-t', '45', '-c', 'copy', place.file('first.m4a')]);
  const [before] = await importFiles(place.file('home'), [place.file('first.m4a')]);
  await mkdir(place.file('moved'));
  await copyFile(place.file('first.m4a'), place.file('moved/second.m4a'));
  const [after] = await importFiles(place.file('home'), [place.file('moved/second.m4a')]);
  expect(after).toMatchObject({ id: before?.id, title: before?.title, path: place.file('moved/second.m4a') });
  expect(await readdir(join(place.file('home'), 'analysis'))).toEqual([before?.id]);
});

test('a refused recording leaves no episode and no files behind; the others are imported', async () => {
  using place = temporaryFolder();
  await ffmpeg(['-i', samplePath, '-map', '0:a', '-t', '30', '-c', 'copy', place.file('good.m4a')]);
  await writeFile(place.file('bad.mp3'), 'just words, no sound at all\n'.repeat(50));
  const run = await soundbite(place.file('home'), [
    'import',
    place.file('bad.mp3'),
    place.file('good.m4a'),
    '--json',
  ]);
  expect(run.code).toBe(1);
  expect(run.json()).toMatchObject({
    error: { code: expect.stringMatching(/UNREADABLE_MEDIA|UNSUPPORTED_FORMAT/) as string },
    episodes: [{ state: 'ready' }],
  });
  const list = await soundbite(place.file('home'), ['episodes', '--json']);
  const { episodes } = list.json() as { episodes: ImportedEpisode[] };
  expect(await readdir(join(place.file('home'), 'analysis'))).toEqual(episodes.map(({ id }) => id));
  expect(await readdir(join(place.file('home'), 'work'))).toEqual([]);
});
