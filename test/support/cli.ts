import { once } from 'node:events';
import { join } from 'node:path';
import { execa, type ResultPromise } from 'execa';

export const root = join(import.meta.dirname, '../..');
export const samplePath = join(root, 'resources/sample/still-works-23-the-lamp-on-table-four.m4a');
export const sampleTranscriptPath = join(root, 'resources/sample/still-works-23-the-lamp-on-table-four.vtt');

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document on stdout; throws when there is none, or more than one. */
  json(): unknown;
}

const options = (home: string, env: Record<string, string>) =>
  ({
    cwd: root,
    env: { SOUNDBITE_HOME: home, INIT_CWD: root, ...env },
    stdin: 'ignore',
    reject: false,
    maxBuffer: 64 * 1024 * 1024,
  }) as const;

type Running = ResultPromise<ReturnType<typeof options>>;

const ended = ({ exitCode, stdout, stderr }: Awaited<Running>): CliRun => ({
  code: exitCode ?? -1,
  stdout,
  stderr,
  json: () => JSON.parse(stdout) as unknown,
});

const commandLine = (args: readonly string[]): string[] => [
  join(root, 'scripts/launch.mjs'),
  'soundbite',
  ...args,
];

/** Runs the command line as a person does, in a library of its own. */
export async function soundbite(
  home: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CliRun> {
  return ended(await execa('node', commandLine(args), options(home, env)));
}

/** A command line that is at work and can be sent signals; the process that works is the one that was started. */
export interface RunningCli {
  send(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
  /** Resolves once it has said this on stderr; rejects when it ends without. */
  until(said: RegExp): Promise<void>;
  /** Resolves however it ends; its code is -1 when a signal ended it. */
  readonly ended: Promise<CliRun>;
}

/** Starts the command line under this very Node, so that the launcher has no need to start another one. */
export function startSoundbite(home: string, args: readonly string[]): RunningCli {
  const child = execa(process.execPath, commandLine(args), options(home, {}));
  const { stderr } = child;
  let heard = '';
  stderr.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  let isOver = false;
  const hasEnded = child.then((result) => {
    isOver = true;
    return ended(result);
  });
  return {
    send: (signal) => void child.kill(signal),
    ended: hasEnded,
    async until(said) {
      while (!said.test(heard)) {
        await Promise.race([once(stderr, 'data'), hasEnded]);
        if (isOver && !said.test(heard)) throw new Error(`it ended before it said ${String(said)}: ${heard}`);
      }
    },
  };
}
