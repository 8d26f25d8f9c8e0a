import { mkdir, rm } from 'node:fs/promises';
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
