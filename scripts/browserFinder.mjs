// Finds a Chromium or Chrome on this machine: for the app window of "npm start", and for the tests.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const LINUX_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Google Chrome for Testing', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** Where a system usually keeps such a browser, best first. */
export function usualPlaces(platform, env) {
  if (platform === 'darwin') {
    const folders = ['/Applications', join(env['HOME'] ?? '/', 'Applications')];
    return MAC_APPS.flatMap((app) =>
      folders.map((folder) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
    );
  }
  if (platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => env[name])
      .filter(Boolean);
    return WINDOWS_PROGRAMS.flatMap((parts) => folders.map((folder) => join(folder, ...parts)));
  }
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].filter(
    Boolean,
  );
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The browser that CHROMIUM_PATH names, or else one that is installed; undefined when there is none. */
export function installedBrowser(platform = process.platform, env = process.env, exists = existsSync) {
  const named = env['CHROMIUM_PATH'];
  if (named) return exists(named) ? named : undefined;
  return usualPlaces(platform, env).find((path) => exists(path));
}

/** Chromium refuses to run its sandbox as root, which is who runs in many containers. */
export const rootArguments = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

function playwrightsBrowser() {
  const { chromium } = createRequire(import.meta.url)('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/** Runs a program quietly and says whether it succeeded; one that hangs counts as failed. */
function succeeds(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', timeout: 300_000 });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

const playwrightCli = () => createRequire(import.meta.url).resolve('@playwright/test/cli');

/**
 * A browser for the tests, fetched if need be: { path }, or { missing } with one sentence that says why there is none.
 */
export async function findTestBrowser() {
  if (process.env['CHROMIUM_PATH'] && !existsSync(process.env['CHROMIUM_PATH'])) {
    return { missing: `CHROMIUM_PATH is ${process.env['CHROMIUM_PATH']}, where there is no file` };
  }
  const here = installedBrowser() ?? playwrightsBrowser();
  if (here !== undefined) return { path: here };
  console.error('No Chromium or Chrome is installed; fetching one for the tests.');
  await succeeds(process.execPath, [playwrightCli(), 'install', 'chromium']);
  const fetched = playwrightsBrowser();
  if (fetched !== undefined) return { path: fetched };
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const install = () => succeeds('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    // A new machine knows no packages until it has asked for their list once.
    if (!(await install()) && (await succeeds('apt-get', ['update']))) await install();
  }
  const path = installedBrowser();
  return path === undefined
    ? { missing: 'no Chromium or Chrome was found and none could be fetched; set CHROMIUM_PATH to one' }
    : { path };
}
