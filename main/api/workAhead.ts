import type { Engine } from '../engine/createEngine.ts';
import type { Host } from './host.ts';
import { queueStatus } from './queue.ts';

const LOOK_AGAIN_MS = 1000;

/** True while something runs, or waits for its turn and nobody has paused anything. */
function hasWorkAhead(engine: Engine): boolean {
  const { isProcessing, counts, paused } = queueStatus(engine);
  return isProcessing || (counts.pending > 0 && paused.length === 0);
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

/** Keeps the machine from falling asleep while this process renders an export, where the shell can. */
export function stayAwakeForProduction(engine: Engine, host: Host): void {
  const rendering = new Set<number>();
  engine.on('jobs.changed', (job) => {
    if (job.lane === 'production' && job.state === 'processing') rendering.add(job.id);
    else rendering.delete(job.id);
    host.keepAwake?.(rendering.size > 0);
  });
}
