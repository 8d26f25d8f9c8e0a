import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calls } from '../../main/contract/index.ts';
import { mediaPath } from '../../main/contract/media.ts';
import type { Job } from '../../main/domain/job.ts';
import { samplePath } from '../support/cli.ts';
import { layOutApp, startElectronDouble, type ElectronDouble } from '../support/electronDouble/start.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';

/** An installation with a page of its own, and a library beside it. */
interface Place extends Disposable {
  readonly appDir: string;
  readonly home: string;
  readonly folder: TemporaryFolder;
}

function place(): Place {
  const folder = temporaryFolder();
  const appDir = folder.file('app');
  layOutApp(appDir);
  mkdirSync(folder.file('app/dist/renderer/assets'), { recursive: true });
  writeFileSync(folder.file('app/dist/renderer/index.html'), '<!doctype html><title>Soundbite</title>');
  writeFileSync(folder.file('app/dist/renderer/assets/index.js'), 'export {};');
  writeFileSync(folder.file('secret.html'), 'not for the page');
  symlinkSync(folder.file('secret.html'), folder.file('app/dist/renderer/link.html'));
  return {
    appDir,
    folder,
    home: folder.file('library'),
    [Symbol.dispose]: () => {
      folder[Symbol.dispose]();
    },
  };
}

/** The sample episode, taken in and searched; resolves with its id. */
async function importSample(double: ElectronDouble): Promise<string> {
  await double.ask({ kind: 'listen', name: 'jobs.changed' });
  expect(await double.call('episodes.importSample', {})).toMatchObject({ ok: true });
  await double.untilEvent('jobs.changed', (job) => (job as Job).state === 'completed');
  const reply = await double.call('episodes.list', {});
  const [episode] = (reply as unknown as { value: { id: string }[] }).value;
  return episode?.id ?? 'no episode';
}

let shared: Place;
let app: ElectronDouble;
beforeAll(async () => {
  shared = place();
  app = await startElectronDouble(shared);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  shared[Symbol.dispose]();
});

describe('the window', () => {
  test('is sandboxed, isolated, without Node, without webviews and without a spelling service', () => {
    expect(app.did('window')).toEqual([
      expect.objectContaining({
        webPreferences: {
          preload: join(shared.appDir, 'dist', 'preload.cjs'),
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          nodeIntegrationInWorker: false,
          nodeIntegrationInSubFrames: false,
          webSecurity: true,
          allowRunningInsecureContent: false,
          webviewTag: false,
          spellcheck: false,
        },
      }),
    ]);
    expect(app.did('loadURL')).toEqual(['app://soundbite/']);
  });

  test('has a scheme that is standard and secure, and bypasses nothing', () => {
    expect(app.did('schemes')).toEqual([
      [{ scheme: 'app', privileges: { standard: true, secure: true, stream: true } }],
    ]);
  });

  test('is given three functions and nothing else', async () => {
    expect(await app.ask({ kind: 'exposed' })).toEqual({ soundbite: ['call', 'on', 'pathOf'] });
    expect(await app.ask({ kind: 'pathOf', path: '/recordings/episode.wav' })).toBe(
      '/recordings/episode.wav',
    );
  });

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    '%s is refused for every address that is not ours',
    async (event) => {
      const foreign = [
        ...['https://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,hello'],
        ...['app://elsewhere/', 'app://soundbite.example/', 'about:blank', 'not an address'],
      ];
      for (const url of foreign) {
        expect([url, await app.ask({ kind: 'navigate', event, url })]).toEqual([url, true]);
      }
      expect(await app.ask({ kind: 'navigate', event, url: 'app://soundbite/clips' })).toBe(false);
    },
  );

  test('opens no other window, not even of our own address, and attaches no webview', async () => {
    for (const url of ['https://example.com/', 'app://soundbite/', 'file:///etc/passwd']) {
      expect(await app.ask({ kind: 'openWindow', url })).toEqual({ action: 'deny' });
    }
    const attach = { kind: 'navigate', event: 'will-attach-webview', url: 'app://soundbite/' } as const;
    expect(await app.ask(attach)).toBe(true);
  });

  test('is granted nothing but copying text', async () => {
    const refused = { request: false, check: false };
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'usb',
    ]) {
      expect([permission, await app.ask({ kind: 'permission', permission })]).toEqual([permission, refused]);
    }
    const copying = await app.ask({ kind: 'permission', permission: 'clipboard-sanitized-write' });
    expect(copying).toEqual({ request: true, check: true });
  });
});

describe('pages', () => {
  test('the page and its files are served with the policy on every reply, refusals included', async () => {
    const replies = await Promise.all(
      [
        '/',
        '/index.html',
        '/assets/index.js',
        '/episodes/ep-7k2m9q4x0d',
        '/nothing.html',
        '/media/episode/ep-none',
        '/media/attic/1',
      ].map(async (path) => ({ path, ...(await app.fetch(path)) })),
    );
    expect(replies.map(({ path, status }) => [path, status])).toEqual([
      ['/', 200],
      ['/index.html', 200],
      ['/assets/index.js', 200],
      ['/episodes/ep-7k2m9q4x0d', 200],
      ['/nothing.html', 404],
      ['/media/episode/ep-none', 404],
      ['/media/attic/1', 404],
    ]);
    expect(replies[0]?.body.toString()).toBe('<!doctype html><title>Soundbite</title>');
    expect(replies[3]?.body).toEqual(replies[0]?.body);
    expect(replies[2]?.headers['content-type']).toBe('text/javascript; charset=utf-8');
    for (const { path, headers } of replies) {
      const policy = headers['content-security-policy'] ?? `none on ${path}`;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  test.each([
    '/../../secret.html',
    '/%2e%2e/%2e%2e/%2e%2e/secret.html',
    '/..%2f..%2f..%2fsecret.html',
    '/..%5c..%5c..%5csecret.html',
    '/link.html',
    '/index.html%00.js',
    '/%E0%A4%A',
    '/media/../../../secret.html',
    '/media/episode/..%2f..%2f..%2fsecret.html',
    'app://elsewhere/index.html',
  ])('%s leads nowhere', async (path) => {
    const { status, body } = await app.fetch(path);
    expect([400, 404]).toContain(status);
    expect(body.toString()).toBe('');
  });

  test('nothing but reading is answered', async () => {
    expect(await app.fetch('/', {}, 'POST')).toMatchObject({ status: 405 });
  });
});

describe('calls', () => {
  const list = ['episodes.list', {}] as const;
  const refused = { ok: false, error: { code: 'FOREIGN_REQUEST' } };

  test.each([
    ['a frame inside our page', { sender: 'ours', url: 'app://soundbite/', isSubframe: true }],
    [
      'our window after it was led elsewhere',
      { sender: 'ours', url: 'https://example.com/', isSubframe: false },
    ],
    [
      'a host whose name begins like ours',
      { sender: 'ours', url: 'app://soundbite.evil/', isSubframe: false },
    ],
    ['a blank page', { sender: 'ours', url: 'about:blank', isSubframe: false }],
    ['a second window', { sender: 'another', url: 'app://soundbite/', isSubframe: false }],
    ['a page that is gone', { sender: 'ours', url: null, isSubframe: false }],
  ] as const)('a call from %s is refused', async (_title, from) => {
    expect(await app.ask({ kind: 'invokeFrom', ...from, args: list })).toMatchObject(refused);
  });

  test('the page of our window is answered, over one channel', async () => {
    expect(await app.ask({ kind: 'channels' })).toEqual(['soundbite:call']);
    expect(await app.call(...list)).toEqual({ ok: true, value: [] });
    const direct = {
      kind: 'invokeFrom',
      sender: 'ours',
      url: 'app://soundbite/',
      isSubframe: false,
    } as const;
    expect(await app.ask({ ...direct, args: list })).toEqual({ ok: true, value: [] });
  });

  const ours = { kind: 'invokeFrom', sender: 'ours', url: 'app://soundbite/', isSubframe: false } as const;
  test.each([
    ['an unknown call', ['episodes.explode', {}]],
    ['a name from Object.prototype', ['__proto__', {}]],
    ['a name that is no text', [{ toString: 'episodes.list' }, {}]],
    ['no name at all', []],
    ['a field too many', ['episodes.list', { path: '/etc/passwd' }]],
    ['a wrong type', ['jobs.cancel', { jobId: '1' }]],
    ['a huge text', ['episodes.get', { episodeId: 1, more: 'x'.repeat(1_000_000) }]],
  ])('%s is refused with a typed error behind the preload script as well', async (_title, args) => {
    expect(await app.ask({ ...ours, args })).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
  });

  test('the preload script passes on every call of the contract and no other', async () => {
    const replies = await Promise.all(
      Object.keys(calls).map(async (name) => ({ name, reply: await app.call(name, 'not an input') })),
    );
    for (const { name, reply } of replies) {
      expect([name, reply]).toMatchObject([name, { ok: false, error: { code: 'BAD_INPUT' } }]);
      expect(JSON.stringify(reply)).not.toContain('no call named');
    }
    const unknown = await app.call('episodes.explode', {});
    expect(unknown).toMatchObject({
      ok: false,
      error: { detail: 'there is no call named episodes.explode' },
    });
    await expect(app.ask({ kind: 'listen', name: 'ipc.anything' })).rejects.toThrow(
      'there is no event named',
    );
  });

  test('a key of a provider is sealed by the keychain of the system, and can be used again', async () => {
    const baseUrl = 'http://127.0.0.1:9/v1';
    await app.call('reviewer.change', { use: { id: 'local', baseUrl, model: 'small' } });
    const added = await app.call('reviewer.addKey', {
      provider: 'local',
      label: 'work',
      secret: 'sk-secret',
    });
    expect(added).toMatchObject({ ok: true });
    expect(await app.call('reviewer.status', {})).toMatchObject({
      value: { secrets: expect.stringContaining("this system's keychain") as string },
    });
    expect(await app.call('reviewer.quota', {})).toMatchObject({
      value: { keys: [{ label: 'work', isReadable: true }] },
    });
    const folder = join(shared.home, 'secrets');
    const [name = ''] = readdirSync(folder);
    expect(name).toMatch(/\.sealed$/);
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain('sk-secret');
  });

  test('files and folders are chosen with native dialogs; null when a person changes their mind', async () => {
    await app.ask({ kind: 'choose', paths: ['/recordings/a.wav', '/recordings/a.srt'] });
    const chosen = await app.call('host.pickMedia', {});
    expect(chosen).toEqual({ ok: true, value: { paths: ['/recordings/a.wav', '/recordings/a.srt'] } });
    expect(await app.call('host.pickMedia', {})).toEqual({ ok: true, value: { paths: null } });
    await app.ask({ kind: 'choose', paths: ['/clips'] });
    const folder = await app.call('host.pickFolder', { startFolder: '/home' });
    expect(folder).toEqual({ ok: true, value: { folder: '/clips' } });
    expect(app.did('dialog')).toMatchObject([
      { properties: ['openFile', 'multiSelections'] },
      {},
      { properties: ['openDirectory', 'createDirectory'], defaultPath: '/home' },
    ]);
  });
});

test('a second start shows the window of the first and opens no library', async () => {
  const shownBefore = app.did('focus').length;
  await app.ask({ kind: 'minimize' });
  const second = await startElectronDouble(shared);
  expect(await second.exitCode).toBe(0);
  expect(second.did('window')).toEqual([]);
  await app.ask({ kind: 'appEvent', event: 'second-instance' });
  expect([app.did('restore').length, app.did('focus').length]).toEqual([1, shownBefore + 1]);
});

describe('an episode in the desktop window', () => {
  test('is heard through its id, in ranges; its export is revealed, dragged out and moved to the bin by id', async () => {
    using here = place();
    await using double = await startElectronDouble(here);
    const episodeId = await importSample(double);
    const whole = readFileSync(samplePath);
    const media = mediaPath('episode', episodeId);

    const part = await double.fetch(media, { Range: 'bytes=1000-1999' });
    expect([part.status, part.headers['content-range'], part.headers['content-length']]).toEqual([
      206,
      `bytes 1000-1999/${whole.length}`,
      '1000',
    ]);
    expect(part.body.equals(whole.subarray(1000, 2000))).toBe(true);
    const tail = await double.fetch(media, { Range: 'bytes=-10' });
    expect(tail.body.equals(whole.subarray(-10))).toBe(true);
    const beyond = await double.fetch(media, { Range: `bytes=${whole.length}-` });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${whole.length}`]);
    const head = await double.fetch(media, {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([
      200,
      String(whole.length),
      0,
    ]);
    const all = await double.fetch(media);
    expect([all.status, all.headers['accept-ranges'], all.body.equals(whole)]).toEqual([200, 'bytes', true]);

    const clips = await double.call('clips.list', { episodeId, limit: 1 });
    const [clip] = (clips as unknown as { value: { id: string }[] }).value;
    const folder = here.folder.file('clips');
    await double.call('exports.create', { clipIds: [clip?.id], presets: ['audio'], folder });
    await double.untilEvent('jobs.changed', (payload) => {
      const job = payload as Job;
      return job.lane === 'production' && job.state === 'completed';
    });
    await double.untilDid('may sleep');
    expect([double.did('stay awake'), double.did('may sleep')]).toEqual([['prevent-app-suspension'], [1]]);

    const exported = await double.call('exports.list', { clipId: clip?.id });
    const [file] = (exported as unknown as { value: { id: string; path: string }[] }).value;
    const exportId = file?.id ?? 'no export';
    for (const name of ['host.revealExport', 'host.dragExport', 'host.trashExport']) {
      expect([name, await double.call(name, { exportId })]).toEqual([name, { ok: true, value: {} }]);
    }
    expect([double.did('reveal'), double.did('trash')]).toEqual([[file?.path], [file?.path]]);
    expect(double.did('startDrag')).toEqual([
      { file: file?.path, icon: expect.stringContaining('64x64.png') as string },
    ]);
    writeFileSync(file?.path ?? '', 'somebody put another file there');
    const taken = await double.call('host.trashExport', { exportId });
    expect(taken).toMatchObject({ ok: false, error: { code: 'WRONG_STATE' } });
  });

  test('quitting parks the work and the next start goes on with it', async () => {
    using here = place();
    await using first = await startElectronDouble(here);
    await first.ask({ kind: 'listen', name: 'jobs.changed' });
    await first.call('episodes.importSample', {});
    await first.untilEvent('jobs.changed', (job) => (job as Job).state === 'processing');
    await first.ask({ kind: 'quit' });
    expect(await first.exitCode).toBe(0);
    expect(first.did('hide')).toHaveLength(1);

    await using next = await startElectronDouble(here);
    await next.ask({ kind: 'listen', name: 'jobs.changed' });
    const reply = await next.call('jobs.settled', { jobIds: [1] });
    expect(reply).toMatchObject({ ok: true, value: [{ state: 'completed', attempt: 1 }] });
  });

  test.skipIf(process.platform === 'darwin')(
    'closing the window stops no work: the process ends by itself when it is done',
    async () => {
      using here = place();
      await using double = await startElectronDouble(here);
      await double.ask({ kind: 'listen', name: 'jobs.changed' });
      await double.call('episodes.importSample', {});
      await double.untilEvent('jobs.changed', (job) => (job as Job).state === 'processing');
      await double.ask({ kind: 'closeWindow' });
      expect(await double.exitCode).toBe(0);

      await using next = await startElectronDouble(here);
      expect(await next.call('jobs.get', { jobId: 1 })).toMatchObject({
        ok: true,
        value: { state: 'completed' },
      });
      await next.ask({ kind: 'closeWindow' });
      expect(await next.exitCode).toBe(0);
    },
  );
});

test('events stop reaching a page that stopped listening', async () => {
  await app.ask({ kind: 'listen', name: 'jobs.changed' });
  await app.ask({ kind: 'stopListening', name: 'jobs.changed' });
  await app.call('episodes.importSample', {});
  await app.call('jobs.settled', { jobIds: [1] });
  expect(app.events('jobs.changed')).toEqual([]);
});

test('a library that cannot be opened leaves a window that says why', async () => {
  using here = place();
  mkdirSync(here.home, { recursive: true });
  writeFileSync(`${here.home}/soundbite.db`, 'This is no database at all. '.repeat(100));
  await using double = await startElectronDouble(here);
  const reply = await double.call('episodes.list', {});
  expect(reply).toMatchObject({ ok: false });
  await double.ask({ kind: 'quit' });
  expect(await double.exitCode).toBe(0);
});
