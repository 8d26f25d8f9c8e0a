import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readEmbeddedTranscript } from '../../main/engine/media/embeddedText.ts';
import { probe } from '../../main/engine/media/ffprobe.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { findTools } from '../../main/engine/media/tools.ts';

const system = await findTools({ PATH: process.env['PATH'] ?? '' });
const bundled = await findTools({ ...process.env, PATH: '' });
const folder = await mkdtemp(join(tmpdir(), 'soundbite-text-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const srt = `1
00:00:00,500 --> 00:00:01,500
We never asked who the product was for.

2
00:00:01,800 --> 00:00:02,900
Så vi spurgte – and nobody knew.
`;
await writeFile(join(folder, 'words.srt'), srt);
const speech =
  'Nobody tells you this when you start a show, and so nearly everybody stops too early. '.repeat(6);
const lrc = `[00:00.50]${speech.slice(0, 200)}\n[00:12.20]${speech.slice(200)}`;

const sound = ['-f', 'lavfi', '-i', 'sine=d=3'];
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x240:d=3'];
const subtitles = ['-i', join(folder, 'words.srt')];
const mapped = ['-map', '0:v', '-map', '1:a', '-map', '2:s'];

function generate(name: string, ...options: readonly string[]): string {
  const path = join(folder, name);
  execFileSync(system.ffmpeg, ['-v', 'error', '-y', '-nostdin', ...options, path]);
  return path;
}

describe.each([
  { build: 'system', tools: system },
  { build: 'npm', tools: bundled },
])('the transcript inside a recording, with the $build ffmpeg', ({ tools }) => {
  async function read(path: string) {
    const facts = await judge(tools, path, { cwd: folder });
    return readEmbeddedTranscript(tools, path, facts, { cwd: folder });
  }

  test.each([
    ['subrip.mkv', 'srt'],
    ['styled.mkv', 'ass'],
    ['subtitled.mp4', 'mov_text'],
  ])('is read from the subtitle track of %s (%s)', async (name, codec) => {
    const path = generate(name, ...picture, ...sound, ...subtitles, ...mapped, '-c:s', codec);
    const found = await read(path);
    expect(found?.fileName).toBe('embedded.vtt');
    expect(found?.text).toMatch(/^WEBVTT\n/);
    expect(found?.text).toMatch(/00:00\.50\d --> 00:01\.50\d\nWe never asked who the product was for\./);
    expect(found?.text).toContain('Så vi spurgte – and nobody knew.');
  });

  test('keeps the clock of the episode where the picture starts late', async () => {
    const late = ['-itsoffset', '2', ...picture, ...sound, ...subtitles, ...mapped, '-c:s', 'srt'];
    const found = await read(generate('late.mkv', ...late));
    expect(found?.text).toMatch(/00:00\.50\d --> 00:01\.50\d/);
  });

  test.each(['lyrics.mp3', 'lyrics.m4a', 'lyrics.ogg', 'lyrics.flac'])(
    'is read from the lyrics of %s with its time tags',
    async (name) => {
      const found = await read(generate(name, ...sound, '-metadata', `lyrics=${lrc}`));
      expect(found?.fileName).toBe('embedded.txt');
      expect(found?.text.replace(/\s+/g, ' ')).toBe(lrc.trim().replace(/\s+/g, ' '));
    },
  );

  test('does not exist where the lyrics are a line or two', async () => {
    const path = generate('jingle.mp3', ...sound, '-metadata', 'lyrics=La la la, la la.');
    expect(await read(path)).toBeUndefined();
  });

  test('does not exist where the subtitles are pictures', async () => {
    const bitmap = ['-filter_complex', '[0:v]null[v]', '-map', '[v]', '-map', '1:a', '-map', '2:s'];
    const path = generate(
      'dvd.mkv',
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x240:d=3', ...sound, ...(await dvdSubtitles())],
      ...[...bitmap, '-c:s', 'copy'],
    );
    const { streams } = await probe(tools, path, { cwd: folder });
    expect(streams.map(({ codec }) => codec)).toContain('dvd_subtitle');
    const facts = await judge(tools, path, { cwd: folder });
    expect(facts.subtitleIndexes).toEqual([]);
    expect(await read(path)).toBeUndefined();
  });
});

/** A VobSub pair with one empty picture: ffmpeg cannot turn text into pictures, so the bytes are written by hand. */
async function dvdSubtitles(): Promise<string[]> {
  const index = '# VobSub index file, v7 (do not modify this line!)\nsize: 320x240\nid: en, index: 0\n';
  await writeFile(join(folder, 'dvd.idx'), `${index}timestamp: 00:00:01:000, filepos: 000000000\n`);
  const sector = Buffer.alloc(2048);
  Buffer.from('000001ba44000400040100089bf8', 'hex').copy(sector);
  Buffer.from('000001bd001080800521000100012000060004', 'hex').copy(sector, 14);
  await writeFile(join(folder, 'dvd.sub'), sector);
  return ['-f', 'vobsub', '-i', join(folder, 'dvd.idx')];
}
