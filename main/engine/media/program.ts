import { accessSync, constants } from 'node:fs';
import { execa, type Options } from 'execa';
import type { MediaTools } from './tools.ts';

/**
 * Starts ffmpeg or ffprobe so that it does not outlive us: behind the launcher where there is one, and with a record.
 * Arguments, environment and process id are the program's own either way.
 */
export function startProgram<const O extends Options>(
  tools: MediaTools,
  name: 'ffmpeg' | 'ffprobe',
  args: readonly string[],
  options: O,
): ReturnType<typeof execa<O>> {
  const program = tools[name];
  // Whether a program is there at all is said by its own start; a launcher would hide it in an exit code.
  const launcher = tools.launcher !== undefined && canRun(program) ? tools.launcher : [];
  const [first = program, ...rest] = [...launcher, program, ...args];
  const child = execa(first, rest, options);
  void tools.children?.note(child.nodeChildProcess, program, launcher.length > 0);
  return child;
}

function canRun(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
