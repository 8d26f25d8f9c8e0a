import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { root } from '../support/cli.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';

const hasElectron = existsSync(join(root, 'node_modules/electron/path.txt'));

/** `npm start` without npm around it. */
function start(folder: TemporaryFolder, env: Record<string, string>) {
  return spawn('node', [join(root, 'scripts/launch.mjs'), 'start'], {
    cwd: root,
    env: { ...process.env, SOUNDBITE_HOME: folder.file('home'), DISPLAY: '', WAYLAND_DISPLAY: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

test.skipIf(process.platform !== 'linux')(
  'without a screen, start prints the address; one line says so (Linux)',
  async () => {
    using folder = temporaryFolder();
    const child = start(folder, {});
    const notes = createInterface(child.stderr);
    const [[note], [url]] = (await Promise.all([
      once(notes, 'line'),
      once(createInterface(child.stdout), 'line'),
    ])) as [[string], [string]];
    expect(note).toMatch(/^Soundbite is ready\. Open this address/);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

test.skipIf(process.platform !== 'linux' || hasElectron)(
  'with a screen and a browser, start opens an app window with a profile of its own (Linux, no Electron)',
  async () => {
    using folder = temporaryFolder();
    const browser = folder.file('browser');
    writeFileSync(
      browser,
      `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder.file('partial')}\nmv ${folder.file('partial')} ${folder.file('args')}\nexec sleep 60\n`,
    );
    chmodSync(browser, 0o755);
    const child = start(folder, { DISPLAY: ':99', CHROMIUM_PATH: browser });
    const [note] = (await once(createInterface(child.stderr), 'line')) as [string];
    expect(note).toContain(`app window of ${browser}`);
    await vi.waitFor(() => {
      expect(existsSync(folder.file('args'))).toBe(true);
    }, 20_000);
    const args = readFileSync(folder.file('args'), 'utf8').trim().split('\n');
    expect(args[0]).toMatch(/^--app=http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    expect(args).toContain(`--user-data-dir=${folder.file('home/browser')}`);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);
