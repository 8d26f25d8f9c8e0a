import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { basename, relative } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { plainFileName, storeCopy } from '../../main/engine/flows/storeCopy.ts';
import { send, signIn, type HttpAnswer, type SignedIn } from './browserClient.ts';
import { openShellBench, type ShellBench } from './shellBench.ts';

const BYTES = { 'Content-Type': 'application/octet-stream' };

const upload = (
  window: SignedIn,
  name: string,
  body: Uint8Array,
  headers: Record<string, string> = BYTES,
): Promise<HttpAnswer> =>
  send(window.port, {
    method: 'POST',
    path: `/upload?name=${encodeURIComponent(name)}`,
    headers: { ...window.headers, ...headers },
    body,
  });

const ownedPaths = ({ engine }: ShellBench): unknown[] =>
  engine.library.db.prepare('SELECT path FROM owned_files').pluck().all();

function copies({ engine }: ShellBench): string[] {
  const folder = engine.paths.episodes;
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
}

test('a dropped file becomes a copy in the library, byte for byte, private, and owned', async () => {
  await using bench = await openShellBench();
  const window = await signIn(bench.shell.url);
  const body = new Uint8Array(3_000_000).map((_byte, index) => index % 251);
  const answer = await upload(window, 'Folge 12 – Über Käse.mp3', body);
  const { path } = (answer.json() as { value: { path: string } }).value;
  expect(basename(path)).toBe('Folge 12 – Über Käse.mp3');
  expect(readFileSync(path).equals(body)).toBe(true);
  expect(statSync(path).mode & 0o077).toBe(0);
  const { ino, size } = statSync(path);
  expect(
    bench.engine.library.db.prepare('SELECT path, category, inode, size_bytes FROM owned_files').all(),
  ).toEqual([
    { path: relative(bench.engine.paths.home, path), category: 'episode-copy', inode: ino, size_bytes: size },
  ]);
});

test('two files of one name lie beside each other', async () => {
  await using bench = await openShellBench();
  const window = await signIn(bench.shell.url);
  const answers = [
    await upload(window, 'a.mp3', Buffer.from('one')),
    await upload(window, 'a.mp3', Buffer.from('two')),
  ];
  const paths = answers.map((answer) => (answer.json() as { value: { path: string } }).value.path);
  expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['one', 'two']);
});

test('what is too large, of unknown length or of another kind is refused before a byte is kept', async () => {
  await using bench = await openShellBench();
  const window = await signIn(bench.shell.url);
  const small = Buffer.from('x');
  const answers = [
    await upload(window, 'a.mp4', small, { ...BYTES, 'Content-Length': '524288001', Expect: '100-continue' }),
    await upload(window, 'a.mp4', small, { ...BYTES, 'Transfer-Encoding': 'chunked' }),
    await upload(window, 'a.mp4', small, { 'Content-Type': 'multipart/form-data' }),
    await upload(window, '', small),
    await upload(window, '../..', small),
  ];
  expect(answers.map(({ status }) => status)).toEqual([413, 400, 415, 200, 200]);
  const codes = answers.map((answer) => (answer.json() as { error: { code: string } }).error.code);
  expect(codes).toEqual(['FILE_TOO_LARGE', 'BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT']);
  expect([copies(bench), ownedPaths(bench), bench.bugs]).toEqual([[], [], []]);
});

test('an upload that is broken off leaves nothing behind', async () => {
  await using bench = await openShellBench();
  const window = await signIn(bench.shell.url);
  const request = httpRequest({
    host: '127.0.0.1',
    port: window.port,
    method: 'POST',
    path: '/upload?name=half.mp4',
    headers: { ...window.headers, ...BYTES, 'Content-Length': '1000000' },
  });
  request.on('error', () => undefined);
  request.write(Buffer.alloc(400_000));
  await vi.waitFor(() => {
    expect(copies(bench).some((name) => name.endsWith('half.mp4.partial'))).toBe(true);
  });
  request.destroy();
  await vi.waitFor(() => {
    expect(copies(bench)).toEqual([]);
  });
  expect([ownedPaths(bench), bench.bugs]).toEqual([[], []]);
});

/** A stream that fails as a write to a full disk does. */
function* fillTheDisk(): Generator<Buffer> {
  yield Buffer.alloc(1000);
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
}

test('a disk without room is told apart, before and in the middle, and leaves nothing behind', async () => {
  await using bench = await openShellBench();
  const { engine } = bench;
  const never = new Readable({ read: () => undefined });
  const tooMuch = storeCopy(engine, { name: 'a.mp4', sizeBytes: 2 ** 50, bytes: never });
  await expect(tooMuch).rejects.toMatchObject({ code: 'DISK_FULL' });
  const fails = Readable.from(fillTheDisk());
  await expect(storeCopy(engine, { name: 'a.mp4', sizeBytes: 2000, bytes: fails })).rejects.toMatchObject({
    code: 'DISK_FULL',
  });
  const short = storeCopy(engine, {
    name: 'a.mp4',
    sizeBytes: 2000,
    bytes: Readable.from([Buffer.alloc(10)]),
  });
  await expect(short).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect([copies(bench), ownedPaths(bench)]).toEqual([[], []]);
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\talk.wav', 'talk.wav'],
  ['.hidden.mp3', 'hidden.mp3'],
  ['a\u0000b\u001f.mp3', 'ab.mp3'],
  ['what? a "title": part 1/2 <x>|*.mp4', '2 x.mp4'],
  ['ends with a dot. ', 'ends with a dot'],
  [`${'ü'.repeat(300)}.m4a`, `${'ü'.repeat(88)}.m4a`],
  ['', undefined],
  ['..', undefined],
  ['???', undefined],
])('the name %j is kept as %j', (given, kept) => {
  expect(plainFileName(given)).toBe(kept);
});
