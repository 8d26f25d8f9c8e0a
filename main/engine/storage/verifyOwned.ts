import { readFileSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { LeftAloneBecause } from '../../domain/storage.ts';
import type { OwnedFile } from '../db/ownedFiles.ts';

/** Whether a recorded file is still the one that was recorded. */
export type Verdict =
  | { readonly is: 'ours'; readonly path: string }
  | { readonly is: 'gone' }
  | { readonly is: 'not-ours'; readonly because: LeftAloneBecause };

const notOurs = (because: LeftAloneBecause): Verdict => ({ is: 'not-ours', because });

/** A path of the library as it is recorded: relative, plain, without a way up or round. */
function isPlain(path: string): boolean {
  if (path === '' || isAbsolute(path) || path.includes('\0') || /^[a-z]:/i.test(path)) return false;
  return path.split(/[/\\]/).every((part) => part !== '' && part !== '.' && part !== '..');
}

/** The library as it really lies on the disk, looked at once for many files. */
export interface LibraryGround {
  readonly home: string;
  readonly device: number;
  /** Where other file systems, or other places of this one, are mounted inside the library. */
  readonly mountPoints: readonly string[];
}

export async function surveyGround(home: string): Promise<LibraryGround> {
  const real = await realpath(home);
  const { dev } = await lstat(real);
  return { home: real, device: dev, mountPoints: mountPointsBelow(real) };
}

/** Linux tells; elsewhere a mount is known by its other device, and a move out of it fails. */
function mountPointsBelow(home: string): string[] {
  let table: string;
  try {
    table = readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return [];
  }
  const points = table
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .map((path) =>
      path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))),
    );
  return points.filter((path) => path.startsWith(home + sep));
}

/**
 * Looks whether a recorded file is a plain file inside the library, reached without any link, on the library's own file
 * system, and the very one that was recorded: device, inode and size. Everything else is left alone.
 */
export async function verifyOwned(ground: LibraryGround, file: OwnedFile): Promise<Verdict> {
  if (!isPlain(file.path)) return notOurs('outside');
  const path = join(ground.home, file.path);
  try {
    const found = await lstat(path);
    if (found.isSymbolicLink()) return notOurs('link');
    const folder = dirname(path);
    const realFolder = await realpath(folder);
    // A folder on the way that is a link leads elsewhere, or spells the name otherwise than it is.
    if (realFolder !== folder) return notOurs(isBelow(ground.home, realFolder) ? 'link' : 'outside');
    if (found.dev !== ground.device || ground.mountPoints.some((point) => isBelow(point, path)))
      return notOurs('mount-point');
    if (!found.isFile()) return notOurs('not-a-file');
    if (found.nlink !== 1) return notOurs('hard-link');
    const isSame = found.dev === file.device && found.ino === file.inode && found.size === file.sizeBytes;
    return isSame ? { is: 'ours', path } : notOurs('replaced');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { is: 'gone' } : notOurs('unreadable');
  }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way.split(sep)[0] !== '..');
}
