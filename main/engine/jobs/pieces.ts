import { Postponed } from '../../domain/errors.ts';
import type { Lease } from './lease.ts';
import type { NewItem, WorkItem } from './workItems.ts';

/** What a producer found: pieces, and where it goes on after them. */
export interface Produced<Checkpoint> {
  readonly items: readonly NewItem[];
  readonly checkpoint: Checkpoint;
}

/** What a piece made: rows that are written together with "done". */
export interface ConsumedPiece {
  readonly commit?: () => void;
}

export interface PieceWork<Checkpoint> {
  /** Finds pieces from its checkpoint on (null at the beginning); what it yields is in line before it is asked again. */
  readonly produce: (from: Checkpoint | null, signal: AbortSignal) => AsyncIterable<Produced<Checkpoint>>;
  /** Does one piece; what it throws is kept with the piece. */
  readonly consume: (item: WorkItem, signal: AbortSignal) => Promise<ConsumedPiece>;
  /** Errors that no other piece could escape: the piece waits again, and the run ends with the error. */
  readonly endsRun?: (error: unknown) => boolean;
  readonly batchSize: number;
  /** Tries of one piece before it is an error; 3 by default. */
  readonly maxAttempts?: number;
  /** How far the job is, from its counts. */
  readonly onCounts?: (counts: {
    readonly total: number;
    readonly done: number;
    readonly isAllFound: boolean;
  }) => void;
}

/** The producer's last checkpoint: nothing more will come. */
const ALL_FOUND = { allFound: true } as const;

/**
 * Runs a job that comes in many pieces: a producer fills the line while a consumer takes batches from it. What was done
 * is never done again, in this run or after a kill; what was being done waits again. The batch is the checkpoint at
 * which the job can be put aside. Answers how the pieces stand at the end.
 */
export async function runPieces<Checkpoint>(lease: Lease, work: PieceWork<Checkpoint>) {
  const jobId = lease.job.id;
  await lease.writeOwned(() => lease.items.putBack(jobId));
  const found = new Line();
  const producing = produceAll(lease, work, found);
  try {
    await consumeAll(lease, work, found);
  } catch (error) {
    found.end();
    // The producer has nothing left to do for a consumer that ended; what stopped it there is told below.
    await producing.catch(() => undefined);
    throw error;
  }
  await producing;
  return lease.items.counts(jobId);
}

/** Says that there may be more to take, and when there will be no more. */
class Line {
  isEnded = false;
  failure: Error | undefined;
  #wake: (() => void) | undefined;

  more(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  end(failure?: Error): void {
    this.failure ??= failure;
    this.isEnded = true;
    this.more();
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

async function produceAll<Checkpoint>(lease: Lease, work: PieceWork<Checkpoint>, line: Line): Promise<void> {
  const jobId = lease.job.id;
  const { items } = lease;
  try {
    const saved = items.producerCheckpoint(jobId);
    if (!isAllFound(saved)) {
      for await (const produced of work.produce(saved as Checkpoint | null, lease.signal)) {
        if (line.isEnded) return;
        lease.signal.throwIfAborted();
        await lease.writeOwned(() => {
          items.enqueue(jobId, produced.items);
          items.saveProducerCheckpoint(jobId, produced.checkpoint);
        });
        tellCounts(lease, work, false);
        line.more();
      }
      await lease.writeOwned(() => {
        items.saveProducerCheckpoint(jobId, ALL_FOUND);
      });
    }
    line.end();
  } catch (error) {
    line.end(error instanceof Error ? error : new Error(String(error)));
  }
}

const isAllFound = (checkpoint: unknown): boolean =>
  typeof checkpoint === 'object' && checkpoint !== null && 'allFound' in checkpoint;

async function consumeAll<Checkpoint>(lease: Lease, work: PieceWork<Checkpoint>, line: Line): Promise<void> {
  const jobId = lease.job.id;
  const { items } = lease;
  for (;;) {
    lease.checkpoint();
    // Read before looking: what is found between the look and the wait would otherwise wake nobody.
    const isEnded = line.isEnded;
    const waiting = line.next();
    const batch = await lease.writeOwned(() => items.take(jobId, work.batchSize));
    if (batch.length === 0) {
      if (line.failure !== undefined) throw line.failure;
      if (isEnded) return;
      await waiting;
      continue;
    }
    for (const item of batch) await consumeOne(lease, work, item, isEnded);
  }
}

async function consumeOne<Checkpoint>(
  lease: Lease,
  work: PieceWork<Checkpoint>,
  item: WorkItem,
  isAllFoundNow: boolean,
): Promise<void> {
  const jobId = lease.job.id;
  lease.signal.throwIfAborted();
  let made: ConsumedPiece;
  try {
    made = await work.consume(item, lease.signal);
  } catch (error) {
    // A piece that was stopped has not failed; it waits again.
    lease.signal.throwIfAborted();
    // Nor has one that can only be done later: it waits again, and the job with it.
    if (error instanceof Postponed || work.endsRun?.(error) === true) throw error;
    const message = error instanceof Error ? error.message : String(error);
    await lease.writeOwned(() => lease.items.markFailed(jobId, item.id, message, work.maxAttempts ?? 3));
    return;
  }
  await lease.writeOwned(() => {
    if (lease.items.markDone(jobId, item.id)) made.commit?.();
  });
  tellCounts(lease, work, isAllFoundNow);
}

function tellCounts<Checkpoint>(lease: Lease, work: PieceWork<Checkpoint>, isAllFoundNow: boolean): void {
  const { total, done } = lease.items.counts(lease.job.id);
  work.onCounts?.({ total, done, isAllFound: isAllFoundNow });
}
