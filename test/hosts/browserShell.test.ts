import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { serve } from '../../main/hosts/browser/server.ts';
import type { HttpAsk } from './browserClient.ts';
import { openSocket, send, signIn } from './browserClient.ts';
import { openShellBench } from './shellBench.ts';

const JSON_BODY = { 'Content-Type': 'application/json' };

/** A call that would change something if it came through. */
const pauseAll = (headers: Readonly<Record<string, string>>): HttpAsk => ({
  method: 'POST',
  path: '/call/queue.pause',
  headers: { ...JSON_BODY, ...headers },
  body: '{"scope":"all"}',
});

test('the token opens the window once; after that, and for any other token, the answer is 401', async () => {
  await using bench = await openShellBench();
  const { port, url } = bench.shell;
  const { search } = new URL(url);
  const wrong = await send(port, { path: `/?token=${'A'.repeat(43)}` });
  const right = await send(port, { path: `/${search}` });
  const replayed = await send(port, { path: `/${search}` });
  expect([wrong.status, right.status, replayed.status]).toEqual([401, 303, 401]);
  expect(wrong.json()).toMatchObject({ ok: false, error: { code: 'NOT_SIGNED_IN' } });
  expect([wrong.headers['set-cookie'], replayed.headers['set-cookie']]).toEqual([undefined, undefined]);
  expect(search.length).toBeGreaterThanOrEqual('?token='.length + 43);
});

test('the key becomes a cookie that scripts and other sites never see, and the address no longer carries it', async () => {
  await using bench = await openShellBench();
  const { port, url } = bench.shell;
  const { pathname, search } = new URL(url);
  const answer = await send(port, { path: pathname + search });
  const [cookie = ''] = answer.headers['set-cookie'] ?? [];
  expect(cookie.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
  expect(cookie.startsWith(`soundbite-${port}=`)).toBe(true);
  expect(answer.headers.location).toBe('/');
  expect(JSON.stringify(answer.headers)).not.toContain(search.slice('?token='.length));
});

describe('a request that does not come from our own window is refused and changes nothing', () => {
  test.each([
    ['no cookie', () => ({ Cookie: '' }), 401],
    ['a wrong cookie', (port: number) => ({ Cookie: `soundbite-${port}=AAAA` }), 401],
    ['a cookie of another port', (port: number) => ({ Cookie: `soundbite-${port + 1}=AAAA` }), 401],
    ['no Origin', () => ({ Origin: undefined }), 403],
    ['Origin null', () => ({ Origin: 'null' }), 403],
    ['a foreign Origin', () => ({ Origin: 'http://evil.test' }), 403],
    ['our Origin over https', (port: number) => ({ Origin: `https://127.0.0.1:${port}` }), 403],
    ['our Origin on another port', (port: number) => ({ Origin: `http://127.0.0.1:${port + 1}` }), 403],
    ['our Origin with an ending', (port: number) => ({ Origin: `http://127.0.0.1:${port}.evil.test` }), 403],
    ['a foreign Host', () => ({ Host: 'evil.test' }), 403],
    ['a Host that begins like ours', (port: number) => ({ Host: `127.0.0.1.evil.test:${port}` }), 403],
    ['our Host on another port', (port: number) => ({ Host: `127.0.0.1:${port + 1}` }), 403],
    ['our Host without a port', () => ({ Host: '127.0.0.1' }), 403],
    ['another name for this machine', (port: number) => ({ Host: `[::1]:${port}` }), 403],
    [
      'the Origin of our other name',
      (port: number) => ({ Host: `localhost:${port}`, Origin: `http://127.0.0.1:${port}` }),
      403,
    ],
  ])('%s', async (_title, change, status) => {
    await using bench = await openShellBench();
    const { port, url } = bench.shell;
    const window = await signIn(url);
    const changed = Object.entries({ ...window.headers, ...change(port) });
    const headers = Object.fromEntries(
      changed.filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const answer = await send(port, pauseAll(headers));
    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject({
      ok: false,
      error: { code: status === 401 ? 'NOT_SIGNED_IN' : 'FOREIGN_REQUEST' },
    });
    expect(bench.engine.queue.overview.pauses()).toEqual([]);
    const upgraded = await openSocket(port, '/events', headers);
    expect(upgraded).toBe(status);
  });

  test('while our own window may do all that, by either of its names', async () => {
    await using bench = await openShellBench();
    const { port, url } = bench.shell;
    const window = await signIn(url);
    const byName = { Host: `localhost:${port}`, Origin: `http://localhost:${port}`, Cookie: window.cookie };
    const answers = [await send(port, pauseAll(window.headers)), await send(port, pauseAll(byName))];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(bench.engine.queue.overview.pauses()).toEqual([{ scope: 'all', because: 'person' }]);
    const socket = await openSocket(port, '/events', window.headers);
    expect(socket).toMatchObject({ readyState: 1 });
  });

  test('a foreign page may not even read: an Origin that is not ours is refused on a GET as well', async () => {
    await using bench = await openShellBench();
    const { cookie } = await signIn(bench.shell.url);
    const read = (headers: Record<string, string>) => send(bench.shell.port, { path: '/', headers });
    const statuses = [
      (await read({ Cookie: cookie })).status,
      (await read({ Cookie: cookie, Origin: 'http://evil.test' })).status,
      (await read({ Cookie: cookie, Host: 'evil.test' })).status,
      (await read({})).status,
    ];
    expect(statuses).toEqual([200, 403, 403, 401]);
  });
});

test('a call is JSON in UTF-8 of at most a mebibyte, sent with POST, whatever its headers promise', async () => {
  await using bench = await openShellBench();
  const { port, url } = bench.shell;
  const { headers } = await signIn(url);
  const path = '/call/queue.status';
  const post = (extra: Record<string, string>, body: string | Uint8Array): Promise<number> =>
    send(port, { method: 'POST', path, headers: { ...headers, ...extra }, body }).then(
      ({ status }) => status,
    );
  const large = JSON.stringify({ filler: 'x'.repeat(1_048_576) });
  const statuses = {
    text: await post({ 'Content-Type': 'text/plain' }, '{}'),
    form: await post({ 'Content-Type': 'application/x-www-form-urlencoded' }, '{}'),
    disguised: await post({ 'Content-Type': 'text/plain; application/json' }, '{}'),
    latin1: await post({ 'Content-Type': 'application/json; charset=latin1' }, '{}'),
    none: await post({}, '{}'),
    large: await post(JSON_BODY, large),
    chunkedLarge: await post({ ...JSON_BODY, 'Transfer-Encoding': 'chunked' }, large),
    torn: await post(JSON_BODY, '{"scope":'),
    empty: await post(JSON_BODY, ''),
    valid: await post({ 'Content-Type': 'application/json; charset=UTF-8' }, '{}'),
    get: (await send(port, { path, headers })).status,
    put: (await send(port, { method: 'PUT', path, headers: { ...headers, ...JSON_BODY }, body: '{}' }))
      .status,
    options: (await send(port, { method: 'OPTIONS', path, headers })).status,
  };
  expect(statuses).toEqual({
    text: 415,
    form: 415,
    disguised: 415,
    latin1: 415,
    none: 415,
    large: 413,
    chunkedLarge: 413,
    torn: 400,
    empty: 400,
    valid: 200,
    get: 405,
    put: 405,
    options: 405,
  });
  expect(bench.bugs).toEqual([]);
});

test('files of the window are served, rooms get its page, and nothing outside its folder is ever read', async () => {
  await using bench = await openShellBench();
  const { port, url } = bench.shell;
  const { headers } = await signIn(url);
  const served = async (path: string): Promise<string> => {
    const { status, headers: answered, bytes } = await send(port, { path, headers });
    expect(bytes.toString()).not.toBe('secret');
    return `${status} ${answered['content-type'] ?? ''}`;
  };
  const page = '200 text/html; charset=utf-8';
  expect(await served('/')).toBe(page);
  expect(await served('/index.html')).toBe(page);
  expect(await served('/episodes/ep-7k2m9q4x0d?tab=clips')).toBe(page);
  expect(await served('/assets/index-1a2b.js')).toBe('200 text/javascript; charset=utf-8');
  const refused = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/../renderer-evil/secret.txt',
    '/assets/link.txt',
    '/folder-link/secret.txt',
    '/assets/index-1a2b.js%00.txt',
    '/%00',
    '/%ff',
    '/%',
    '//etc/passwd.txt',
    '/assets/none.js',
    `${bench.folder.path}/secret.txt`,
    `/${'a'.repeat(5000)}.txt`,
  ];
  for (const path of refused)
    expect([path, await served(path)]).toEqual([path, expect.stringMatching(/^404 /)]);
  expect(bench.bugs).toEqual([]);
});

test('every reply carries the rules of the page, refusals and media included, and none opens the door to other sites', async () => {
  await using bench = await openShellBench();
  const { port, url } = bench.shell;
  const { headers, cookie } = await signIn(url);
  const replies = [
    await send(port, { path: '/', headers }),
    await send(port, { path: '/' }),
    await send(port, { path: '/?token=wrong' }),
    await send(port, { path: '/', headers: { Host: 'evil.test' } }),
    await send(port, { path: '/nothing.js', headers }),
    await send(port, { path: '/media/episode/ep-0', headers }),
    await send(port, { path: '/media/passwords/1', headers }),
    await send(port, pauseAll(headers)),
    await send(port, pauseAll({ Cookie: cookie })),
    await send(port, {
      method: 'OPTIONS',
      path: '/call/queue.status',
      headers: { Origin: 'http://evil.test' },
    }),
  ];
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    `connect-src 'self' ws://127.0.0.1:${port}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
  for (const { headers: answered } of replies) {
    expect(answered).toMatchObject({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(Object.keys(answered).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test('a call that is broken off in the middle does nothing and is no bug', async () => {
  await using bench = await openShellBench();
  const { port, cookie, origin } = await signIn(bench.shell.url);
  const socket = connect(port, '127.0.0.1');
  const lines = ['POST /call/queue.pause HTTP/1.1', `Host: 127.0.0.1:${port}`, `Origin: ${origin}`];
  const rest = [
    `Cookie: ${cookie}`,
    'Content-Type: application/json',
    'Content-Length: 100',
    '',
    '{"scope":',
  ];
  socket.write([...lines, ...rest].join('\r\n'));
  socket.end();
  await once(socket.resume(), 'close');
  expect([bench.bugs, bench.engine.queue.overview.pauses()]).toEqual([[], []]);
});

test('what is no HTTP at all is answered with the same rules, and the server lives on', async () => {
  await using bench = await openShellBench();
  const { port, url } = bench.shell;
  const socket = connect(port, '127.0.0.1');
  socket.write('HELO soundbite\r\n\r\n');
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  expect(chunk.toString()).toMatch(/^HTTP\/1\.1 400 [^]*Content-Security-Policy: default-src 'none'/);
  expect((await signIn(url)).port).toBe(port);
});

test('the server listens on 127.0.0.1 and nowhere else', async () => {
  await using bench = await openShellBench();
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ address, scopeid }) => address !== '127.0.0.1' && (scopeid ?? 0) === 0)
    .map(({ address }) => address);
  const others = [...elsewhere, ...(process.platform === 'linux' ? ['127.0.0.2'] : [])];
  for (const host of others) {
    const socket = connect(bench.shell.port, host);
    await expect(once(socket, 'connect'), host).rejects.toMatchObject({
      code: expect.stringMatching(/ECONNREFUSED|EADDRNOTAVAIL|EHOSTUNREACH|ENETUNREACH/) as string,
    });
  }
  const socket = connect(bench.shell.port, '127.0.0.1');
  await once(socket, 'connect');
  expect(socket.remoteAddress).toBe('127.0.0.1');
  socket.destroy();
});

test('a port that is taken is an error with a name', async () => {
  await using bench = await openShellBench();
  const again = serve({
    engine: bench.engine,
    handlers: {} as never,
    pages: { answer: () => Promise.resolve() },
    port: bench.shell.port,
    log: () => undefined,
  });
  await expect(again).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
