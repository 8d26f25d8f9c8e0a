import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lease } from '../jobs/lease.ts';
import type { LibraryPaths } from '../paths.ts';

/** Lends a job a private, empty folder and takes it away when the job ends, however it ends. */
export async function withWorkFolder<T>(
  paths: LibraryPaths,
  lease: Lease,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = join(paths.work, `${lease.job.id}-${lease.token}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes away the folders of leases that nobody holds any more: a process that is killed cannot do it itself. */
export async function sweepWorkFolders(
  paths: LibraryPaths,
  isLeased: (token: string) => boolean,
): Promise<void> {
  if (!existsSync(paths.work)) return;
  for (const name of await readdir(paths.work)) {
    const token = name.slice(name.indexOf('-') + 1);
    if (!isLeased(token)) await rm(join(paths.work, name), { recursive: true, force: true });
  }
}
