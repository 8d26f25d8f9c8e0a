// Opens Soundbite: in Electron where its binary was installed, otherwise in the app window of a browser, else as an address.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import envPaths from 'env-paths';
import { installedBrowser, rootArguments } from './browserFinder.mjs';
import { buildIfStale, cliBundle, root } from './build.mjs';
import { buildWindowIfStale } from './buildWindow.mjs';

const say = (line) => console.error(line);

/** Electron's npm package downloads nothing by itself, and asking it for its path would try to. */
export function electronBinary(packageFolder = join(root, 'node_modules', 'electron')) {
  const pointer = join(packageFolder, 'path.txt');
  if (!existsSync(pointer)) return undefined;
  const binary = join(packageFolder, 'dist', readFileSync(pointer, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

export const hasScreen = (platform = process.platform, env = process.env) =>
  platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);

const home = () => resolve(process.env['SOUNDBITE_HOME'] || envPaths('Soundbite', { suffix: '' }).data);

const ended = (child) =>
  new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

async function startElectron(binary, args) {
  say('Opening Soundbite in its desktop window (Electron).');
  const child = spawn(binary, [root, ...rootArguments(), ...args], { stdio: 'inherit', cwd: root });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  return ended(child);
}

/** A browser profile of its own keeps Soundbite's window apart from the person's browsing. */
function openAppWindow(browser, url) {
  const profile = join(home(), 'browser');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  const flags = [
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    ...rootArguments(),
  ];
  return spawn(browser, [`--app=${url}`, '--window-size=1440,900', ...flags], { stdio: 'ignore' });
}

async function startBrowserShell() {
  const { openBrowserShell } = await import(pathToFileURL(cliBundle).href);
  const stopped = new Promise((stop) => SIGNALS.forEach((signal) => process.once(signal, stop)));
  const shell = await openBrowserShell({ note: say });
  const browser = hasScreen() ? installedBrowser() : undefined;
  let window;
  if (browser === undefined) {
    say('Soundbite is ready. Open this address in a browser on this machine, once; Ctrl+C ends it:');
    console.log(shell.url);
  } else {
    say(`Opening Soundbite in an app window of ${browser}. Closing the window stops no work; Ctrl+C does.`);
    window = openAppWindow(browser, shell.url);
    const fallBack = (why) => {
      say(`That browser did not start (${why}). Open this address instead, once:`);
      console.log(shell.url);
    };
    window.once('error', (error) => fallBack(error.message));
    window.once('exit', (code) => code && fallBack(`exit code ${code}`));
  }
  await stopped;
  window?.kill();
  await shell.close();
  say('Closed. Work under way is kept; it goes on the next time.');
  return 0;
}

export async function start(args) {
  await buildIfStale();
  await buildWindowIfStale();
  const electron = hasScreen() ? electronBinary() : undefined;
  return electron === undefined ? startBrowserShell() : startElectron(electron, args);
}
