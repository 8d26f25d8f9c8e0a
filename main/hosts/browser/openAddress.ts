import { launch, type Launch } from './launch.ts';

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

/** Opens an address in the person's own browser; does nothing where there is no screen. Throws HOST_CANNOT. */
export async function openAddress(url: string): Promise<void> {
  const command = openCommand(process.platform, process.env, url);
  if (command !== undefined) await launch(command);
}
