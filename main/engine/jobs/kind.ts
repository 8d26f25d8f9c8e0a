import type { Library } from '../db/open.ts';
import type { ChangeFeed } from './changeFeed.ts';
import type { Clock } from './clock.ts';
import type { Lease } from './lease.ts';
import type { OverviewRepository } from './overview.ts';
import type { ProductionLock } from './productionLock.ts';
import type { JobRepository } from './repository.ts';
import type { JobRow } from './row.ts';
import type { WorkItemRepository } from './workItems.ts';
import type { WorkerRole } from './workers.ts';

/** What a finished job leaves: small facts for whoever asked, and changes that count only together with "completed". */
export interface Finished {
  readonly result: Record<string, unknown>;
  readonly commit?: () => void;
}

/** How one kind of job is done, and what is taken away when it is cancelled. */
export interface JobKind {
  readonly run: (lease: Lease) => Promise<Finished>;
  /** Database rows that the job made so far; called inside the transaction that cancels it. */
  readonly forget?: (job: JobRow) => void;
  /** Files that the job made so far; called after it was cancelled. */
  readonly cleanUp?: (job: JobRow) => Promise<void>;
}

/** Read anew for every claim. */
export interface LoopLimits {
  readonly maxJobs: number;
  readonly rampMs: number;
}

export interface LoopOptions {
  readonly library: Library;
  readonly runDir: string;
  readonly kinds: Readonly<Record<string, JobKind>>;
  readonly role: WorkerRole;
  readonly limits: LoopLimits;
  readonly pollIntervalMs: number;
  readonly clock: Clock;
  /** Takes away what dead workers left beside the library, at the start and now and then. */
  readonly clearAfterDead?: (isAtWork: (workerId: string) => boolean) => Promise<void>;
}

/** What the loop reads and writes. */
export interface LoopStores {
  readonly jobs: JobRepository;
  readonly overview: OverviewRepository;
  readonly items: WorkItemRepository;
  readonly lock: ProductionLock;
  readonly feed: ChangeFeed;
}
