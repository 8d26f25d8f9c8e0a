import type { QueueStatus } from '../contract/queue.ts';
import { Lane } from '../domain/job.ts';
import type { Engine } from '../engine/createEngine.ts';
import { queueStatus } from './queue.ts';

const LOOK_AGAIN_MS = 1000;

/** True while something waits that will get its turn by itself, and soon: in a lane that nobody has paused. */
export function hasOpenWork(engine: Engine): boolean {
  return hasOpen(engine, queueStatus(engine));
}

function hasOpen({ queue }: Engine, { lanes, paused, production }: QueueStatus): boolean {
  if (paused.includes('all')) return false;
  return Lane.options.some((lane) => {
    const isHeldBack = paused.includes(lane) || (lane === 'review' && production.override === 'paused');
    return lanes[lane].pending > queue.countPostponed(lane) && !isHeldBack;
  });
}

function hasWorkAhead(engine: Engine): boolean {
  const status = queueStatus(engine);
  return status.isProcessing || hasOpen(engine, status);
}

/** Acts once nothing is left to do in the library, by whichever process; the returned function gives up waiting. */
export function whenIdle(engine: Engine, act: () => void): () => void {
  const look = (): void => {
    if (hasWorkAhead(engine)) return;
    clearInterval(timer);
    act();
  };
  const timer = setInterval(look, LOOK_AGAIN_MS);
  look();
  return () => {
    clearInterval(timer);
  };
}
