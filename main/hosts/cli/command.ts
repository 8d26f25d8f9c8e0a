import { Option } from 'commander';
import type { Caller } from '../../api/dispatch.ts';
import type { Output } from './output.ts';

/** What a command is given to do its work. */
export interface CommandContext {
  readonly call: Caller;
  readonly output: Output;
}

/** works: does work itself, with a bar for each job. tells: works, and shows its progress itself. looks: only asks. */
export type CommandKind = 'works' | 'tells' | 'looks';

/** Runs one command with a session of the right kind around it. */
export type RunCommand = (
  kind: CommandKind,
  act: (context: CommandContext) => Promise<void>,
) => Promise<void>;

export const jsonOption = (): Option => new Option('--json', 'print one JSON document on stdout');
