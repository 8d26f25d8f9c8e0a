import { once } from 'node:events';
import { readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { expect, test, vi } from 'vitest';
import { mediaPath } from '../../main/contract/media.ts';
import { newShow } from '../../main/domain/show.ts';
import { send, signIn, type SignedIn } from './browserClient.ts';
import { openShellBench, type ShellBench } from './shellBench.ts';

const SIZE_BYTES = 2_200_000_000;
const PATH = mediaPath('episode', 'ep-1');

/** An episode as large as an hour of video, which takes no room on the disk. */
function addLargeEpisode({ engine, folder }: ShellBench): string {
  const path = folder.file('hour.mp4');
  writeFileSync(path, 'first bytes');
  truncateSync(path, SIZE_BYTES);
  engine.shows.add(newShow('show-1', 'Still Works'));
  engine.episodes.addOrRelink({
    id: 'ep-1',
    showId: 'show-1',
    title: 'An hour',
    path,
    fingerprint: 'f',
    modifiedAtMs: 0,
    importedAtMs: 0,
    facts: {
      format: 'mp4',
      durationS: 3600,
      sizeBytes: SIZE_BYTES,
      audio: [],
      video: null,
      coverIndex: null,
      subtitleIndexes: [],
      tags: {},
      warnings: [],
    },
  });
  return path;
}

async function begin(window: SignedIn): Promise<IncomingMessage> {
  const request = httpRequest({
    host: '127.0.0.1',
    port: window.port,
    path: PATH,
    headers: { Cookie: window.cookie },
  }).end();
  request.on('error', () => undefined);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

const openFiles = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });

test('a recording larger than a 32-bit number is played by ranges up to its very end', async () => {
  await using bench = await openShellBench();
  addLargeEpisode(bench);
  const { port, cookie } = await signIn(bench.shell.url);
  const ask = async (Range: string) => {
    const { status, headers, bytes } = await send(port, { path: PATH, headers: { Cookie: cookie, Range } });
    return [status, headers['content-range'], headers['content-type'], bytes.length];
  };
  expect(await ask('bytes=0-10')).toEqual([206, `bytes 0-10/${SIZE_BYTES}`, 'video/mp4', 11]);
  const nearEnd = SIZE_BYTES - 1000;
  expect(await ask(`bytes=${nearEnd}-`)).toEqual([
    206,
    `bytes ${nearEnd}-${SIZE_BYTES - 1}/${SIZE_BYTES}`,
    'video/mp4',
    1000,
  ]);
  const statuses = [
    (await send(port, { path: PATH })).status,
    (await send(port, { path: PATH, headers: { Cookie: cookie, Origin: 'http://evil.test' } })).status,
    (await send(port, { method: 'HEAD', path: PATH, headers: { Cookie: cookie } })).status,
  ];
  expect(statuses).toEqual([401, 403, 200]);
});

test.skipIf(process.platform !== 'linux')(
  'a player that seeks away ends the reading, and the file is let go (needs /proc)',
  async () => {
    await using bench = await openShellBench();
    const path = addLargeEpisode(bench);
    const response = await begin(await signIn(bench.shell.url));
    await once(response, 'readable');
    expect(openFiles()).toContain(path);
    response.destroy();
    await vi.waitFor(() => {
      expect(openFiles()).not.toContain(path);
    });
    expect(bench.bugs).toEqual([]);
  },
);

test('a recording that has gone from its place is an error with a name', async () => {
  await using bench = await openShellBench();
  const path = addLargeEpisode(bench);
  const { port, cookie } = await signIn(bench.shell.url);
  rmSync(path);
  const answer = await send(port, { path: PATH, headers: { Cookie: cookie } });
  expect([answer.status, answer.json()]).toEqual([
    404,
    { ok: false, error: expect.objectContaining({ code: 'FILE_MISSING', detail: path }) as object },
  ]);
});
