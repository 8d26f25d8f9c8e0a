import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, protocol, type BrowserWindow } from 'electron';
import { createHandlers } from '../../api/handlers.ts';
import { hasWorkAhead } from '../../api/queue.ts';
import { createEngine, type Engine } from '../../engine/createEngine.ts';
import { libraryPaths } from '../../engine/paths.ts';
import { findResources } from '../resources.ts';
import { electronHost, stayAwakeForProduction } from './hostPort.ts';
import { answerCalls, forwardEvents } from './ipc.ts';
import { answerAppScheme, APP_SCHEME } from './protocol.ts';
import { openWindow, restrictPages, setMenu } from './window.ts';

const LOOK_AGAIN_MS = 1000;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const complain = (message: string, error: unknown): void => {
  say(`${message}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
};

function openEngine(currentWindow: () => BrowserWindow | undefined, resourcesDir: string): Promise<Engine> {
  const opening = createEngine({
    resourcesDir,
    works: true,
    onNotice: say,
    onBug: (error) => {
      complain('a fault in the queue', error);
    },
  });
  opening.then(
    (engine) => {
      forwardEvents(engine, currentWindow);
      stayAwakeForProduction(engine);
    },
    // Every call of the window answers with this error, so that a person sees it.
    (error: unknown) => {
      complain('the library could not be opened', error);
    },
  );
  return opening;
}

/** Runs the desktop shell in this process: one window, one engine, until the work is parked. */
function run(): void {
  const bundleDir = import.meta.dirname;
  const resourcesDir = findResources();
  let window: BrowserWindow | undefined;
  const currentWindow = (): BrowserWindow | undefined => window;
  const engine = openEngine(currentWindow, resourcesDir);
  const open = (): Promise<Engine> => engine;

  const showWindow = (): void => {
    if (window === undefined) {
      window = openWindow(join(bundleDir, 'preload.cjs'));
      window.on('closed', () => (window = undefined));
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') void quitWhenDone(engine, currentWindow);
  });
  parkBeforeQuitting(engine, currentWindow);

  void app.whenReady().then(() => {
    protocol.handle('app', answerAppScheme({ rendererDir: join(bundleDir, 'renderer'), open }));
    restrictPages();
    setMenu();
    answerCalls(createHandlers(open, electronHost(currentWindow, resourcesDir)), currentWindow, complain);
    showWindow();
  });
}

/** Closing the window stops no work: the process goes on without one, and ends when nothing is left to do. */
async function quitWhenDone(
  opening: Promise<Engine>,
  currentWindow: () => BrowserWindow | undefined,
): Promise<void> {
  const engine = await opening.catch(() => undefined);
  const look = (): void => {
    if (currentWindow() !== undefined) clearInterval(timer);
    else if (engine === undefined || !hasWorkAhead(engine)) app.quit();
  };
  const timer = setInterval(look, LOOK_AGAIN_MS);
  look();
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
    void opening
      .then((engine) => engine.close())
      .catch((error: unknown) => {
        complain('the library could not be closed', error);
      })
      .then(() => {
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
