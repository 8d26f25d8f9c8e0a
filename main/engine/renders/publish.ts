import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, lstat, mkdir, open, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';

const PARTIAL_FOLDER = '.soundbite-partial';
const MOST_NAMES = 10_000;
const MOST_TRIES = 100;

/** Which file on which disk; device and inode are text, because they outgrow a number. */
const FileIdentity = z.object({ device: z.string(), inode: z.string(), sizeBytes: z.int() });
type FileIdentity = z.infer<typeof FileIdentity>;

/** A finished file as it was before it got its name. */
export const PublishIntentFile = FileIdentity.extend({ path: z.string(), sha256: z.string() });
export type PublishIntentFile = z.infer<typeof PublishIntentFile>;

/** What is written down before a file is published, so that a restart can finish it. */
export const PublishIntent = z.object({ partial: PublishIntentFile, finalPath: z.string() });
export type PublishIntent = z.infer<typeof PublishIntent>;

/** What a restart finds: done already under a name, ready to be published, or lost and to be rendered again. */
export type PublishRecovery =
  | { readonly state: 'published'; readonly path: string }
  | { readonly state: 'ready' }
  | { readonly state: 'gone' };

/**
 * Where an export is written until it is whole: in a hidden folder on its destination's volume. The name carries the
 * claim, which no two runs share, so that a process that was given up can never write into its successor's file.
 */
export const partialPathFor = (destDir: string, jobId: number, claim: number, ext: string): string =>
  join(destDir, PARTIAL_FOLDER, `${jobId}.${claim}.${ext}`);

/**
 * Takes away what the runs of a job up to this claim left unfinished. What later ones write is left alone: a worker that
 * stood still while its job was taken over must not take the files of its successor with it.
 */
export async function discardPartials(destDir: string, jobId: number, upToClaim: number): Promise<void> {
  const folder = join(destDir, PARTIAL_FOLDER);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [job, claim] = name.split('.').map(Number);
    if (job === jobId && claim !== undefined && claim <= upToClaim)
      await rm(join(folder, name), { force: true });
  }
  await removeIfEmpty(folder);
}

/**
 * Makes and removes the hidden folder, which shows that exports can be written here. One that a kill leaves behind goes
 * with the next export. Throws what the system says when nothing can be made.
 */
export async function tryPartialFolder(destDir: string): Promise<void> {
  const folder = join(destDir, PARTIAL_FOLDER);
  try {
    await mkdir(folder);
  } catch (error) {
    // Exports are being written here already, or were when a process died.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  await removeIfEmpty(folder);
}

/** Lies beside a partial file from before it is begun, so that an export that ends meanwhile leaves the folder there. */
const placeholderOf = (partialPath: string): string => `${partialPath}.held`;

/**
 * Makes the hidden folder for a partial file, and those above it, and holds it. Returns the topmost one that was not
 * there before. Throws OUTPUT_NOT_WRITABLE or DISK_FULL.
 */
export const makeRoomFor = (partialPath: string): Promise<string | undefined> =>
  asOutputErrors(async () => {
    let topmost: string | undefined;
    for (let tries = 1; ; tries += 1) {
      const made = await makeFolders(dirname(partialPath));
      topmost ??= made;
      try {
        await writeFile(placeholderOf(partialPath), '');
        return topmost;
      } catch (error) {
        // An export that ended this very moment took the folder away while it was empty.
        if (codeOf(error) !== 'ENOENT' || tries === MOST_TRIES) throw error;
      }
    }
  });

/** Node's own recursive mkdir never returns where a folder refuses new entries with ENOENT, as /proc does. */
async function makeFolders(folder: string): Promise<string | undefined> {
  if ((await identify(folder)) !== undefined) return undefined;
  const above = dirname(folder);
  const madeAbove = above === folder ? undefined : await makeFolders(above);
  try {
    await mkdir(folder);
  } catch (error) {
    // Another export made it meanwhile.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  return madeAbove ?? folder;
}

/** Takes away a file that will not be published, and the folders that were made for it, as far as they are empty. */
export const discardPartial = (partialPath: string, madeFolder: string | undefined): Promise<void> =>
  asOutputErrors(async () => {
    await rm(partialPath, { force: true });
    await rm(placeholderOf(partialPath), { force: true });
    let folder = dirname(partialPath);
    await removeIfEmpty(folder);
    // A folder that was there before is a person's, empty or not.
    while (madeFolder !== undefined && folder !== madeFolder && folder.startsWith(madeFolder)) {
      folder = dirname(folder);
      await removeIfEmpty(folder);
    }
  });

/** Brings the finished file to the disk and says which file it is. Throws OUTPUT_NOT_WRITABLE or DISK_FULL. */
export const sealPartial = (path: string): Promise<PublishIntentFile> =>
  asOutputErrors(async () => {
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    const identity = await identify(path);
    if (identity === undefined) throw new AppError('OUTPUT_NOT_WRITABLE', `${path} is gone`);
    return { path, ...identity, sha256: hash.digest('hex') };
  });

/**
 * Gives the file its name without ever replacing another: a taken name becomes "name (2).mp4", and so on. Companions,
 * which share the partial file's stem, get the same name with their own endings, and get it first: where the file is,
 * they are. Returns the path it got. Doing it again after a crash in between finishes what was begun; onNamed is told
 * when the name is there and the folder is not yet on the disk.
 */
export const publish = (
  partialPath: string,
  finalPath: string,
  onNamed?: () => void,
  companions: readonly string[] = [],
): Promise<string> =>
  asOutputErrors(async () => {
    await makeFolders(dirname(finalPath));
    const own = await identify(partialPath);
    if (own === undefined) throw new AppError('INTERNAL', `nothing to publish at ${partialPath}`);
    for (const candidate of namesFor(finalPath)) {
      if (!(await takeNames(partialPath, candidate, own, companions))) continue;
      for (const path of [...companions, partialPath]) await rm(path, { force: true });
      onNamed?.();
      await syncFolder(dirname(candidate));
      await rm(placeholderOf(partialPath), { force: true });
      await removeIfEmpty(dirname(partialPath));
      return candidate;
    }
    throw new AppError('OUTPUT_NOT_WRITABLE', `every name like ${finalPath} is taken`);
  });

const stemOf = (path: string): string => path.slice(0, path.length - extname(path).length);

/** True when file and companions now have their names under one stem; false when anything of it is somebody else's. */
async function takeNames(
  partialPath: string,
  name: string,
  own: FileIdentity,
  companions: readonly string[],
): Promise<boolean> {
  const holder = await identify(name);
  if (holder !== undefined && !isSameFile(holder, own)) return false;
  const taken: { readonly path: string; readonly name: string }[] = [];
  const release = async (): Promise<false> => {
    for (const companion of taken) await giveBack(companion.path, companion.name);
    return false;
  };
  for (const path of companions) {
    const identity = await identify(path);
    // Named by a run that was killed, on a disk without hard links, or after the file itself got its name.
    if (identity === undefined) continue;
    const companion = { path, name: stemOf(name) + path.slice(stemOf(partialPath).length) };
    if (!(await takeName(path, companion.name, identity))) return release();
    taken.push(companion);
  }
  return (await takeName(partialPath, name, own)) || release();
}

/** The file is only where it was again; its partial name is still there where the disk has hard links. */
async function giveBack(partialPath: string, name: string): Promise<void> {
  if ((await identify(partialPath)) === undefined) await rename(name, partialPath);
  else await unlink(name);
}

/** Decides, after a restart, what became of a file whose publishing was written down. */
export async function recoverPublish({ partial, finalPath }: PublishIntent): Promise<PublishRecovery> {
  const waiting = await identify(partial.path);
  if (waiting !== undefined) return { state: isSameFile(waiting, partial) ? 'ready' : 'gone' };
  for (const candidate of namesFor(finalPath)) {
    const found = await identify(candidate);
    if (found === undefined) return { state: 'gone' };
    if (isSameFile(found, partial)) return { state: 'published', path: candidate };
  }
  return { state: 'gone' };
}

const isSameFile = (a: FileIdentity, b: FileIdentity): boolean =>
  a.device === b.device && a.inode === b.inode && a.sizeBytes === b.sizeBytes;

function* namesFor(finalPath: string): Generator<string> {
  yield finalPath;
  const ext = extname(finalPath);
  const stem = finalPath.slice(0, finalPath.length - ext.length);
  for (let n = 2; n < MOST_NAMES; n += 1) yield `${stem} (${n})${ext}`;
}

async function identify(path: string): Promise<FileIdentity | undefined> {
  try {
    const { dev, ino, size } = await lstat(path, { bigint: true });
    return { device: String(dev), inode: String(ino), sizeBytes: Number(size) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** True when the file now has this name; false when another file has it. */
async function takeName(partialPath: string, name: string, own: FileIdentity): Promise<boolean> {
  try {
    await link(partialPath, name);
  } catch (error) {
    const code = codeOf(error);
    if (code !== undefined && WITHOUT_LINKS.has(code)) return renameTo(partialPath, name);
    if (code !== 'EEXIST') throw error;
    const holder = await identify(name);
    // Linked before a crash and not yet unlinked: the name is ours already.
    return holder !== undefined && isSameFile(holder, own);
  }
  return true;
}

/** What file systems without hard links (exFAT, some network shares) answer. */
const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Renaming replaces what is there, so the look before it is all that such a disk allows. */
async function renameTo(partialPath: string, name: string): Promise<boolean> {
  if ((await identify(name)) !== undefined) return false;
  await rename(partialPath, name);
  return true;
}

/** Windows cannot open a folder, and some file systems cannot sync one; the name is there all the same. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EACCES'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Other exports may still be writing there; then the last of them removes the folder. */
async function removeIfEmpty(path: string): Promise<void> {
  try {
    await rmdir(path);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EBUSY', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENAMETOOLONG', 'ENOENT', 'EISDIR']);

async function asOutputErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof AppError || code === undefined) throw error;
    const detail = error instanceof Error ? error.message : code;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('DISK_FULL', detail, { cause: error });
    if (NOT_WRITABLE.has(code)) throw new AppError('OUTPUT_NOT_WRITABLE', detail, { cause: error });
    throw error;
  }
}
