import { createHash } from 'node:crypto';
import { link, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  makeRoomFor,
  partialPathFor,
  publish,
  PublishIntent,
  recoverPublish,
  sealPartial,
} from '../../main/engine/renders/publish.ts';
import { temporaryFolder } from '../support/folder.ts';

async function partialIn(folder: string, text: string, attempt = 1): Promise<string> {
  const path = partialPathFor(folder, 7, attempt, 'mp4');
  await makeRoomFor(path);
  await writeFile(path, text);
  return path;
}

test('a finished file gets its name, and the hidden folder goes', async () => {
  using folder = temporaryFolder();
  const partial = await partialIn(folder.path, 'movie');
  expect(await publish(partial, folder.file('clip.mp4'))).toBe(folder.file('clip.mp4'));
  expect(await readdir(folder.path)).toEqual(['clip.mp4']);
  expect(await readFile(folder.file('clip.mp4'), 'utf8')).toBe('movie');
});

test('a name that is taken is left alone', async () => {
  using folder = temporaryFolder();
  await writeFile(folder.file('clip.mp4'), 'somebody else’s');
  await writeFile(folder.file('clip (2).mp4'), 'and another');
  const partial = await partialIn(folder.path, 'movie');
  expect(await publish(partial, folder.file('clip.mp4'))).toBe(folder.file('clip (3).mp4'));
  expect(await readFile(folder.file('clip.mp4'), 'utf8')).toBe('somebody else’s');
  expect(await readFile(folder.file('clip (2).mp4'), 'utf8')).toBe('and another');
});

test('two exports of one name at the same moment both stay', async () => {
  using folder = temporaryFolder();
  const [one, other] = [await partialIn(folder.path, 'one', 1), await partialIn(folder.path, 'other', 2)];
  const names = await Promise.all([one, other].map((path) => publish(path, folder.file('clip.mp4'))));
  expect(names.toSorted()).toEqual([folder.file('clip (2).mp4'), folder.file('clip.mp4')].toSorted());
  expect(await Promise.all(names.map((name) => readFile(name, 'utf8')))).toEqual(['one', 'other']);
});

test('a restart knows a file that waits, one that has its name, and one that is lost', async () => {
  using folder = temporaryFolder();
  const finalPath = folder.file('clip.mp4');
  await writeFile(finalPath, 'taken');
  const sealed = await sealPartial(await partialIn(folder.path, 'movie'));
  const intent = PublishIntent.parse(JSON.parse(JSON.stringify({ partial: sealed, finalPath })));
  expect(sealed).toMatchObject({ sizeBytes: 5, sha256: createHash('sha256').update('movie').digest('hex') });
  expect(await recoverPublish(intent)).toEqual({ state: 'ready' });
  await publish(sealed.path, finalPath);
  expect(await recoverPublish(intent)).toEqual({ state: 'published', path: folder.file('clip (2).mp4') });
  expect(await recoverPublish({ ...intent, finalPath: folder.file('other.mp4') })).toEqual({ state: 'gone' });
});

test('a crash between the two names of a file ends with one', async () => {
  using folder = temporaryFolder();
  const finalPath = folder.file('clip.mp4');
  const sealed = await sealPartial(await partialIn(folder.path, 'movie'));
  await link(sealed.path, finalPath);
  expect(await recoverPublish({ partial: sealed, finalPath })).toEqual({ state: 'ready' });
  expect(await publish(sealed.path, finalPath)).toBe(finalPath);
  expect(await readdir(folder.path)).toEqual(['clip.mp4']);
  expect((await stat(finalPath)).nlink).toBe(1);
});

test('a partial file that was written to after it was sealed is not published as it was', async () => {
  using folder = temporaryFolder();
  const sealed = await sealPartial(await partialIn(folder.path, 'movie'));
  await writeFile(sealed.path, 'a longer movie');
  expect(await recoverPublish({ partial: sealed, finalPath: folder.file('clip.mp4') })).toEqual({
    state: 'gone',
  });
});

test('the hidden folder stays while another export is being written there', async () => {
  using folder = temporaryFolder();
  await partialIn(folder.path, 'still being written', 2);
  await publish(await partialIn(folder.path, 'movie', 1), folder.file('clip.mp4'));
  expect(await readdir(join(folder.path, '.soundbite-partial'))).toEqual(['7.2.mp4']);
});

test('a folder that is a file is told as a folder that cannot be written to', async () => {
  using folder = temporaryFolder();
  await writeFile(folder.file('exports'), 'not a folder');
  await expect(makeRoomFor(partialPathFor(folder.file('exports'), 1, 1, 'mp4'))).rejects.toMatchObject({
    code: 'OUTPUT_NOT_WRITABLE',
  });
  await mkdir(folder.file('real'));
  const partial = await partialIn(folder.file('real'), 'movie');
  await expect(publish(partial, folder.file(`real/${'x'.repeat(300)}.mp4`))).rejects.toMatchObject({
    code: 'OUTPUT_NOT_WRITABLE',
  });
});

/** Partial files of one export: the movie, and subtitles that share its stem. */
async function setIn(folder: string): Promise<{ partial: string; companions: string[] }> {
  const partial = await partialIn(folder, 'movie');
  const companions = ['.srt', '.export.json'].map((ending) => partial.replace(/\.mp4$/u, ending));
  for (const path of companions) await writeFile(path, 'beside');
  return { partial, companions };
}

test('what lies beside a file gets the same stem, and a stem of which anything is taken is left alone', async () => {
  using folder = temporaryFolder();
  await writeFile(folder.file('clip.srt'), 'somebody else’s');
  await writeFile(folder.file('clip (2).mp4'), 'another');
  const { partial, companions } = await setIn(folder.path);
  expect(await publish(partial, folder.file('clip.mp4'), undefined, companions)).toBe(
    folder.file('clip (3).mp4'),
  );
  expect((await readdir(folder.path)).toSorted()).toEqual(
    ['clip (2).mp4', 'clip (3).export.json', 'clip (3).mp4', 'clip (3).srt', 'clip.srt'].toSorted(),
  );
  expect(await readFile(folder.file('clip.srt'), 'utf8')).toBe('somebody else’s');
});

test('publishing that was cut short after the subtitles got their name goes on under that name', async () => {
  using folder = temporaryFolder();
  const { partial, companions } = await setIn(folder.path);
  const finalPath = folder.file('clip.mp4');
  const intent = { partial: await sealPartial(partial), finalPath };
  await link(companions[0] ?? '', folder.file('clip.srt'));
  expect(await recoverPublish(intent)).toEqual({ state: 'ready' });
  expect(await publish(partial, finalPath, undefined, companions)).toBe(finalPath);
  expect((await readdir(folder.path)).toSorted()).toEqual(['clip.export.json', 'clip.mp4', 'clip.srt']);
});
