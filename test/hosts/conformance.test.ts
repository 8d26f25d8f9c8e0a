import { vi } from 'vitest';
import type { Reply } from '../../main/contract/index.ts';
import { toWireError } from '../../main/domain/errors.ts';
import { openBrowserShell } from '../../main/hosts/browser/openShell.ts';
import { openSession } from '../../main/hosts/cli/session.ts';
import { openSocket, send, signIn } from './browserClient.ts';
import { conformance, type HostDriver } from './conformance.ts';

type Listener = (payload: unknown) => void;

/** A shell that complains has failed its test, whatever it answered. */
const complain = (line: string): void => {
  throw new Error(line);
};

async function openCli(home: string): Promise<HostDriver> {
  vi.stubEnv('SOUNDBITE_HOME', home);
  const listeners = new Set<Listener>();
  const session = openSession({
    works: true,
    note: complain,
    onJob: (job) => {
      for (const listener of listeners) listener(job);
    },
  });
  // The command line's own calls are typed; here anything is tried.
  const call = session.call as (name: string, input: unknown) => Promise<unknown>;
  return Promise.resolve({
    events: ['jobs.changed'],
    call: (name, input): Promise<Reply<unknown>> =>
      call(name, input).then(
        (value) => ({ ok: true, value }),
        (error: unknown) => ({ ok: false, error: toWireError(error) }),
      ),
    on(_name, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => session.close(),
  });
}

async function openBrowser(home: string): Promise<HostDriver> {
  const shell = await openBrowserShell({
    env: { ...process.env, SOUNDBITE_HOME: home },
    note: complain,
  });
  const window = await signIn(shell.url);
  const socket = await openSocket(shell.port, '/events', window.headers);
  if (typeof socket === 'number') throw new Error(`the socket was refused with ${socket}`);
  const listeners = new Map<Listener, string>();
  socket.on('message', (data: Buffer) => {
    const { name, payload } = JSON.parse(data.toString('utf8')) as { name: string; payload: unknown };
    for (const [listener, wanted] of listeners) if (wanted === name) listener(payload);
  });
  return {
    events: ['jobs.changed', 'episodes.changed'],
    async call(name, input) {
      const answer = await send(shell.port, {
        method: 'POST',
        path: `/call/${encodeURIComponent(name)}`,
        headers: { ...window.headers, 'Content-Type': 'application/json' },
        body: JSON.stringify(input),
      });
      return answer.json() as Reply<unknown>;
    },
    on(name, listener) {
      listeners.set(listener, name);
      return () => listeners.delete(listener);
    },
    async fetchMedia(path, { method, range }) {
      const headers = { Cookie: window.cookie, ...(range === undefined ? {} : { Range: range }) };
      const { status, headers: answered, bytes } = await send(shell.port, { method, path, headers });
      const header = (name: string): string | null => answered[name]?.toString() ?? null;
      return { status, header, bytes: new Uint8Array(bytes) };
    },
    close: () => shell.close(),
  };
}

conformance('the command line', openCli);
conformance('the browser shell', openBrowser);
