import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, protocol, shell, type BrowserWindow } from 'electron';
import { createHandlers } from '../../api/handlers.ts';
import { watchPower } from '../../api/power.ts';
import { whenIdle } from '../../api/workAhead.ts';
import { createEngine, type Engine } from '../../engine/createEngine.ts';
import { libraryPaths } from '../../engine/paths.ts';
import { findResources } from '../resources.ts';
import { electronHost } from './hostPort.ts';
import { answerCalls, forwardEvents } from './ipc.ts';
import { spawnUtilityChild } from './recogniserChild.ts';
import { answerAppScheme, APP_PAGE, APP_SCHEME } from './protocol.ts';
import { systemSealing } from './sealing.ts';
import { openWindow, restrictPages, setMenu } from './window.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const complain = (message: string, error: unknown): void => {
  say(`${message}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
};
const complainOf =
  (message: string) =>
  (error: unknown): void => {
    complain(message, error);
  };

/** Runs the desktop shell in this process: one window, one engine, until the work is done or parked. */
function run(): void {
  const resourcesDir = findResources();
  const bundleDir = import.meta.dirname;
  let window: BrowserWindow | undefined;
  const currentWindow = (): BrowserWindow | undefined => window;
  const host = electronHost(currentWindow, resourcesDir);
  const onBug = complainOf('a fault in the queue');
  const speech = { spawn: spawnUtilityChild };
  const storage = { trashItem: (path: string) => shell.trashItem(path) };
  const opening = createEngine({
    resourcesDir,
    works: true,
    role: 'window',
    onNotice: say,
    onBug,
    speech,
    storage,
    sealing: systemSealing,
  });
  const open = (): Promise<Engine> => opening;
  let stopWatchingPower: (() => void) | undefined;
  opening.then((engine) => {
    forwardEvents(engine, currentWindow);
    stopWatchingPower = watchPower(engine, host);
    // Every call of the window answers with this error as well, so that a person sees it.
  }, complainOf('the library could not be opened'));

  let stopWaiting: (() => void) | undefined;
  const showWindow = (): void => {
    stopWaiting?.();
    if (window === undefined) {
      window = openWindow(join(bundleDir, 'preload.cjs'));
      window.on('closed', () => (window = undefined));
      window.loadURL(APP_PAGE).catch(complainOf('the page could not be shown'));
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const quit = (): void => {
    app.quit();
  };
  /** Closing the window stops no work: the process goes on without one, and ends when nothing is left to do. */
  const quitWhenDone = (): void => {
    opening.then((engine) => (stopWaiting = whenIdle(engine, quit)), quit);
  };

  app.on('before-quit', () => {
    stopWaiting?.();
    stopWatchingPower?.();
  });
  parkBeforeQuitting(opening, currentWindow);
  void app.whenReady().then(() => {
    protocol.handle('app', answerAppScheme({ rendererDir: join(bundleDir, 'renderer'), open }));
    restrictPages();
    setMenu();
    answerCalls(createHandlers(open, host), currentWindow, complain);
    app.on('second-instance', showWindow);
    app.on('activate', showWindow);
    app.on('window-all-closed', process.platform === 'darwin' ? () => undefined : quitWhenDone);
    showWindow();
  });
}

/** Quitting parks the work (8 s at most, the queue's own limit) and closes the library before the process ends. */
function parkBeforeQuitting(opening: Promise<Engine>, currentWindow: () => BrowserWindow | undefined): void {
  let state: 'running' | 'parking' | 'parked' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'parked') return;
    event.preventDefault();
    if (state === 'parking') return;
    state = 'parking';
    currentWindow()?.hide();
    const closed = opening.then((engine) => engine.close());
    void closed.catch(complainOf('the library could not be closed')).then(() => {
      state = 'parked';
      app.quit();
    });
  });
}

// The window's own files live in the library, so that two libraries are two programs and neither leaves a trace elsewhere.
const windowDir = join(libraryPaths().home, 'window');
mkdirSync(windowDir, { recursive: true });
app.setPath('userData', windowDir);
protocol.registerSchemesAsPrivileged([APP_SCHEME]);
if (app.requestSingleInstanceLock()) run();
else app.quit();
