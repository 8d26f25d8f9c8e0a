import { chmod, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { loadTranscript, transcriptFromBytes } from '../../../main/engine/transcripts/load.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transcript-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const texts = (bytes: Buffer | string, name: string): string[] =>
  transcriptFromBytes(Buffer.from(bytes as string), name, {}).segments.map((segment) => segment.text);
const SRT = '1\n00:00:01,000 --> 00:00:02,000\nCafé — naïve.\n';

test('a file is read from disk to sentences, and its name tells the language', async () => {
  const path = join(folder, 'episode.en.srt');
  await writeFile(path, '1\n00:00:01,000 --> 00:00:02,500\nHello.\n');
  expect(await loadTranscript({ path, durationS: 3 })).toEqual({
    language: 'en',
    segments: [
      {
        fromS: 1,
        toS: 2.5,
        text: 'Hello.',
        timing: 'cue',
        words: [{ text: 'Hello.', fromS: 1, toS: 2.5, confidence: null }],
      },
    ],
    notes: [],
  });
});

test.each([
  ['UTF-8', Buffer.from(SRT)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${SRT}`)],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${SRT}`, 'utf16le')],
  ['UTF-16 without a mark', Buffer.from(SRT, 'utf16le')],
  ['UTF-16 big endian', Buffer.from(`\ufeff${SRT}`, 'utf16le').swap16()],
  ['Windows-1252', Buffer.from(SRT.replace('—', '\u0097'), 'latin1')],
])('%s is decoded', (_, bytes) => {
  const text = texts(bytes, 'a.srt')[0];
  expect(text).toContain('Café');
  expect(text).toContain('naïve.');
});

test('the content decides about the format, not the name', () => {
  expect(texts(`WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Hi.`, 'a.srt')).toEqual(['Hi.']);
  expect(texts(SRT, 'a.txt')).toEqual(['Café — naïve.']);
  expect(texts('{"segments": [{"startTime": 0, "endTime": 1, "body": "Hi."}]}', 'a.txt')).toEqual(['Hi.']);
  expect(texts('[{"start": 0, "end": 1, "text": "Hi."}]', 'a.json')).toEqual(['Hi.']);
  expect(texts('[00:01] Anna: Hi.\n[00:05] Ben: Ho.', 'a')).toEqual(['Hi.', 'Ho.']);
});

test('plain text is spread over the speech and says so', () => {
  const { segments, notes } = transcriptFromBytes(Buffer.from('Hello. Goodbye.'), 'a.txt', {
    durationS: 10,
    speech: [{ fromS: 2, toS: 4 }],
  });
  expect(segments.map(({ fromS, timing }) => [fromS, timing])[0]).toEqual([2, 'approximate']);
  expect(notes).toEqual([
    {
      kind: 'doubtful',
      text: 'The transcript gives no times for its sentences; they were spread over the speech and are approximate.',
    },
  ]);
});

test('show notes beside an hour of speech are no transcript', () => {
  expect(() =>
    transcriptFromBytes(Buffer.from('Links of this episode.'), 'a.txt', { durationS: 3600 }),
  ).toThrow(
    expect.objectContaining({
      code: 'TRANSCRIPT_MISFIT',
      message: 'The text has 4 words, too few for 1:00:00 of speech.',
    }),
  );
});

test('a book beside a minute of speech is no transcript', () => {
  const book = 'word '.repeat(5000);
  expect(() => transcriptFromBytes(Buffer.from(book), 'a.txt', { durationS: 60 })).toThrow(
    expect.objectContaining({
      code: 'TRANSCRIPT_MISFIT',
      message: 'The text has 5000 words, too many for 1:00 of speech.',
    }),
  );
});

test('what is not a readable file is refused by its own name', async () => {
  const codeOf = async (path: string): Promise<string> =>
    loadTranscript({ path }).then(
      () => 'loaded',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
  await mkdir(join(folder, 'folder.srt'));
  await writeFile(join(folder, 'empty.srt'), '');
  await writeFile(join(folder, 'file'), 'x');
  expect(await codeOf(join(folder, 'gone.srt'))).toBe('FILE_MISSING');
  expect(await codeOf(join(folder, 'file', 'below.srt'))).toBe('FILE_MISSING');
  expect(await codeOf(join(folder, 'folder.srt'))).toBe('NOT_REGULAR_FILE');
  expect(await codeOf(join(folder, 'empty.srt'))).toBe('EMPTY_FILE');
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a file that may not be read is refused as such (not as root, who may read everything)',
  async () => {
    const path = join(folder, 'secret.srt');
    await writeFile(path, SRT);
    await chmod(path, 0);
    await expect(loadTranscript({ path })).rejects.toMatchObject({ code: 'NO_PERMISSION' });
  },
);
