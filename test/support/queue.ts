import { join } from 'node:path';
import type { Job } from '../../main/domain/job.ts';
import { openLibrary, type Library } from '../../main/engine/db/open.ts';
import { Queue, type JobHandler } from '../../main/engine/jobs/queue.ts';
import { temporaryFolder, type TemporaryFolder } from './folder.ts';

/** A real library with real queues on it; everything closes with the test. */
export interface QueueBench extends AsyncDisposable {
  readonly folder: TemporaryFolder;
  readonly library: Library;
  /** What was told to be recovered, in order. */
  readonly recovered: Job[];
  /** A further queue on the same library, as another process would have it. */
  open(handlers: Readonly<Record<string, JobHandler>>, maxJobs?: number): Promise<Queue>;
}

export async function openQueueBench(): Promise<QueueBench> {
  const folder = temporaryFolder();
  const library = await openLibrary(folder.file('soundbite.db'));
  const recovered: Job[] = [];
  const queues: Queue[] = [];
  return {
    folder,
    library,
    recovered,
    async open(handlers, maxJobs = 3) {
      const queue = new Queue({
        library,
        runDir: join(folder.path, 'run'),
        handlers,
        maxJobs,
        pollIntervalMs: 50,
        onChange: () => undefined,
        onRecovered: (jobs) => recovered.push(...jobs),
        onBug: (error) => {
          throw error;
        },
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

/** A promise and the functions that end it. */
export function signalOf<T = void>() {
  return Promise.withResolvers<T>();
}
