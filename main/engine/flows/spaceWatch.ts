import type { ErrorCode } from '../../domain/errors.ts';
import type { Lane, PauseReason } from '../../domain/job.ts';
import { ballastBytes, hasBallast, makeBallast } from '../db/ballast.ts';
import type { NewJob } from '../jobs/row.ts';
import { decideSpace, leastFreeBytes } from '../storage/leastFree.ts';
import type { EngineContext } from './context.ts';
import { cleanupJob } from './upkeep.ts';

const LOOK_EVERY_MS = 5_000;

/** While the disk stays nearly full, a cleanup is asked for again this often. */
const CLEAN_AGAIN_MS = 600_000;

/** What writes much; upkeep goes on, because it makes room. */
const LANES: readonly Lane[] = ['production', 'intake', 'review'];

/** What the watch asks of the queue. */
export interface WatchedQueue {
  readonly overview: { pauses(): readonly { scope: 'all' | Lane; because: PauseReason }[] };
  pauseScope(scope: Lane, because: 'disk-low'): Promise<void>;
  resumeScope(scope: Lane, because: 'disk-low'): Promise<void>;
  hastenDelayedBy(codes: readonly ErrorCode[]): Promise<void>;
  enqueue(job: NewJob): Promise<unknown>;
}

/** Somebody who follows how full the disk is. */
export interface SpaceWatch {
  /** Looks now, besides every few seconds. */
  look(): Promise<void>;
  end(): Promise<void>;
}

const inMegabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/**
 * Follows how full the library's disk is: pauses what writes much while there is less than has to stay free, asks for a
 * cleanup, lets the work go on by itself, and holds a little room back for writing state.
 */
export function watchSpace(
  engine: EngineContext,
  queue: WatchedQueue,
  tell: { readonly notice: (text: string) => void; readonly bug: (error: unknown) => void },
): SpaceWatch {
  const stop = new AbortController();
  let looking: Promise<void> = Promise.resolve();
  let cleanedMs = -Infinity;
  const pausedLanes = (): Lane[] =>
    LANES.filter((lane) =>
      queue.overview.pauses().some(({ scope, because }) => scope === lane && because === 'disk-low'),
    );
  const look = async (): Promise<void> => {
    const { paths, storage } = engine;
    const space = await storage.readSpace(paths.home);
    const leastBytes = leastFreeBytes(space, storage.limits().leastFreeGb);
    const paused = pausedLanes();
    const decision = decideSpace({ freeBytes: space.freeBytes, leastBytes, isPaused: paused.length > 0 });
    if (decision === 'pause') {
      for (const lane of LANES) await queue.pauseScope(lane, 'disk-low');
      tell.notice(
        `The disk is nearly full (DISK_LOW): ${inMegabytes(space.freeBytes)} are free, ${inMegabytes(leastBytes)} have to stay free. Work waits and goes on by itself.`,
      );
    } else if (decision === 'resume') {
      for (const lane of paused) await queue.resumeScope(lane, 'disk-low');
      await queue.hastenDelayedBy(['DISK_FULL', 'DISK_LOW']);
      tell.notice('There is room on the disk again: work goes on.');
    }
    const isLow = space.freeBytes < leastBytes;
    if (isLow && performance.now() - cleanedMs > CLEAN_AGAIN_MS) {
      cleanedMs = performance.now();
      await queue.enqueue(cleanupJob([], 'disk'));
    }
    const heldBack = ballastBytes(space.totalBytes);
    if (space.freeBytes - heldBack >= leastBytes * 1.1 && !hasBallast(paths.ballast))
      await makeBallast(paths.ballast, heldBack, stop.signal);
  };
  const lookAgain = (): Promise<void> => {
    looking = looking.then(async () => {
      if (stop.signal.aborted) return;
      await look().catch((error: unknown) => {
        if (!stop.signal.aborted) tell.bug(error);
      });
    });
    return looking;
  };
  // Whoever opened the library ends the watch; one that could not be opened must not keep its process.
  const timer = setInterval(() => void lookAgain(), LOOK_EVERY_MS).unref();
  return {
    look: lookAgain,
    async end() {
      clearInterval(timer);
      stop.abort();
      await looking;
    },
  };
}
