import type { EngineContext } from './context.ts';
import type { NewWorkItem, WorkItem } from '../db/workItems.ts';
import type { Lease } from '../jobs/lease.ts';

/** What a piece made: rows that are written together with "done". */
export interface ConsumedPiece {
  readonly commit?: () => void;
}

export interface PieceWork {
  /** Finds pieces; what it yields is in line before it is asked again, and what is there already is skipped. */
  readonly produce: () => Iterable<readonly NewWorkItem[]>;
  /** Does one piece; what it throws is kept with the piece. */
  readonly consume: (item: WorkItem, signal: AbortSignal) => Promise<ConsumedPiece>;
  readonly batchSize: number;
  readonly maxAttempts: number;
  readonly onCounts: (counts: { readonly total: number; readonly done: number }) => void;
}

/**
 * Runs a job that comes in many pieces. What was done is never done again, in this run or after a kill; what was being
 * done waits again.
 */
export async function runPieces(engine: EngineContext, lease: Lease, work: PieceWork): Promise<void> {
  const { workItems } = engine;
  const jobId = lease.job.id;
  await writeOwned(engine, lease, () => workItems.putBack(jobId));
  for (const items of work.produce()) await writeOwned(engine, lease, () => workItems.enqueue(jobId, items));
  for (;;) {
    lease.signal.throwIfAborted();
    const batch = await writeOwned(engine, lease, () => workItems.take(jobId, work.batchSize));
    if (batch.length === 0) return;
    for (const item of batch) await consumeOne(engine, lease, work, item);
  }
}

async function consumeOne(
  engine: EngineContext,
  lease: Lease,
  work: PieceWork,
  item: WorkItem,
): Promise<void> {
  const { workItems } = engine;
  const jobId = lease.job.id;
  lease.signal.throwIfAborted();
  let made: ConsumedPiece;
  try {
    made = await work.consume(item, lease.signal);
  } catch (error) {
    // A piece that was stopped has not failed; it waits again.
    lease.signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    await writeOwned(engine, lease, () => workItems.markFailed(jobId, item.id, message, work.maxAttempts));
    return;
  }
  await writeOwned(engine, lease, () => {
    if (workItems.markDone(jobId, item.id)) made.commit?.();
  });
  work.onCounts(workItems.counts(jobId));
}

/** Changes that count only while the lease is ours; all of them are written, or none. */
async function writeOwned<T>(engine: EngineContext, lease: Lease, change: () => T): Promise<T> {
  const done: { value?: T } = {};
  await lease.write(() => {
    if (!engine.jobs.isLeased(lease.token)) return false;
    done.value = change();
    return true;
  });
  return done.value as T;
}
