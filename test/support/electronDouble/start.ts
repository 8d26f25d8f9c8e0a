import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply } from '../../../main/contract/index.ts';
import { root } from '../cli.ts';
import type { Ask, Entry, Event, Report } from './wire.ts';

export interface FetchedPage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The desktop shell as it ships, with Electron's double under it, in a process of its own. */
export interface ElectronDouble extends AsyncDisposable {
  ask(ask: Ask): Promise<unknown>;
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  fetch(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<FetchedPage>;
  /** What the product did to its surroundings, up to the last answer. */
  did(what: string): unknown[];
  untilDid(what: string): Promise<void>;
  events(name: string): unknown[];
  /** Hears the events that the page listens to. */
  on(name: string, listener: (payload: unknown) => void): () => void;
  /** Resolves with the payload of the first event that fits, one that already came included. */
  untilEvent(name: string, fits: (payload: unknown) => boolean): Promise<unknown>;
  readonly exitCode: Promise<number | null>;
  stderr(): string;
}

/**
 * Lays out an installation: the shipped bundles, the resources, the packages that stay outside of them, and a page.
 * It is a copy because the bundles find everything else beside themselves.
 */
export function layOutApp(appDir: string): void {
  mkdirSync(join(appDir, 'dist'), { recursive: true });
  for (const bundle of ['electron.mjs', 'preload.cjs', 'recogniser.mjs']) {
    cpSync(join(root, 'dist', bundle), join(appDir, 'dist', bundle));
  }
  for (const beside of ['resources', 'node_modules']) {
    symlinkSync(join(root, beside), join(appDir, beside), 'junction');
  }
}

export interface StartOptions {
  readonly appDir: string;
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startElectronDouble({ appDir, home, env = {} }: StartOptions): Promise<ElectronDouble> {
  const child = fork(join(appDir, 'dist', 'electron.mjs'), {
    execPath: process.execPath,
    execArgv: ['register.mjs', 'remoteControl.ts'].flatMap((file) => [
      '--import',
      new URL(file, import.meta.url).href,
    ]),
    env: { ...process.env, SOUNDBITE_HOME: home, ...env },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const double = control(child);
  await Promise.race([double.untilDid('show'), double.exitCode]);
  return double;
}

function control(child: ChildProcess): ElectronDouble {
  const reports = new EventEmitter().setMaxListeners(0);
  const events: Event[] = [];
  const journal: Entry[] = [];
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.on('message', (report: Report) => {
    if (report.event !== undefined) events.push(report.event);
    if (report.entry !== undefined) journal.push(report.entry);
    reports.emit(report.id === undefined ? 'news' : `answer ${report.id}`, report);
  });
  const exitCode = once(child, 'exit').then(([code]) => code as number | null);
  const until = async <Found>(look: () => Found | undefined): Promise<Found> => {
    for (let found = look(); ; found = look()) {
      if (found !== undefined) return found;
      await once(reports, 'news');
    }
  };
  let lastId = 0;
  const ask = async (question: Ask): Promise<unknown> => {
    const id = (lastId += 1);
    const answered = once(reports, `answer ${id}`) as Promise<[Report]>;
    child.send({ id, ask: question });
    const ended = exitCode.then((code): [Report] => [{ problem: `it ended with ${code ?? 'a signal'}` }]);
    const [{ problem, value }] = await Promise.race([answered, ended]);
    if (problem !== undefined) throw new Error(problem);
    return value;
  };
  return {
    ask,
    exitCode,
    stderr: () => stderr,
    did: (what) => journal.filter((entry) => entry.what === what).map(({ detail }) => detail),
    untilDid: async (what) => {
      await until(() => journal.find((entry) => entry.what === what));
    },
    events: (name) => events.filter((event) => event.name === name).map(({ payload }) => payload),
    on(name, listener) {
      const hear = ({ event }: Report): void => {
        if (event?.name === name) listener(event.payload);
      };
      reports.on('news', hear);
      return () => reports.off('news', hear);
    },
    untilEvent: (name, fits) =>
      until(() => events.find((event) => event.name === name && fits(event.payload))?.payload),
    call: async (name, input) => (await ask({ kind: 'call', name, input })) as Reply<unknown>,
    async fetch(path, headers = {}, method = 'GET') {
      const url = path.includes('://') ? path : `app://soundbite${path}`;
      const page = (await ask({ kind: 'fetch', url, method, headers })) as FetchedPage & { body: string };
      return { ...page, body: Buffer.from(page.body, 'base64') };
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.send({ id: 0, ask: { kind: 'quit' } satisfies Ask });
      await exitCode;
    },
  };
}
