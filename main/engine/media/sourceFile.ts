import { constants, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError, type ErrorCode } from '../../domain/errors.ts';

/**
 * Size and time of a file that a person chose, followed through links; a pipe is never opened, so that it cannot block.
 * Readable is what can be opened: asking for permission (access) answers for the real user, not the effective one.
 * Throws FILE_MISSING, NOT_REGULAR_FILE, EMPTY_FILE or NO_PERMISSION.
 */
export async function inspectFile(path: string): Promise<{ sizeBytes: number; modifiedAtMs: number }> {
  const name = basename(path);
  const status = await attempt(name, () => stat(path));
  if (!status.isFile()) throw new AppError('NOT_REGULAR_FILE', `${name} is ${kindOf(status)}, not a file.`);
  if (status.size === 0) throw new AppError('EMPTY_FILE', `${name} has 0 bytes.`);
  const file = await attempt(name, () => open(path, constants.O_RDONLY | constants.O_NONBLOCK));
  await file.close();
  return { sizeBytes: status.size, modifiedAtMs: Math.round(status.mtimeMs) };
}

/** Runs one file operation and turns what the system says into words for a person. */
export async function attempt<T>(name: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const [code, detail] = explain(name, error);
    throw new AppError(code, detail, { cause: error });
  }
}

function explain(name: string, error: unknown): [ErrorCode, string] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ERR_INVALID_ARG_VALUE':
      return ['FILE_MISSING', `There is no file ${name}.`];
    case 'EACCES':
    case 'EPERM':
      return ['NO_PERMISSION', `${name} may not be read by this user.`];
    case 'ELOOP':
      return ['NOT_REGULAR_FILE', `${name} is a link that leads back to itself.`];
    case 'EISDIR':
      return ['NOT_REGULAR_FILE', `${name} is a folder, not a file.`];
    default:
      return ['UNREADABLE_MEDIA', `${name} could not be read from the disk (${code || String(error)}).`];
  }
}

function kindOf(status: Stats): string {
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a pipe';
  if (status.isSocket()) return 'a socket';
  return 'a device';
}
