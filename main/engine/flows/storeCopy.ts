import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../../domain/errors.ts';
import type { EngineContext } from './context.ts';

export interface CopyRequest {
  /** The file's name as the person knows it; its folder, if any, is ignored. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly bytes: Readable;
}

/** Left free for the database and for exports that are under way. */
const SPARE_BYTES = 64 * 1024 * 1024;

const MAX_NAME_BYTES = 180;

/** A name that any file system takes, with the ending that tells what is inside; undefined when nothing is left. */
export function plainFileName(name: string): string | undefined {
  const last = basename(name.replaceAll('\\', '/')).normalize('NFC');
  const allowed = Array.from(last).filter((char) => char >= ' ' && !'<>:"|?*\u007f'.includes(char));
  const plain = allowed.join('').replace(/^[.\s]+|[.\s]+$/g, '');
  const ending = extname(plain);
  let stem = plain.slice(0, plain.length - ending.length);
  while (Buffer.byteLength(stem + ending) > MAX_NAME_BYTES && stem !== '') {
    stem = Array.from(stem).slice(0, -1).join('');
  }
  return stem === '' ? undefined : stem + ending;
}

/**
 * Keeps a copy of a file in the library, in a folder of its own, and answers with its path.
 * It has its name only when every byte is on disk; whatever stops it leaves nothing behind.
 * Throws BAD_INPUT for a name that is none or a length that is not kept, DISK_FULL when there is no room.
 */
export async function storeCopy(engine: EngineContext, request: CopyRequest): Promise<string> {
  const name = plainFileName(request.name);
  if (name === undefined) throw new AppError('BAD_INPUT', 'the file has no name');
  await mkdir(engine.paths.episodes, { recursive: true, mode: 0o700 });
  await assertRoom(engine.paths.episodes, request.sizeBytes);
  const folder = join(engine.paths.episodes, `copy-${crypto.randomUUID()}`);
  await mkdir(folder, { mode: 0o700 });
  try {
    const path = join(folder, name);
    await receive(request, path);
    await recordOwned(engine, path);
    return path;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw isDiskFull(error) ? new AppError('DISK_FULL', `no room for ${name}`, { cause: error }) : error;
  }
}

async function assertRoom(folder: string, sizeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= sizeBytes + SPARE_BYTES) return;
  throw new AppError('DISK_FULL', `${sizeBytes} bytes are needed, ${bavail * bsize} are free`);
}

async function receive({ bytes, sizeBytes }: CopyRequest, path: string): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'wx', 0o600);
  try {
    // The source outlives a failed write: whoever sends it has still to be told what went wrong.
    await file.writeFile(bytes.iterator({ destroyOnReturn: false }));
    const { size } = await file.stat();
    if (size !== sizeBytes) throw new AppError('BAD_INPUT', `${size} of ${sizeBytes} bytes arrived`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

async function recordOwned(engine: EngineContext, path: string): Promise<void> {
  const { dev, ino, size } = await stat(path);
  await engine.library.write(() => {
    engine.ownedFiles.record(
      {
        path: relative(engine.paths.home, path),
        category: 'episode-copy',
        episodeId: null,
        device: dev,
        inode: ino,
        sizeBytes: size,
      },
      Date.now(),
    );
  });
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
