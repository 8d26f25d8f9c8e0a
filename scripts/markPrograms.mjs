// Before a pack: the programs that ship get the permission to run. The package of ffprobe sets it in an install script,
// install scripts do not run here, and an installed app may not change its own files later.
import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export default async function markPrograms({ packager }) {
  for (const program of ['ffmpeg', 'ffprobe']) {
    const installer = join(packager.projectDir, 'node_modules', `@${program}-installer`);
    for (const build of await readdir(installer)) {
      for (const file of await readdir(join(installer, build))) {
        if ([program, `${program}.exe`].includes(file) && build !== program) {
          await chmod(join(installer, build, file), 0o755);
        }
      }
    }
  }
}
