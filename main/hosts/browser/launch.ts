import { once } from 'node:events';
import { execa } from 'execa';
import { AppError } from '../../domain/errors.ts';

/** A program and its arguments; never a line for a shell. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly isVerbatim?: true;
}

/** Starts a program of the system and leaves it to itself. Throws HOST_CANNOT when it is not there. */
export async function launch({ file, args, isVerbatim }: Launch): Promise<void> {
  const child = execa(file, args, {
    detached: true,
    cleanup: false,
    stdio: 'ignore',
    reject: false,
    windowsVerbatimArguments: isVerbatim === true,
  });
  try {
    await once(child.nodeChildProcess, 'spawn');
  } catch (error) {
    throw new AppError('HOST_CANNOT', `${file} could not be started`, { cause: error });
  }
  child.nodeChildProcess.unref();
}
