import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, lstat, mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { moveWithoutReplacing } from './trash.ts';

const MOST_NAMES = 1000;

/** A file that was copied and read back. */
export interface VerifiedCopy {
  readonly path: string;
  readonly device: number;
  readonly inode: number;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export async function sha256Of(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { signal })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** The name itself, else the same with a number, whichever nobody has. */
function namesFor(path: string): string[] {
  const stem = basename(path, extname(path));
  return Array.from({ length: MOST_NAMES }, (_, index) =>
    index === 0 ? path : join(dirname(path), `${stem} ${index + 1}${extname(path)}`),
  );
}

/**
 * Copies a file, puts the copy on the disk, reads both back and gives the copy its name only when they are the same; nothing
 * is ever replaced. Throws ARCHIVE_FAILED when they differ; whatever stops it leaves nothing behind.
 */
export async function copyVerified(from: string, to: string, signal?: AbortSignal): Promise<VerifiedCopy> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const partial = `${to}.${crypto.randomUUID()}.partial`;
  try {
    await copyFile(from, partial);
    signal?.throwIfAborted();
    const file = await open(partial, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    const sha256 = await sha256Of(partial, signal);
    if (sha256 !== (await sha256Of(from, signal)))
      throw new AppError('ARCHIVE_FAILED', `${partial} is not the same as ${from}`);
    const path = await nameIt(partial, to);
    const { dev, ino, size } = await lstat(path);
    return { path, device: dev, inode: ino, sizeBytes: size, sha256 };
  } finally {
    await rm(partial, { force: true });
  }
}

async function nameIt(partial: string, to: string): Promise<string> {
  for (const name of namesFor(to)) {
    try {
      await moveWithoutReplacing(partial, name);
      return name;
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
    }
  }
  throw new AppError('ARCHIVE_FAILED', `every name for ${to} is taken`);
}
