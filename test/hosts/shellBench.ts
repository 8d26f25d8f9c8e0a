import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHandlers } from '../../main/api/handlers.ts';
import { AppError } from '../../main/domain/errors.ts';
import { createEngine, type Engine } from '../../main/engine/createEngine.ts';
import { builtPages } from '../../main/hosts/browser/openShell.ts';
import { serve, type BrowserShell } from '../../main/hosts/browser/server.ts';
import { findResources } from '../../main/hosts/resources.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';

/** A browser shell on a real library that does no work, with a window of three files; everything closes with the test. */
export interface ShellBench extends AsyncDisposable {
  readonly folder: TemporaryFolder;
  readonly engine: Engine;
  readonly shell: BrowserShell;
  /** What the shell logged as a bug. */
  readonly bugs: unknown[];
}

const refuse = (): Promise<never> => Promise.reject(new AppError('HOST_CANNOT', 'test'));

/** The window's files, and a link among them that leads out to a file with a secret. */
function writeWindow(folder: TemporaryFolder): string {
  const built = folder.file('renderer');
  mkdirSync(`${built}/assets`, { recursive: true });
  writeFileSync(`${built}/index.html`, '<!doctype html><title>window</title>');
  writeFileSync(`${built}/assets/index-1a2b.js`, 'export {};');
  mkdirSync(folder.file('renderer-evil'));
  for (const path of ['secret.txt', 'renderer-evil/secret.txt']) writeFileSync(folder.file(path), 'secret');
  symlinkSync(folder.file('secret.txt'), `${built}/assets/link.txt`);
  symlinkSync(folder.file('renderer-evil'), `${built}/folder-link`);
  return built;
}

export async function openShellBench(): Promise<ShellBench> {
  const folder = temporaryFolder();
  const bugs: unknown[] = [];
  const engine = await createEngine({
    env: { ...process.env, SOUNDBITE_HOME: folder.file('home') },
    resourcesDir: findResources(),
    works: false,
    onNotice: () => undefined,
    onBug: (error) => bugs.push(error),
  });
  const host = {
    kind: 'browser' as const,
    hasNativeDialogs: false,
    pickMedia: refuse,
    pickFolder: refuse,
    reveal: refuse,
  };
  const shell = await serve({
    engine,
    handlers: createHandlers(() => Promise.resolve(engine), host),
    pages: builtPages(writeWindow(folder)),
    port: 0,
    log: (_message, error) => bugs.push(error),
  });
  return {
    folder,
    engine,
    shell,
    bugs,
    async [Symbol.asyncDispose]() {
      await shell.close();
      await engine.close();
      folder[Symbol.dispose]();
    },
  };
}
