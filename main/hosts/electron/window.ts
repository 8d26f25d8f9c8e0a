import { app, BrowserWindow, Menu, nativeTheme, session, type WebContents } from 'electron';
import { APP_PAGE, isAppUrl } from './protocol.ts';

const DARK = '#111210';
const LIGHT = '#f6f5f0';

/** Opens the one window of the product. */
export function openWindow(preloadPath: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? DARK : LIGHT,
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      // Its dictionaries would be fetched from a server, and nothing leaves this machine.
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(APP_PAGE);
  return window;
}

/** Holds every page of this process to our own address, and every permission but copying text back. */
export function restrictPages(): void {
  app.on('web-contents-created', (_event, contents) => {
    restrict(contents);
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(isPermitted(permission));
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => isPermitted(permission));
}

const isPermitted = (permission: string): boolean => permission === 'clipboard-sanitized-write';

function restrict(contents: WebContents): void {
  const stayHome = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isAppUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-frame-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** What a keyboard needs and no more: editing, size of the text, full screen, windows. */
export function setMenu(): void {
  const view: Electron.MenuItemConstructorOptions = {
    label: 'View',
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
  };
  const application: Electron.MenuItemConstructorOptions = {
    role: process.platform === 'darwin' ? 'appMenu' : 'fileMenu',
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([application, { role: 'editMenu' }, view, { role: 'windowMenu' }]),
  );
}
