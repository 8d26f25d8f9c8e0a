import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findCover } from '../../main/engine/media/cover.ts';
import { probe } from '../../main/engine/media/ffprobe.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { findTools } from '../../main/engine/media/tools.ts';

const system = await findTools({ PATH: process.env['PATH'] ?? '' });
const bundled = await findTools({ ...process.env, PATH: '' });
const root = await mkdtemp(join(tmpdir(), 'soundbite-cover-'));
afterAll(() => rm(root, { recursive: true, force: true }));

const ffmpeg = (...options: readonly string[]) =>
  execFileSync(system.ffmpeg, ['-v', 'error', '-y', '-nostdin', ...options]);
const sound = ['-f', 'lavfi', '-i', 'sine=d=1'];
const picture = (size: string) => ['-f', 'lavfi', '-i', `color=c=red:s=${size}:d=1`, '-frames:v', '1'];

/** A folder of its own with a recording in it, and an empty folder for the cover. */
async function shelf(recording = 'ep.mp3', cover?: string) {
  const folder = await mkdtemp(join(root, 'shelf-'));
  const outDir = join(folder, 'out');
  await mkdir(outDir);
  const path = join(folder, recording);
  const attached = cover === undefined ? [] : ['-i', cover, '-map', '0:a', '-map', '1:v', '-c:v', 'copy'];
  ffmpeg(...sound, ...attached, ...(cover === undefined ? [] : ['-disposition:v', 'attached_pic']), path);
  return { folder, outDir, path };
}

/** Width and height of the cover that was written. */
function sizeOf(path: string): string {
  const args = ['-v', 'error', '-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0', path];
  return execFileSync(system.ffprobe, args, { encoding: 'utf8' }).trim();
}

describe.each([
  { build: 'system', tools: system },
  { build: 'npm', tools: bundled },
])('the cover, with the $build ffmpeg', ({ tools }) => {
  async function cover({ path, outDir }: { path: string; outDir: string }) {
    const facts = await judge(tools, path, { cwd: outDir });
    return findCover(tools, { path, facts }, { outDir });
  }

  test.each(['ep.mp3', 'ep.m4a', 'ep.flac'])('inside %s is taken out and made small enough', async (name) => {
    const jpeg = join(root, 'big.jpg');
    ffmpeg(...picture('3000x2000'), jpeg);
    const place = await shelf(name, jpeg);
    const found = await cover(place);
    expect(found).toBe(join(place.outDir, 'cover.png'));
    expect(sizeOf(found ?? '')).toBe('png,1400,933');
    expect(await readdir(place.outDir)).toEqual(['cover.png']);
  });

  test.each(['EP.JPG', 'cover.jpeg', 'Folder.png', 'artwork.webp'])(
    'beside it as %s is found',
    async (name) => {
      const place = await shelf();
      const format = name.endsWith('webp') ? ['-c:v', 'libwebp', '-f', 'webp'] : [];
      ffmpeg(...picture('320x240'), ...format, join(place.folder, name));
      expect(sizeOf((await cover(place)) ?? '')).toBe('png,320,240');
    },
  );

  test('with a pattern in its name is read as the one file it is', async () => {
    const place = await shelf('ep%03d.mp3');
    ffmpeg(...picture('320x240'), '-update', '1', join(place.folder, 'temporary.jpg'));
    ffmpeg(...picture('64x64'), join(place.folder, 'ep001.jpg'));
    const picked = join(place.folder, 'ep%03d.jpg');
    execFileSync('mv', [join(place.folder, 'temporary.jpg'), picked]);
    expect(sizeOf((await cover(place)) ?? '')).toBe('png,320,240');
  });

  test('that is too large to be decoded is passed over for the next one', async () => {
    const place = await shelf();
    ffmpeg(...picture('8000x6000'), join(place.folder, 'ep.png'));
    ffmpeg(...picture('64x48'), join(place.folder, 'cover.png'));
    expect(sizeOf((await cover(place)) ?? '')).toBe('png,64,48');
  });

  test('that is broken, or something else under its name, is no cover', async () => {
    const place = await shelf();
    ffmpeg(...picture('64x48'), join(place.folder, 'ep.png'));
    await truncate(join(place.folder, 'ep.png'), 40);
    await writeFile(join(place.folder, 'cover.jpg'), '#EXTM3U\n/etc/passwd\n');
    await mkdir(join(place.folder, 'folder.jpg'));
    expect(await cover(place)).toBeUndefined();
    expect(await readdir(place.outDir)).toEqual([]);
  });
});

test('a broken picture inside a recording is no cover, and the recording is still one', async () => {
  const jpeg = join(root, 'small.jpg');
  ffmpeg(...picture('64x64'), jpeg);
  const { path, outDir } = await shelf('ep.mp3', jpeg);
  const report = await probe(system, path, { cwd: outDir });
  expect(report.streams.map(({ isAttachedPicture }) => isAttachedPicture)).toEqual([false, true]);
  const facts = { coverIndex: 7 };
  expect(await findCover(system, { path, facts }, { outDir })).toBeUndefined();
  expect((await judge(system, path, { cwd: outDir })).coverIndex).toBe(1);
});

test('a search for a cover that is stopped throws the reason', async () => {
  const { path, folder, outDir } = await shelf();
  ffmpeg(...picture('64x64'), join(folder, 'cover.jpg'));
  const reason = new Error('enough');
  const search = findCover(
    system,
    { path, facts: { coverIndex: null } },
    { outDir, signal: AbortSignal.abort(reason) },
  );
  await expect(search).rejects.toBe(reason);
});
