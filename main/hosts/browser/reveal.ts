import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { AppError } from '../../domain/errors.ts';

/** A program and its arguments; never a line for a shell. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly isVerbatim?: true;
}

/** How a system shows a file in its file manager. Linux has no common way to select one, so its folder is opened. */
export function revealCommand(platform: NodeJS.Platform, path: string): Launch {
  if (platform === 'darwin') return { file: 'open', args: ['-R', path] };
  if (platform === 'win32') {
    // Explorer reads its own quotes, after the comma; no Windows path can contain one.
    return { file: 'explorer.exe', args: [`/select,"${path}"`], isVerbatim: true };
  }
  return { file: 'xdg-open', args: [dirname(path)] };
}

/** How a system opens an address in the person's own browser; undefined where there is no screen to open it on. */
export function openCommand(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  url: string,
): Launch | undefined {
  if (platform === 'darwin') return { file: 'open', args: [url] };
  if (platform === 'win32') return { file: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', url] };
  const hasScreen = (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') !== '';
  return hasScreen ? { file: 'xdg-open', args: [url] } : undefined;
}

/** Starts a program of the system and leaves it to itself. Throws HOST_CANNOT when it is not there. */
export async function launch({ file, args, isVerbatim }: Launch): Promise<void> {
  const child = execa(file, args, {
    detached: true,
    cleanup: false,
    stdio: 'ignore',
    reject: false,
    windowsVerbatimArguments: isVerbatim === true,
  });
  const started = once(child.nodeChildProcess, 'spawn').then(() => undefined);
  const problem = await Promise.race([started, child.then((result) => result.originalMessage)]);
  if (problem !== undefined) throw new AppError('HOST_CANNOT', `${file} could not be started: ${problem}`);
  child.nodeChildProcess.unref();
}

/** Shows a file in the system's file manager. Throws FILE_MISSING when it has gone. */
export async function reveal(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new AppError('FILE_MISSING', path);
  await launch(revealCommand(process.platform, path));
}
