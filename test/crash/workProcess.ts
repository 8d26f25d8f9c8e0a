import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');

/** No process of a test lives longer than this, whatever goes wrong. */
const LONGEST_LIFE_MS = 900_000;

/** A process that works on a library, seen from outside. */
export interface WorkProcess<Said> extends AsyncDisposable {
  readonly pid: number;
  /** Everything it said so far. */
  readonly said: readonly Said[];
  /** Resolves with the first thing said that fits; rejects when the process ends before. */
  hear(fits: (said: Said) => boolean): Promise<Said>;
  send(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts a script of this folder on the sources, with its orders; what it says is checked line by line. */
export async function startProcess<Said>(
  script: string,
  orders: unknown,
  parse: (line: unknown) => Said,
  env: NodeJS.ProcessEnv = process.env,
): Promise<WorkProcess<Said>> {
  const args = ['--import', join(root, 'scripts/sqlAsText.mjs'), join(root, 'test/crash', script)];
  const child = spawn(process.execPath, [...args, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${script} was not started`);
  const said: Said[] = [];
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    said.push(parse(JSON.parse(line)));
    tell();
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_LIFE_MS);
  let isOver = false;
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(([[code, signal]]) => {
    clearTimeout(limit);
    isOver = true;
    tell();
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  return {
    pid,
    said,
    ended,
    hear: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = said.find(fits);
          if (found === undefined && !isOver) return;
          listeners.delete(look);
          if (found === undefined) reject(new Error(`it ended and said only ${JSON.stringify(said)}`));
          else resolve(found);
        };
        listeners.add(look);
        look();
      }),
    send: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The processes that work somewhere in a folder, by their number. Linux only: elsewhere nobody is seen. */
export function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => workingFolderOf(pid).startsWith(`${folder}/`))
    .map(Number);
}

function workingFolderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It has ended, or is not ours to look at.
    return '';
  }
}

/** Resolves when nothing runs in the folder any more, or at the limit; answers who is left. */
export async function untilNobodyIn(folder: string, limitMs: number): Promise<number[]> {
  const startedMs = performance.now();
  await until(() => processesIn(folder).length === 0 || performance.now() - startedMs > limitMs);
  return processesIn(folder);
}

/** True when an export has begun to write its partial file. */
export function isHalfWritten(exportFolder: string): boolean {
  const partials = join(exportFolder, '.soundbite-partial');
  const names = existsSync(partials) ? readdirSync(partials) : [];
  return names.some((name) => (statSync(join(partials, name), { throwIfNoEntry: false })?.size ?? 0) > 0);
}

/** Resolves when a condition outside this process has come true. */
export const until = (isTrue: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isTrue()) return;
      clearInterval(timer);
      resolve();
    }, 10);
  });

/** mulberry32: the same moments in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
