import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { execa } from 'execa';
import type { SeededJob } from '../support/seededJob.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';

export const root = join(fileURLToPath(import.meta.url), '..', '..', '..');
export const sample = join(root, 'resources', 'sample', 'still-works-23-the-lamp-on-table-four.m4a');
export const sampleWords = sample.replace('.m4a', '.vtt');

/** A library of its own, and the browser shell that serves it; it can be stopped and started again. */
/** How the shell is started, where it is not as a person starts it. */
type Start = (home: string) => { readonly args: readonly string[]; readonly env?: NodeJS.ProcessEnv };

const asAPersonDoes: Start = () => ({
  args: ['scripts/launch.mjs', 'soundbite', 'serve', '--no-open'],
});

export interface Bench extends AsyncDisposable {
  readonly folder: TemporaryFolder;
  /** Starts the shell and answers the address that opens its window once. */
  start(): Promise<string>;
  stop(): Promise<void>;
  /** Puts jobs into the library, as another process would. */
  seed(jobs: readonly SeededJob[]): Promise<void>;
  /** Makes the running encoder stand still, so that its export outlasts what is tested; answers what lets it go on. */
  holdRender(): Promise<() => void>;
}

async function readAddress(shell: ChildProcess): Promise<string> {
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(said);
      if (found !== null) shell.emit('address', found[0]);
    });
  }
  const ended = once(shell, 'exit').then(() => {
    throw new Error(`the shell ended before it served: ${said}`);
  });
  const [address] = (await Promise.race([once(shell, 'address'), ended])) as [string];
  return address;
}

/** What the system says of a process: its state ("T" when it is stopped) and its command line; empty when it has ended. */
async function describeProcess(pid: number): Promise<string> {
  const { stdout } = await execa('ps', ['-o', 'state=,args=', '-p', String(pid)], { reject: false });
  return stdout.trim();
}

/** Stops a recorded child that encodes where it stands; undefined when there is none, or it ended first. */
async function stopAnEncoder(records: string): Promise<number | undefined> {
  for (const name of await readdir(records).catch(() => [])) {
    const pid = Number(basename(name, '.json'));
    if (!(await describeProcess(pid)).includes('libx264')) continue;
    try {
      process.kill(pid, 'SIGSTOP');
    } catch {
      continue;
    }
    if ((await describeProcess(pid)).startsWith('T')) return pid;
  }
  return undefined;
}

export function openBench(starting: Start = asAPersonDoes): Bench {
  const folder = temporaryFolder();
  const [home, person] = [folder.file('library'), folder.file('person')];
  mkdirSync(person);
  let shell: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (shell === undefined || shell.exitCode !== null) return;
    const ended = once(shell, 'exit');
    shell.kill('SIGTERM');
    await ended;
  };
  return {
    folder,
    start() {
      const { args, env = {} } = starting(home);
      shell = spawn(process.execPath, args, {
        cwd: root,
        // The chooser begins in the person's home folder, and exports go below it.
        env: { ...process.env, SOUNDBITE_HOME: home, HOME: person, USERPROFILE: person, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return readAddress(shell);
    },
    stop,
    async seed(jobs) {
      const script = join(root, 'test', 'support', 'seedQueue.ts');
      const sqlAsText = pathToFileURL(join(root, 'scripts', 'sqlAsText.mjs')).href;
      await execa(process.execPath, ['--import', sqlAsText, script, home, JSON.stringify(jobs)], {
        timeout: 60_000,
      });
    },
    async holdRender() {
      let encoder: number | undefined;
      const find = async () => (encoder ??= await stopAnEncoder(join(home, 'run', 'children')));
      await expect.poll(find, { intervals: [20], timeout: 60_000 }).toBeDefined();
      return () => {
        if (encoder !== undefined) process.kill(encoder, 'SIGCONT');
      };
    },
    async [Symbol.asyncDispose]() {
      await stop();
      folder[Symbol.dispose]();
    },
  };
}

/** Everything the page complained of: errors of scripts, failed requests, breaches of its own policy. */
export async function listenForProblems(page: Page): Promise<string[]> {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return problems;
}

/** Drags real files over the page and lets them go, as a person does. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
    if (type === 'dragOver') await page.getByText('Drop to add').waitFor();
  }
  await session.detach();
}

/** Holds the page to the accessibility rules that a program can check, contrast in both themes included. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([]);
}

/** Writes pictures of the page in both themes and two sizes, and holds each theme to the accessibility rules. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = join(root, 'test', 'artifacts', 'screens');
  mkdirSync(folder, { recursive: true });
  for (const [width, height] of [
    [1440, 900],
    [1100, 700],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
      if (width === 1440) await expectAccessible(page);
    }
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1440, height: 900 });
}
