import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of read-only files that ship, seen from a bundle in dist/ as well as from the sources. */
export function findResources(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'fonts'))) return candidate;
    const above = dirname(folder);
    if (above === folder) throw new Error('the resources folder is missing from this installation');
    folder = above;
  }
}
