import { join } from 'node:path';
import { openLibrary, type Library } from '../../main/engine/db/open.ts';
import type { Lease } from '../../main/engine/jobs/lease.ts';
import type { Finished, JobKind } from '../../main/engine/jobs/kind.ts';
import { Queue, type QueueOptions } from '../../main/engine/jobs/queue.ts';
import { temporaryFolder, type TemporaryFolder } from './folder.ts';

/** Most kinds of job in tests only run. */
export type Run = (lease: Lease) => Promise<Finished>;

/** A real library with real queues on it; everything closes with the test. */
export interface QueueBench extends AsyncDisposable {
  readonly folder: TemporaryFolder;
  readonly library: Library;
  /** The lines that were told, in order. */
  readonly notices: string[];
  /** A further queue on the same library, as another process would have it. */
  open(kinds: Readonly<Record<string, Run | JobKind>>, more?: number | Partial<QueueOptions>): Promise<Queue>;
}

export const asKinds = (kinds: Readonly<Record<string, Run | JobKind>>): Record<string, JobKind> =>
  Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, typeof kind === 'function' ? { run: kind } : kind]),
  );

export async function openQueueBench(): Promise<QueueBench> {
  const folder = temporaryFolder();
  const library = await openLibrary(folder.file('soundbite.db'));
  const notices: string[] = [];
  const queues: Queue[] = [];
  return {
    folder,
    library,
    notices,
    async open(kinds, more = {}) {
      const queue = new Queue({
        library,
        runDir: join(folder.path, 'run'),
        kinds: asKinds(kinds),
        maxJobs: 3,
        pollIntervalMs: 50,
        listener: {
          jobChanged: () => undefined,
          queueChanged: () => undefined,
          noticed: (line) => notices.push(line),
          bug: (error) => {
            throw error;
          },
        },
        ...(typeof more === 'number' ? { maxJobs: more } : more),
      });
      queues.push(queue);
      await queue.start();
      return queue;
    },
    async [Symbol.asyncDispose]() {
      for (const queue of queues) await queue.close();
      library.close();
      folder[Symbol.dispose]();
    },
  };
}

/** Something that happens once and can be waited for. */
export interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

export function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
