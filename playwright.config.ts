import { defineConfig } from '@playwright/test';
import { installedBrowser, rootArguments } from './scripts/browserFinder.mjs';

const executablePath = installedBrowser();

/** The window in a real browser against the real engine; two files at a time, each with a library of its own. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test/artifacts/e2e',
  workers: 2,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test/artifacts/playwright.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    launchOptions: {
      args: ['--autoplay-policy=no-user-gesture-required', ...rootArguments()],
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
});
