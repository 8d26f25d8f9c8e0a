import { CommanderError } from 'commander';
import { AppError, exitCodeOf } from '../../domain/errors.ts';
import { runServe } from './commands/serve.ts';
import { runWorker } from './commands/worker.ts';
import { createOutput, type Output } from './output.ts';
import type { RunCommand } from './command.ts';
import { createProgram, toUsageError } from './program.ts';
import { createProgress, NO_PROGRESS } from './progress.ts';
import { openSession } from './session.ts';

/** The same shell without a command line around it, for the scripts that open a window themselves. */
export { openAddress } from '../browser/openAddress.ts';
export { openBrowserShell } from '../browser/openShell.ts';

/** Runs one command line and resolves with its exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
export async function main(args: readonly string[]): Promise<number> {
  const output = createOutput(args.includes('--json'));
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort();
  };
  // Not once: a listener that is gone makes the clean-up of a running ffmpeg end this process by the same signal.
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // Whoever read our output has gone (a pipe into "head"): that is the end of the command, not a fault.
  const unheard = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    interrupt();
  };
  process.stdout.on('error', unheard);
  try {
    const program = createProgram(
      commandRunner(output, interruption.signal),
      (command) => runServe(output, command, interruption.signal),
      (command) => runWorker(output, command, interruption.signal),
    );
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (raw) {
    const error = toUsageError(raw);
    if (error instanceof CommanderError) return error.exitCode;
    if (error instanceof Interrupted) {
      output.note('Stopped. The work is kept; it goes on the next time Soundbite runs.');
      return 130;
    }
    output.error(error);
    return error instanceof AppError ? exitCodeOf(error.code) : 1;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    process.stdout.off('error', unheard);
  }
}

class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const commandRunner =
  (output: Output, interruption: AbortSignal): RunCommand =>
  async (kind, act) => {
    const progress = kind === 'tells' ? NO_PROGRESS : createProgress();
    const session = openSession({ works: kind !== 'looks', onJob: progress.update, note: output.note });
    try {
      const quietened: Output = {
        ...output,
        result(json, lines) {
          // Bars that are still drawn would run into the result.
          progress.stop();
          output.result(json, lines);
        },
      };
      await Promise.race([act({ call: session.call, output: quietened }), whenAborted(interruption)]);
    } finally {
      progress.stop();
      await session.close();
    }
  };

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(new Interrupted('interrupted'));
      },
      { once: true },
    );
  });
