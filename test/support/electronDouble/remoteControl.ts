/** Lets a test in another process act as the person, the page and the attacker, and read what was done. */
import {
  app,
  choices,
  invocations,
  invoke,
  journal,
  permissions,
  schemes,
  WebContents,
  windows,
  type BrowserWindow,
} from './electron.ts';
import type { Ask, Event, Report } from './wire.ts';

const tell = (report: Report): void => {
  process.send?.(report);
};

journal.on('entry', (what, detail) => {
  tell({ entry: { what, detail } });
});

function theWindow(): BrowserWindow {
  const [window] = windows;
  if (window === undefined) throw new Error('there is no window');
  return window;
}

function bridge(): Record<string, (...args: unknown[]) => unknown> {
  const api = theWindow().exposed['soundbite'];
  if (api === undefined) throw new Error('the preload script exposed nothing by that name');
  return api;
}

const listening = new Map<string, unknown>();

const acts: { readonly [Kind in Ask['kind']]: (ask: Extract<Ask, { kind: Kind }>) => unknown } = {
  exposed: () =>
    Object.fromEntries(Object.entries(theWindow().exposed).map(([n, api]) => [n, Object.keys(api)])),
  call: ({ name, input }) => bridge()['call']?.(name, input),
  pathOf: ({ path }) => bridge()['pathOf']?.({ path }),
  listen: ({ name }) => {
    const stop = bridge()['on']?.(name, (payload: unknown) => {
      tell({ event: { name, payload } satisfies Event });
    });
    listening.set(name, stop);
  },
  stopListening: ({ name }) => {
    (listening.get(name) as () => void)();
  },
  channels: () => [...invocations.keys()],
  invokeFrom: ({ sender, url, isSubframe, args }) => {
    const contents = sender === 'ours' ? theWindow().webContents : new WebContents();
    const parent = isSubframe ? { url: theWindow().webContents.mainFrame.url, parent: null } : null;
    return invoke(
      { sender: contents, senderFrame: url === null ? null : { url, parent } },
      'soundbite:call',
      args,
    );
  },
  fetch: async ({ url, method, headers }) => {
    const answer = schemes.get(new URL(url).protocol.slice(0, -1));
    if (answer === undefined) throw new Error(`no handler for ${url}`);
    // A Request of Node's own refuses schemes it does not know; these are the fields a handler may read.
    const request = { url, method, headers: new Headers(headers) } as unknown as Request;
    const response = await answer(request);
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  },
  navigate: ({ event, url }) => {
    let isPrevented = false;
    theWindow().webContents.emit(event, { url, preventDefault: () => (isPrevented = true) });
    return isPrevented;
  },
  openWindow: ({ url }) => theWindow().webContents.windowOpenHandler?.({ url }),
  permission: ({ permission }) => {
    let isRequestGranted: boolean | undefined;
    permissions.request?.(null, permission, (isGranted) => (isRequestGranted = isGranted));
    return { request: isRequestGranted, check: permissions.check?.(null, permission) };
  },
  choose: ({ paths }) => choices.push([...paths]),
  appEvent: ({ event }) => app.emit(event),
  minimize: () => {
    theWindow().minimize();
  },
  closeWindow: () => {
    theWindow().close();
  },
  quit: () => {
    app.quit();
  },
};

process.on('message', (message) => {
  const { id, ask } = message as { id: number; ask: Ask };
  const act = acts[ask.kind] as (ask: Ask) => unknown;
  Promise.resolve()
    .then(() => act(ask))
    .then(
      (value) => {
        tell({ id, value });
      },
      (error: unknown) => {
        tell({ id, problem: error instanceof Error ? error.message : String(error) });
      },
    );
});
