import { z } from 'zod';
import { TakeableCategory } from '../../domain/storage.ts';
import { readJson } from '../db/json.ts';
import type { JobKind } from '../jobs/kind.ts';
import type { NewJob } from '../jobs/row.ts';
import type { EngineContext } from './context.ts';
import { backUp } from './backUp.ts';
import { cleanUp } from './storage.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOOK_EVERY_MS = 60_000;

const CleanupPayload = z.object({ take: z.array(TakeableCategory) });
const STAGE = 'clean';

/** A cleanup as a job; one that a person asks for does not wait for the others of its lane. */
export const cleanupJob = (take: readonly TakeableCategory[], by: 'person' | 'clock' | 'disk'): NewJob => ({
  kind: 'cleanup',
  lane: 'upkeep',
  priority: by === 'clock' ? 'low' : 'urgent',
  origin: by === 'person' ? 'person' : 'follow-up',
  payload: { take: [...take] } satisfies z.input<typeof CleanupPayload>,
  label: 'Cleaning up',
  uniqueKey: `cleanup:${take.toSorted().join()}`,
});

export const cleanupKind = (engine: EngineContext): JobKind => ({
  async run(lease) {
    const { take } = CleanupPayload.parse(readJson(lease.job.payload));
    const report = await cleanUp(engine, take, {
      signal: lease.signal,
      onProgress: (fraction) => {
        lease.report(STAGE, fraction);
      },
    });
    return {
      result: { report },
      commit: () => {
        engine.upkeepRuns.save('cleanup', engine.storage.nowMs());
      },
    };
  },
});

const backupJob: NewJob = {
  kind: 'backup',
  lane: 'upkeep',
  priority: 'low',
  origin: 'follow-up',
  payload: {},
  label: 'Backing up',
  uniqueKey: 'backup',
};

export const backupKind = (engine: EngineContext): JobKind => ({
  async run(lease) {
    const name = await backUp(engine, 'daily', lease.signal);
    return {
      result: { name },
      commit: () => {
        engine.upkeepRuns.save('backup', engine.storage.nowMs());
      },
    };
  },
});

/** True when a piece of upkeep is due; a clock that was set back makes it due as well. */
export function isDue(lastAtMs: number, everyMs: number, nowMs: number): boolean {
  return nowMs - lastAtMs >= everyMs || lastAtMs - nowMs > everyMs;
}

/**
 * Asks for upkeep whenever it is due, until the returned function is called. In a library that never saw any, the first
 * one is due a whole interval after the first look.
 */
export function scheduleUpkeep(
  engine: EngineContext,
  enqueue: (job: NewJob) => Promise<unknown>,
  onBug: (error: unknown) => void,
): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const nowMs = engine.storage.nowMs();
    const cleanupEveryMs = engine.storage.limits().cleanupIntervalHours * HOUR_MS;
    for (const [name, everyMs, job] of [
      ['cleanup', cleanupEveryMs, cleanupJob([], 'clock')],
      ['backup', DAY_MS, backupJob],
    ] as const) {
      const lastAtMs = engine.upkeepRuns.lastAtMs(name);
      if (lastAtMs === undefined)
        await engine.library.write(() => {
          engine.upkeepRuns.save(name, nowMs);
        });
      else if (isDue(lastAtMs, everyMs, nowMs)) await enqueue(job);
    }
  };
  const lookOrTell = (): void => {
    looking = looking.then(look).catch(onBug);
  };
  const timer = setInterval(lookOrTell, LOOK_EVERY_MS);
  lookOrTell();
  return async () => {
    clearInterval(timer);
    // What it is about to write must find the library open.
    await looking;
  };
}
