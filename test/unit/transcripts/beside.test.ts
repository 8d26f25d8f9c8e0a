import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTranscriptBeside } from '../../../main/engine/transcripts/beside.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beside-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const SRT = '00:00:01,000 --> 00:00:02,000\nHello.';
const JSON_TRANSCRIPT = JSON.stringify({ segments: [{ startTime: 0, endTime: 1, body: 'Hello.' }] });

async function beside(media: string, files: Record<string, string>): Promise<string | undefined> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const found = await findTranscriptBeside(join(folder, media));
  return found === undefined ? undefined : basename(found);
}

test.each([
  'Episode 1.srt',
  'episode 1.VTT',
  'Episode 1.en.srt',
  'Episode 1.pt-BR.vtt',
  'Episode 1.transcript.txt',
  'Episode 1_transcript.srt',
  'Episode 1.mp3.vtt',
  'Episode 1.mp3.en.srt',
])('%s belongs to Episode 1.mp3', async (name) => {
  expect(await beside('Episode 1.mp3', { [name]: SRT })).toBe(name);
});

test.each([
  'Episode 10.srt',
  'Episode 1 (notes).srt',
  'Episode.srt',
  'Episode 1.srt.bak',
  'Episode 1.2024.srt',
])('%s does not belong to Episode 1.mp3', async (name) => {
  expect(await beside('Episode 1.mp3', { [name]: SRT })).toBeUndefined();
});

test('the format that tells most comes first', async () => {
  const files = { 'a.txt': 'Hello.', 'a.srt': SRT, 'a.vtt': `WEBVTT\n\n${SRT}`, 'a.json': JSON_TRANSCRIPT };
  expect(await beside('a.mp3', files)).toBe('a.json');
});

test('a JSON file that is no transcript does not count', async () => {
  const files = { 'a.json': '{"chapters": []}', 'a.info.json': '{', 'a.words.json': '[]', 'a.srt': SRT };
  expect(await beside('a.mp3', files)).toBe('a.srt');
});

test("the recording's own name comes before a name with a language", async () => {
  expect(await beside('a.mp3', { 'a.de.srt': SRT, 'a.srt': SRT, 'a.en.srt': SRT })).toBe('a.srt');
});

test('accents written as letters of their own are the same name', async () => {
  expect(await beside('Caf\u00e9.mp3', { 'Cafe\u0301.srt': SRT })).toBe('Cafe\u0301.srt');
});

test('folders, empty files and the recording itself are not transcripts', async () => {
  await mkdir(join(folder, 'a.vtt'));
  expect(await beside('a.mp3', { 'a.srt': '', 'a.mp3': 'x' })).toBeUndefined();
});

test('a folder that is not there holds no transcript', async () => {
  expect(await findTranscriptBeside(join(folder, 'gone', 'a.mp3'))).toBeUndefined();
});
