import { access, constants, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { rankPictures, recogniseStill } from '../../../main/engine/media/cover.ts';
import { monoFilter } from '../../../main/engine/media/downmix.ts';
import { lyricsTranscript } from '../../../main/engine/media/embeddedText.ts';
import { fingerprint, samplesOf } from '../../../main/engine/media/fingerprint.ts';
import { LevelMeter } from '../../../main/engine/media/levels.ts';
import { makeExecutable } from '../../../main/engine/media/tools.ts';

const folder = await mkdtemp(join(tmpdir(), 'soundbite-files-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const MIB = 1024 * 1024;

describe('a fingerprint', () => {
  test('follows a file to another name and tells a changed one apart', async () => {
    const sound = Buffer.alloc(5 * MIB, 7);
    await writeFile(join(folder, 'a.wav'), sound);
    await writeFile(join(folder, 'b.wav'), sound);
    await writeFile(join(folder, 'c.wav'), sound.fill(8, 2.5 * MIB, 2.5 * MIB + 1));
    const [a, b, c] = await Promise.all(
      ['a', 'b', 'c'].map((name) => fingerprint(join(folder, `${name}.wav`))),
    );
    expect(a?.fingerprint).toMatch(/^5242880-[0-9a-f]{64}$/);
    expect(b?.fingerprint).toBe(a?.fingerprint);
    expect(c?.fingerprint).not.toBe(a?.fingerprint);
  });

  test('of small text is its size and its SHA-256', async () => {
    await writeFile(join(folder, 'abc'), 'abc');
    const found = await fingerprint(join(folder, 'abc'));
    expect(found).toMatchObject({
      fingerprint: '3-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      sizeBytes: 3,
    });
  });

  test('of a file of a hundred gigabytes takes three reads', async () => {
    await writeFile(join(folder, 'sparse'), '');
    await truncate(join(folder, 'sparse'), 100 * 1024 * MIB);
    expect((await fingerprint(join(folder, 'sparse'))).sizeBytes).toBe(100 * 1024 * MIB);
    expect(samplesOf(100 * MIB)).toEqual([
      { at: 0, length: MIB },
      { at: 49.5 * MIB, length: MIB },
      { at: 99 * MIB, length: MIB },
    ]);
    expect(samplesOf(2.5 * MIB).map(({ length }) => length)).toEqual([MIB, MIB, MIB / 2]);
  });

  test('is refused to what is not a file with something in it', async () => {
    await mkdir(join(folder, 'd.mp3'));
    await writeFile(join(folder, 'e.mp3'), '');
    const refusal = (name: string) => expect(fingerprint(join(folder, name))).rejects;
    await refusal('nowhere.mp3').toMatchObject({ code: 'FILE_MISSING' });
    await refusal('d.mp3').toMatchObject({ code: 'NOT_REGULAR_FILE' });
    await refusal('e.mp3').toMatchObject({ code: 'EMPTY_FILE' });
    await refusal('nul\0.mp3').toMatchObject({ code: 'FILE_MISSING' });
  });
});

test('pictures are ranked: named like the recording, then the usual names, whatever their case', () => {
  const entries = [
    'notes.txt',
    'Artwork.webp',
    'ep1.png',
    'COVER.JPG',
    'ep1.mp3',
    'ep10.jpg',
    'ep1.jpg',
    'cover.png',
  ];
  expect(rankPictures('ep1.mp3', entries)).toEqual([
    'ep1.jpg',
    'ep1.png',
    'COVER.JPG',
    'cover.png',
    'Artwork.webp',
  ]);
});

test('a picture is what its first bytes say', () => {
  expect(recogniseStill(Buffer.from('ffd8ffe000104a4649460001', 'hex'))).toBe('jpeg_pipe');
  expect(recogniseStill(Buffer.from('89504e470d0a1a0a0000000d', 'hex'))).toBe('png_pipe');
  expect(recogniseStill(Buffer.from('RIFF\0\0\0\0WEBP'))).toBe('webp_pipe');
  expect(recogniseStill(Buffer.from('RIFF\0\0\0\0WAVE'))).toBeUndefined();
  expect(recogniseStill(Buffer.from('#EXTM3U'))).toBeUndefined();
});

test('lyrics are a transcript when they are long enough, and their form is told by their text', () => {
  const words = 'so we asked them again and they said the same thing '.repeat(5);
  expect(lyricsTranscript({ 'lyrics-eng': `[00:01.00]${words}\r\n[00:09.00]end` })).toEqual({
    text: `[00:01.00]${words}\n[00:09.00]end`,
    fileName: 'embedded.txt',
  });
  expect(lyricsTranscript({ lyrics: `WEBVTT\n\n00:01.000 --> 00:09.000\n${words}` })?.fileName).toBe(
    'embedded.vtt',
  );
  expect(lyricsTranscript({ unsyncedlyrics: `1\n00:00:01,000 --> 00:00:09,000\n${words}` })?.fileName).toBe(
    'embedded.srt',
  );
  expect(lyricsTranscript({ lyrics: 'la la la', comment: words })).toBeUndefined();
});

test('the gains of every downmix add up to one', () => {
  const gains = (channels: number, channelLayout: string) =>
    [...(monoFilter({ channels, channelLayout }) ?? '1*').matchAll(/([\d.]+)\*/g)].reduce(
      (sum, [, gain]) => sum + Number(gain),
      0,
    );
  for (const layout of ['', 'stereo', 'quad', '5.1', '5.1(side)', '6.1(front)', '7.1(wide)']) {
    for (const channels of [1, 2, 3, 4, 6, 7, 8, 16]) expect(gains(channels, layout)).toBeCloseTo(1, 4);
  }
  expect(monoFilter({ channels: 6, channelLayout: '5.1(side)' })).toContain('FC');
  expect(monoFilter({ channels: 7, channelLayout: '6.1(front)' })).not.toContain('FC');
});

test('levels are the same however the samples arrive', () => {
  const samples = Int16Array.from({ length: 1000 }, (_, i) => Math.round(16_384 * Math.sin(i / 3)));
  const whole = new LevelMeter(160);
  const pieces = new LevelMeter(160);
  const all = [...whole.read(samples), ...whole.rest()];
  const cut = [0, 1, 160, 161, 500, 999].flatMap((at, i, cuts) => [
    ...pieces.read(samples.subarray(at, cuts[i + 1] ?? 1000)),
  ]);
  expect([...cut, ...pieces.rest()]).toEqual(all);
  expect(all).toHaveLength(7);
  for (const level of all.slice(0, 6)) expect(level).toBeCloseTo(-9.03, 0);
});

test('levels run from digital silence to full scale', () => {
  const level = (sample: number) => new LevelMeter(4).read(new Int16Array(4).fill(sample))[0];
  expect(level(0)).toBe(-100);
  expect(level(-32_768)).toBe(0);
  expect(level(1)).toBeCloseTo(-90.31, 1);
});

test('a program of ours that lacks the permission to run is given it', async () => {
  const program = join(folder, 'program');
  await writeFile(program, '#!/bin/sh\n', { mode: 0o644 });
  await makeExecutable(program);
  await expect(access(program, constants.X_OK)).resolves.toBeUndefined();
});
