import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  discardPartials,
  makeRoomFor,
  partialPathFor,
  publish,
  PublishIntent,
  recoverPublish,
  sealPartial,
  tryPartialFolder,
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

test('the hidden folder stays while another export has yet to write into it', async () => {
  using folder = temporaryFolder();
  const finished = await partialIn(folder.path, 'movie', 1);
  const begun = partialPathFor(folder.path, 8, 1, 'mp4');
  await makeRoomFor(begun);
  await publish(finished, folder.file('clip.mp4'));
  await discardPartials(folder.path, 9, 1);
  await writeFile(begun, 'another movie');
  expect(await publish(begun, folder.file('other.mp4'))).toBe(folder.file('other.mp4'));
  expect((await readdir(folder.path)).toSorted()).toEqual(['clip.mp4', 'other.mp4']);
});

test('a run takes away what earlier runs of its job left, never what a later one writes', async () => {
  using folder = temporaryFolder();
  const [earlier, own, later] = [
    await partialIn(folder.path, 'of a run that was killed', 1),
    await partialIn(folder.path, 'of this run, which stood still', 2),
    await partialIn(folder.path, 'of the run that took over', 3),
  ];
  await discardPartials(folder.path, 7, 2);
  expect([earlier, own, later].map((path) => existsSync(path))).toEqual([false, false, true]);
});

test('trying whether a folder can be written to leaves nothing, not even what a kill left the last time', async () => {
  using folder = temporaryFolder();
  await tryPartialFolder(folder.path);
  expect(await readdir(folder.path)).toEqual([]);
  await mkdir(folder.file('.soundbite-partial'));
  await tryPartialFolder(folder.path);
  expect(await readdir(folder.path)).toEqual([]);
  await makeRoomFor(partialPathFor(folder.path, 7, 1, 'mp4'));
  await tryPartialFolder(folder.path);
  expect(await readdir(folder.path)).toEqual(['.soundbite-partial']);
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
  expect(await readdir(join(folder.path, '.soundbite-partial'))).toContain('7.2.mp4');
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
