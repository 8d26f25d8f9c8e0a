import { createCaller, type Caller } from '../../api/dispatch.ts';
import { createHandlers } from '../../api/handlers.ts';
import type { Host } from '../../api/host.ts';
import { AppError } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { createEngine, type Engine } from '../../engine/createEngine.ts';
import { findResources } from '../resources.ts';

/** A terminal has no dialogs: paths are named on the command line. */
const cliHost: Host = {
  kind: 'cli',
  hasNativeDialogs: false,
  pickMedia: () => Promise.reject(new AppError('HOST_CANNOT', 'the command line opens no dialogs')),
  pickFolder: () => Promise.reject(new AppError('HOST_CANNOT', 'the command line opens no dialogs')),
  reveal: () => Promise.reject(new AppError('HOST_CANNOT', 'the command line shows no folders')),
};

export interface SessionOptions {
  /** True for commands that do work themselves; the others only look and ask. */
  readonly works: boolean;
  readonly onJob?: (job: Job) => void;
  readonly note: (line: string) => void;
}

/** One command's way into the engine: opened at the first call that needs it, closed when the command ends. */
export interface Session {
  readonly call: Caller;
  close(): Promise<void>;
}

export function openSession({ works, onJob, note }: SessionOptions): Session {
  let opening: Promise<Engine> | undefined;
  const open = (): Promise<Engine> => {
    opening ??= createEngine({
      resourcesDir: findResources(),
      works,
      onNotice: note,
      onBug: (error) => {
        note(error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    }).then((engine) => {
      if (onJob !== undefined) engine.on('jobs.changed', onJob);
      return engine;
    });
    return opening;
  };
  const call = createCaller(createHandlers(open, cliHost), (message, error) => {
    note(`${message}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  });
  return {
    call,
    async close() {
      const engine = await opening?.catch(() => undefined);
      await engine?.close();
    },
  };
}
