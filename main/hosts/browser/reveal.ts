import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { launch, type Launch } from './launch.ts';

/** How a system shows a file in its file manager. Linux has no common way to select one, so its folder is opened. */
export function revealCommand(platform: NodeJS.Platform, path: string): Launch {
  if (platform === 'darwin') return { file: 'open', args: ['-R', path] };
  if (platform === 'win32') {
    // Explorer reads its own quotes, after the comma; no Windows path can contain one.
    return { file: 'explorer.exe', args: [`/select,"${path}"`], isVerbatim: true };
  }
  return { file: 'xdg-open', args: [dirname(path)] };
}

/** Shows a file in the system's file manager. Throws FILE_MISSING when it has gone. */
export async function reveal(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new AppError('FILE_MISSING', path);
  await launch(revealCommand(process.platform, path));
}
