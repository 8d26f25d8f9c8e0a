import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { expect, test } from 'vitest';
import { root } from '../support/cli.ts';
import { temporaryFolder } from '../support/folder.ts';

const installed = join(root, 'node_modules/electron');
const isInstalled = existsSync(join(installed, 'path.txt')) && existsSync(join(installed, 'dist'));
const hasScreen = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined;
const whyNot = isInstalled
  ? hasScreen
    ? ''
    : ' (there is no screen; run it under xvfb-run)'
  : " (Electron's binary is not installed: npx install-electron)";

test.skipIf(whyNot !== '')(
  `the real Electron opens the window on a library of its own, in its sandbox${whyNot}`,
  async () => {
    using folder = temporaryFolder();
    const binary = readFileSync(join(installed, 'path.txt'), 'utf8').trim();
    const app = await _electron.launch({
      executablePath: join(installed, 'dist', binary),
      // Containers of CI often give Chromium's sandbox nothing to stand on when they run as root.
      args: [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
      env: { ...(process.env as Record<string, string>), SOUNDBITE_HOME: folder.file('library') },
    });
    try {
      const window = await app.firstWindow();
      await window.waitForLoadState('domcontentloaded');
      expect(window.url()).toMatch(/^app:\/\/soundbite\//);
      const inside = await window.evaluate(async () => {
        const page = globalThis as unknown as Record<string, unknown> & {
          soundbite: { call(name: string, input: unknown): Promise<unknown> };
        };
        return {
          nodeGlobals: ['require', 'process', 'ipcRenderer', 'module'].filter((name) => name in page),
          api: Object.keys(page.soundbite),
          described: await page.soundbite.call('host.describe', {}),
          refused: await page.soundbite.call('episodes.explode', {}),
        };
      });
      expect(inside).toMatchObject({
        nodeGlobals: [],
        api: ['call', 'on', 'pathOf'],
        described: { ok: true, value: { kind: 'electron', hasNativeDialogs: true } },
        refused: { ok: false, error: { code: 'BAD_INPUT' } },
      });
    } finally {
      await app.close();
    }
    expect(existsSync(folder.file('library/soundbite.db'))).toBe(true);
  },
);
