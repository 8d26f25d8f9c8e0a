import { link, lstat, mkdir, rename, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { OwnedFile } from '../db/ownedFiles.ts';

/** Where a removal lies in the library's trash, relative to the library. */
export const keptAsOf = (
  places: { home: string; trash: string },
  run: string,
  id: number,
  path: string,
): string => join(relative(places.home, places.trash), run, String(id), basename(path));

/** True when this very file lies there, as a plain file. */
export async function isThisFile(path: string, file: OwnedFile): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return (
    found?.isFile() === true &&
    found.dev === file.device &&
    found.ino === file.inode &&
    found.size === file.sizeBytes
  );
}

/**
 * Moves a file into the library's trash. Answers false, with everything as it was, when what moved turned out to be another
 * file than the one that was looked at a moment before.
 */
export async function moveToTrash(from: string, to: string, file: OwnedFile): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await rename(from, to);
  if (await isThisFile(to, file)) return true;
  await moveWithoutReplacing(to, from);
  return false;
}

/** Gives a file another name that nobody has yet. Throws EEXIST when somebody has it. */
export async function moveWithoutReplacing(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    // A file system without hard links: looking first is all that can be done.
    if ((await lstat(to).catch(() => undefined)) !== undefined)
      throw Object.assign(new Error(`${to} is taken`), { code: 'EEXIST' });
    await rename(from, to);
    return;
  }
  await unlink(from);
}

/** Takes away folders that have become empty, up to the one named, which stays. */
export async function removeEmptyFolders(folder: string, upTo: string): Promise<void> {
  for (let each = folder; each !== upTo && each.startsWith(upTo); each = dirname(each)) {
    try {
      await rmdir(each);
    } catch {
      return;
    }
  }
}
