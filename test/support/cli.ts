import { join } from 'node:path';
import { execa } from 'execa';

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

/** Runs the command line as a person does, in a library of its own. */
export async function soundbite(
  home: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CliRun> {
  const { exitCode, stdout, stderr } = await execa(
    'node',
    [join(root, 'scripts/launch.mjs'), 'soundbite', ...args],
    {
      cwd: root,
      env: { SOUNDBITE_HOME: home, INIT_CWD: root, ...env },
      reject: false,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return { code: exitCode ?? -1, stdout, stderr, json: () => JSON.parse(stdout) as unknown };
}
