import type { Engine } from '../engine/createEngine.ts';
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
