import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import type { CallName, Input, Output, Reply } from '../../main/contract/index.ts';
import type { Job } from '../../main/domain/job.ts';
import { root, soundbite } from '../support/cli.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';
import { openSocket, send, signIn, type SignedIn } from './browserClient.ts';

/** `soundbite serve` as a process of its own. */
interface Served extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly url: string;
  readonly stderr: () => string;
  /** Asks it to end, as Ctrl+C or the system does, and resolves with its exit code. */
  stop(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
}

async function startServe(folder: TemporaryFolder, args: readonly string[] = []): Promise<Served> {
  const child = spawn(
    'node',
    [join(root, 'scripts/launch.mjs'), 'soundbite', 'serve', '--no-open', ...args],
    {
      cwd: root,
      env: { ...process.env, SOUNDBITE_HOME: folder.file('home') },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const stop = async (signal: 'SIGINT' | 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    const [code] = await exited;
    return code;
  };
  return {
    process: child,
    url,
    stderr: () => stderr,
    stop,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) await stop('SIGTERM');
    },
  };
}

async function call<C extends CallName>(window: SignedIn, name: C, input: Input<C>): Promise<Output<C>> {
  const answer = await send(window.port, {
    method: 'POST',
    path: `/call/${name}`,
    headers: { ...window.headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  });
  const reply = answer.json() as Reply<unknown>;
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.detail}`);
  return reply.value as Output<C>;
}

async function listen(window: SignedIn): Promise<WebSocket> {
  const socket = await openSocket(window.port, '/events', window.headers);
  if (typeof socket === 'number') throw new Error(`the socket was refused with ${socket}`);
  return socket;
}

/** The next report of a job that fits. */
function nextJob(socket: WebSocket, fits: (job: Job) => boolean): Promise<Job> {
  return new Promise((resolve) => {
    const look = (data: Buffer): void => {
      const { name, payload } = JSON.parse(data.toString()) as { name: string; payload: Job };
      if (name !== 'jobs.changed' || !fits(payload)) return;
      socket.off('message', look);
      resolve(payload);
    };
    socket.on('message', look);
  });
}

test('serve prints the address alone on stdout, keeps its key out of stderr, and ends calmly', async () => {
  using folder = temporaryFolder();
  await using served = await startServe(folder);
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  expect((await signIn(served.url)).origin).toBe(new URL(served.url).origin);
  expect(await served.stop('SIGINT')).toBe(0);
  const { token } = Object.fromEntries(new URL(served.url).searchParams);
  expect(served.stderr()).not.toContain(token);
  expect(served.stderr().split('\n').filter(Boolean)).toEqual([
    expect.stringContaining(new URL(served.url).origin),
    expect.stringMatching(/^Closed\./),
  ]);
});

test('work goes on without a window, is parked when the server is ended, and is finished by the next one', async () => {
  using folder = temporaryFolder();
  await using first = await startServe(folder);
  const window = await signIn(first.url);
  const socket = await listen(window);
  const began = nextJob(socket, ({ state }) => state === 'processing');
  const [asked] = (await call(window, 'episodes.importSample', {})).jobs;
  expect((await began).id).toBe(asked?.id);
  socket.terminate();
  const stoppedMs = performance.now();
  expect(await first.stop('SIGTERM')).toBe(0);
  expect(performance.now() - stoppedMs).toBeLessThan(9_000);

  await using second = await startServe(folder);
  const again = await signIn(second.url);
  const [done] = await call(again, 'jobs.settled', { jobIds: [asked?.id ?? 0] });
  expect(done).toMatchObject({ state: 'completed', attempt: 1 });
});

test('two servers work on one library: the window of one sees the work of the other', async () => {
  using folder = temporaryFolder();
  await using first = await startServe(folder);
  await using second = await startServe(folder);
  const windows = [await signIn(first.url), await signIn(second.url)] as const;
  const sockets = [await listen(windows[0]), await listen(windows[1])];
  const seen = sockets.map((socket) => nextJob(socket, ({ state }) => state === 'completed'));
  await call(windows[0], 'episodes.importSample', {});
  const completed = await Promise.all(seen);
  expect(completed[0]).toEqual(completed[1]);
  const episodes = await Promise.all(windows.map((window) => call(window, 'episodes.list', {})));
  expect(episodes[0]).toHaveLength(1);
  expect(episodes[0]).toEqual(episodes[1]);
});

test('a port that makes no sense or is taken is one sentence and exit 2', async () => {
  using folder = temporaryFolder();
  await using served = await startServe(folder);
  const { port } = new URL(served.url);
  for (const wrong of ['70000', 'http', '-1', port]) {
    const run = await soundbite(folder.file('other'), ['serve', '--no-open', '--json', `--port=${wrong}`]);
    expect([wrong, run.code, run.json()]).toEqual([
      wrong,
      2,
      { error: expect.objectContaining({ code: 'BAD_INPUT' }) as object },
    ]);
  }
});
