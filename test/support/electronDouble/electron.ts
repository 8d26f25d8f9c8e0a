/**
 * A double of Electron for the shipped main and preload bundles, run in a Node process of its own.
 *
 * Covered: the wiring of calls and events, what the preload script exposes, webPreferences, the handlers of the app scheme,
 * of permissions and of navigation, and the life of the process. Whatever it does not model throws.
 * Not covered: the sandbox and context isolation themselves, native dialogs, a real scheme in a real network stack,
 * drawing, packaging and fuses. The real launch in electronLaunch.test.ts is for those.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

/** Tells what the product did to its surroundings, as it does it. */
export const journal = new EventEmitter<{ entry: [what: string, detail: unknown] }>();
const note = (what: string, detail: unknown = null): void => {
  journal.emit('entry', what, detail);
};

/** An object that only does what is written here. */
function strictly<Model extends object>(name: string, model: Model): Model {
  return new Proxy(model, {
    get(target, key, self) {
      if (typeof key === 'symbol' || key === 'then' || key in target)
        return Reflect.get(target, key, self) as unknown;
      throw new Error(`the double of Electron does not model ${name}.${key}`);
    },
  });
}

class PreventableEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

let userData = '';
let isQuitting = false;

class App extends EventEmitter {
  setPath(name: string, path: string): void {
    if (name !== 'userData') throw new Error(`the double of Electron does not model the path ${name}`);
    userData = path;
  }
  /** One process for each folder of user data, as in Electron. */
  requestSingleInstanceLock(): boolean {
    const lock = join(userData, 'double.lock');
    try {
      closeSync(openSync(lock, 'wx'));
    } catch {
      return false;
    }
    process.once('exit', () => {
      rmSync(lock, { force: true });
    });
    return true;
  }
  whenReady(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
  quit(): void {
    setImmediate(() => {
      const event = new PreventableEvent();
      this.emit('before-quit', event);
      if (event.defaultPrevented) return;
      isQuitting = true;
      for (const window of [...windows]) window.close();
      process.exit(0);
    });
  }
}
export const app = strictly('app', new App());

interface Frame {
  readonly url: string;
  readonly parent: Frame | null;
}

export class WebContents extends EventEmitter {
  mainFrame: Frame = { url: '', parent: null };
  readonly renderer = new EventEmitter();
  windowOpenHandler: ((details: { url: string }) => unknown) | undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.windowOpenHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    this.renderer.emit(channel, {}, ...structuredClone(args));
  }
  startDrag(item: { file: string; icon: string }): void {
    note('startDrag', item);
  }
}

interface WindowOptions {
  readonly webPreferences: { readonly preload: string };
}

export const windows = new Set<BrowserWindow>();
export class BrowserWindow extends EventEmitter {
  readonly webContents = strictly('webContents', new WebContents());
  /** What the preload script gave to the page. */
  exposed: Record<string, Record<string, (...args: unknown[]) => unknown>> = {};
  readonly options: WindowOptions;
  isSmall = false;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    note('window', options);
    const self: BrowserWindow = strictly('BrowserWindow', this);
    windows.add(self);
    app.emit('web-contents-created', {}, this.webContents);
    return self;
  }
  loadURL(url: string): Promise<void> {
    this.webContents.mainFrame = { url, parent: null };
    this.exposed = runPreload(this.options.webPreferences.preload, this.webContents);
    note('loadURL', url);
    setImmediate(() => this.emit('ready-to-show'));
    return Promise.resolve();
  }
  minimize(): void {
    this.isSmall = true;
  }
  isMinimized(): boolean {
    return this.isSmall;
  }
  restore(): void {
    this.isSmall = false;
    note('restore');
  }
  show(): void {
    note('show');
  }
  hide(): void {
    note('hide');
  }
  focus(): void {
    note('focus');
  }
  close(): void {
    windows.delete(this);
    this.emit('closed');
    if (windows.size === 0 && !isQuitting) app.emit('window-all-closed');
  }
}

type Invoked = (event: unknown, ...args: unknown[]) => unknown;
export const invocations = new Map<string, Invoked>();
export const ipcMain = strictly('ipcMain', {
  handle(channel: string, handler: Invoked): void {
    if (invocations.has(channel)) throw new Error(`a second handler for ${channel}`);
    invocations.set(channel, handler);
  },
});

/** What a renderer's invoke does: both ways everything is cloned, and a missing handler is an error. */
export async function invoke(event: object, channel: string, args: readonly unknown[]): Promise<unknown> {
  const handler = invocations.get(channel);
  if (handler === undefined) throw new Error(`no handler for ${channel}`);
  return structuredClone(await handler(event, ...structuredClone(args)));
}

/** Runs a preload script as a sandboxed page has it: require knows Electron's renderer half and nothing else. */
function runPreload(path: string, contents: WebContents): BrowserWindow['exposed'] {
  const exposed: BrowserWindow['exposed'] = {};
  const half = strictly("electron's renderer half", {
    contextBridge: strictly('contextBridge', {
      exposeInMainWorld(name: string, api: Record<string, (...args: unknown[]) => unknown>): void {
        exposed[name] = api;
      },
    }),
    ipcRenderer: strictly('ipcRenderer', {
      invoke: (channel: string, ...args: unknown[]) =>
        invoke({ sender: contents, senderFrame: contents.mainFrame }, channel, args),
      on: (channel: string, listener: (...args: unknown[]) => void) =>
        contents.renderer.on(channel, listener),
      off: (channel: string, listener: (...args: unknown[]) => void) =>
        contents.renderer.off(channel, listener),
    }),
    webUtils: strictly('webUtils', { getPathForFile: (file: { path: string }) => file.path }),
  });
  const require = (name: string): unknown => {
    if (name === 'electron') return half;
    throw new Error(`a sandboxed preload script cannot require ${name}`);
  };
  type Script = (require: unknown, module: unknown, exports: unknown) => void;
  const code = `(function (require, module, exports) {${readFileSync(path, 'utf8')}\n})`;
  (runInNewContext(code) as Script)(require, {}, {});
  return exposed;
}

type Answer = (request: Request) => Promise<Response> | Response;
export const schemes = new Map<string, Answer>();
export const protocol = strictly('protocol', {
  registerSchemesAsPrivileged(list: unknown): void {
    note('schemes', list);
  },
  handle(scheme: string, answer: Answer): void {
    schemes.set(scheme, answer);
  },
});

type RequestHandler = (contents: null, permission: string, answer: (isGranted: boolean) => void) => void;
type CheckHandler = (contents: null, permission: string) => boolean;
export const permissions: { request?: RequestHandler; check?: CheckHandler } = {};
export const session = strictly('session', {
  defaultSession: strictly('session.defaultSession', {
    setPermissionRequestHandler(handler: RequestHandler): void {
      permissions.request = handler;
    },
    setPermissionCheckHandler(handler: CheckHandler): void {
      permissions.check = handler;
    },
  }),
});

/** What the person in front of the next dialogs will choose; nothing means they change their mind. */
export const choices: string[][] = [];
export const dialog = strictly('dialog', {
  showOpenDialog(_window: unknown, options: unknown): Promise<{ canceled: boolean; filePaths: string[] }> {
    note('dialog', options);
    const filePaths = choices.shift();
    return Promise.resolve({ canceled: filePaths === undefined, filePaths: filePaths ?? [] });
  },
});
export const shell = strictly('shell', {
  showItemInFolder(path: string): void {
    note('reveal', path);
  },
  trashItem(path: string): Promise<void> {
    note('trash', path);
    return Promise.resolve();
  },
});
let blockers = 0;
export const powerSaveBlocker = strictly('powerSaveBlocker', {
  start(kind: string): number {
    note('stay awake', kind);
    return (blockers += 1);
  },
  stop(id: number): void {
    note('may sleep', id);
  },
});
/** A keychain that does no more than that nothing is stored as it came. */
const KEYCHAIN_MARK = 'sealed by the double: ';
export const safeStorage = strictly('safeStorage', {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: (text: string) =>
    Promise.resolve(Buffer.from(`${KEYCHAIN_MARK}${Buffer.from(text).toString('hex')}`)),
  decryptStringAsync: (sealed: Buffer) =>
    Promise.resolve({
      shouldReEncrypt: false,
      result: Buffer.from(sealed.toString().slice(KEYCHAIN_MARK.length), 'hex').toString(),
    }),
});
export const nativeTheme = strictly('nativeTheme', { shouldUseDarkColors: true });
export const Menu = strictly('Menu', {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu(menu: unknown): void {
    note('menu', menu);
  },
});

/** Gives a child of plain Node the port that a utility process has to its parent. */
const PARENT_PORT = `
  import { EventEmitter } from 'node:events';
  const port = new EventEmitter();
  port.postMessage = (message) => process.send(message);
  process.on('message', (data) => port.emit('message', { data }));
  process.on('disconnect', () => process.exit());
  process.parentPort = port;`;

export class UtilityProcess extends EventEmitter {
  readonly child: ReturnType<typeof fork>;

  constructor(entry: string, serviceName: string) {
    super();
    const shim = `data:text/javascript,${encodeURIComponent(PARENT_PORT)}`;
    this.child = fork(entry, [], {
      execArgv: ['--import', shim],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    note('utilityProcess', serviceName);
    this.child.on('message', (message) => this.emit('message', message));
    this.child.once('spawn', () => this.emit('spawn'));
    this.child.once('exit', (code) => this.emit('exit', code ?? 1));
  }
  get pid(): number | undefined {
    return this.child.pid;
  }
  get stderr(): NodeJS.ReadableStream | null {
    return this.child.stderr;
  }
  postMessage(message: unknown): void {
    this.child.send(structuredClone(message) as object, () => undefined);
  }
  kill(): boolean {
    return this.child.kill('SIGTERM');
  }
}
export const utilityProcess = strictly('utilityProcess', {
  fork: (entry: string, _args: readonly string[], options: { serviceName: string }) =>
    strictly('UtilityProcess', new UtilityProcess(entry, options.serviceName)),
});
