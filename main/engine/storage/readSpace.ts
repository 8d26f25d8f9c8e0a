import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Space } from './leastFree.ts';

/** How full the disk of a folder is; of the nearest folder above where it is still to be made. */
export async function readSpace(folder: string): Promise<Space> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || dirname(folder) === folder) throw error;
    return readSpace(dirname(folder));
  }
}
