import { randomBytes } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const MIB = 1024 ** 2;

/** A small disk gives no more than this share of itself. */
const MOST_SHARE = 1 / 16;

/** Beside the database, on its disk. */
export const ballastPath = (databasePath: string): string => join(dirname(databasePath), 'soundbite.ballast');

/** How much room is held back on a disk of this size. */
export const ballastBytes = (totalBytes: number): number =>
  Math.round(Math.min(16 * MIB, totalBytes * MOST_SHARE));

export const hasBallast = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Holds room back: bytes that no file system can leave out or squeeze. Stops, and leaves nothing, when told to. */
export async function makeBallast(path: string, sizeBytes: number, signal: AbortSignal): Promise<void> {
  const partial = `${path}.partial`;
  const piece = randomBytes(Math.min(MIB, sizeBytes));
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      for (let written = 0; written < sizeBytes; written += piece.length) {
        signal.throwIfAborted();
        await file.write(piece, 0, Math.min(piece.length, sizeBytes - written));
      }
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Lets go of the room that was held back; answers whether there was any. */
export function releaseBallast(path: string): boolean {
  if (!hasBallast(path)) return false;
  rmSync(path, { force: true });
  return true;
}
