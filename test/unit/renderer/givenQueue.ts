import type { QueueStatus } from '../../../main/contract/queue.ts';
import type { Job } from '../../../main/domain/job.ts';
import type { ProductionStatus } from '../../../main/domain/production.ts';

type Counts = QueueStatus['counts'];

const none = (): Counts => ({
  pending: 0,
  processing: 0,
  paused: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
});

export const givenProduction = (production: Partial<ProductionStatus>): ProductionStatus => ({
  productionActive: false,
  productionInfo: [],
  reviewPaused: false,
  reason: null,
  sinceMs: null,
  expiresMs: null,
  override: null,
  deferred: 0,
  totals: { pauses: 0, pausedMs: 0, parked: 0, deferred: 0 },
  ...production,
});

/** A status whose counts are those of the jobs it lists, unless others are given. */
export function givenStatus(status: Partial<QueueStatus>): QueueStatus {
  const { running = [], waiting = [], recentFailures = [] } = status;
  const counts = none();
  const lanes = { production: none(), intake: none(), review: none(), upkeep: none() };
  for (const job of [...running, ...waiting, ...recentFailures] satisfies Job[]) {
    counts[job.state] += 1;
    lanes[job.lane][job.state] += 1;
  }
  return {
    counts,
    lanes,
    total: running.length + waiting.length + recentFailures.length,
    isProcessing: running.length > 0,
    pauses: [],
    paused: [],
    running,
    waiting,
    recentFailures,
    workers: [],
    production: givenProduction({}),
    notices: [],
    etaS: null,
    ...status,
  };
}
