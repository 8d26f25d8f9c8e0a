import { execa } from 'execa';

/** The program by which a system is kept awake for as long as the given process lives; undefined where there is none. */
export function awakeCommand(
  platform: NodeJS.Platform,
  pid: number,
): { readonly file: string; readonly args: readonly string[] } | undefined {
  if (platform === 'darwin') return { file: 'caffeinate', args: ['-i', '-w', String(pid)] };
  if (platform === 'linux')
    return {
      file: 'systemd-inhibit',
      args: [
        ...['--what=sleep:idle', '--who=Soundbite', '--why=An export is running'],
        // It holds as long as this waits, which ends by itself with our process.
        ...['tail', `--pid=${pid}`, '-f', '/dev/null'],
      ],
    };
  return undefined;
}

/** Keeps this machine awake, or lets it sleep; a system without the program for it sleeps when it likes. */
export function awakeKeeper(platform: NodeJS.Platform = process.platform, pid: number = process.pid) {
  let holding: { readonly kill: () => boolean } | undefined;
  return (isWanted: boolean): void => {
    if (!isWanted) {
      holding?.kill();
      holding = undefined;
      return;
    }
    const command = awakeCommand(platform, pid);
    if (holding !== undefined || command === undefined) return;
    const started = execa(command.file, command.args, { stdio: 'ignore', reject: false });
    holding = started;
    void started.then(() => {
      if (holding === started) holding = undefined;
    });
  };
}
