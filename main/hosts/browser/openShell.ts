import { rendererFolder } from '../../api/media.ts';
import { createHandlers } from '../../api/handlers.ts';
import type { Host } from '../../api/host.ts';
import { watchPower } from '../../api/power.ts';
import { AppError } from '../../domain/errors.ts';
import { createEngine, type EngineOptions } from '../../engine/createEngine.ts';
import { readBattery } from '../battery.ts';
import { findResources } from '../resources.ts';
import { awakeKeeper } from './keepAwake.ts';
import { reveal } from './reveal.ts';
import { serve, type BrowserShell, type Pages } from './server.ts';
import { answerStatic } from './staticFiles.ts';

const noDialogs = (): Promise<never> =>
  Promise.reject(new AppError('HOST_CANNOT', 'a browser opens no dialogs of this system'));

/** A browser cannot name paths: the window brings its own chooser over this machine's folders. */
const browserHost: Host = {
  kind: 'browser',
  hasNativeDialogs: false,
  pickMedia: noDialogs,
  pickFolder: noDialogs,
  reveal,
  keepAwake: awakeKeeper(),
  battery: () => readBattery(),
};

export interface OpenShellOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly port?: number;
  /** The built files of dist/renderer when left out. */
  readonly pages?: Pages;
  readonly note: (line: string) => void;
  /** Where this shell hears words otherwise, or finds its models elsewhere. */
  readonly speech?: EngineOptions['speech'];
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** The files of a built window. */
export const builtPages = (folder: string): Pages => ({
  answer: (request, response) => answerStatic(request, response, folder),
});

/** Opens the library, starts its queue and serves the window; closing goes the other way round and parks the work. */
export async function openBrowserShell(options: OpenShellOptions): Promise<BrowserShell> {
  const { note } = options;
  const resourcesDir = findResources();
  const engine = await createEngine({
    resourcesDir,
    works: true,
    role: 'window',
    onNotice: note,
    onBug: (error) => {
      note(describe(error));
    },
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.speech === undefined ? {} : { speech: options.speech }),
  });
  try {
    const shell = await serve({
      engine,
      handlers: createHandlers(() => Promise.resolve(engine), browserHost),
      pages: options.pages ?? builtPages(rendererFolder(resourcesDir)),
      port: options.port ?? 0,
      log: (message, error) => {
        note(`${message}: ${describe(error)}`);
      },
    });
    const stopWatching = watchPower(engine, browserHost);
    return {
      ...shell,
      async close() {
        stopWatching();
        await shell.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
