import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outsideArchive } from '../engine/media/tools.ts';

/** The folder of read-only files that ship, seen from the sources, from a bundle in dist/, or from the packed app. */
export function findResources(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'fonts'))) return outsideArchive(candidate);
    const above = dirname(folder);
    if (above === folder) throw new Error('the resources folder is missing from this installation');
    folder = above;
  }
}
