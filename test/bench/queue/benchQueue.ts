import { join } from 'node:path';
import { openLibrary, type Library } from '../../../main/engine/db/open.ts';
import type { JobKind } from '../../../main/engine/jobs/kind.ts';
import { Queue } from '../../../main/engine/jobs/queue.ts';
import type { NewJob } from '../../../main/engine/jobs/row.ts';

/** How surely a commit reaches the disk; what is compared is compared at the same setting. */
export type Synchronous = 'OFF' | 'NORMAL' | 'FULL';

export const nothingToDo: JobKind = { run: () => Promise.resolve({ result: {} }) };

export const noOp = (index: number): NewJob => ({
  kind: 'work',
  lane: 'intake',
  priority: 'normal',
  payload: { index },
  label: 'no-op',
});

/** A real queue over a real library in the given folder. */
export async function openBench(
  folder: string,
  synchronous: Synchronous,
  kind: JobKind = nothingToDo,
): Promise<{ library: Library; queue: Queue }> {
  const library = await openLibrary(join(folder, 'soundbite.db'));
  library.db.pragma(`synchronous = ${synchronous}`);
  const queue = new Queue({
    library,
    runDir: join(folder, 'run'),
    kinds: { work: kind },
    maxJobs: 3,
    pollIntervalMs: 1000,
    listener: {
      jobChanged: () => undefined,
      queueChanged: () => undefined,
      noticed: () => undefined,
      bug: (error) => {
        throw error;
      },
    },
  });
  return { library, queue };
}

/** Resolves when the given number of no-op jobs has been run. */
export function countdown(count: number): { readonly kind: JobKind; readonly done: Promise<void> } {
  let left = count;
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return {
    done,
    kind: {
      run: () => {
        left -= 1;
        if (left === 0) finish();
        return Promise.resolve({ result: {} });
      },
    },
  };
}
