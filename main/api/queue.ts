import type { queueCalls, QueueStatus } from '../contract/queue.ts';
import { JobState, Lane } from '../domain/job.ts';
import type { Engine } from '../engine/createEngine.ts';
import { toJob } from '../engine/jobs/repository.ts';
import { listWorkers } from '../engine/jobs/workers.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

const RECENT_FAILURES = 10;

type Counts = QueueStatus['counts'];
const zeroCounts = (): Counts => ({
  pending: 0,
  processing: 0,
  paused: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
});

export function queueStatus(engine: Engine): QueueStatus {
  const counts = zeroCounts();
  const lanes = {
    production: zeroCounts(),
    intake: zeroCounts(),
    review: zeroCounts(),
    upkeep: zeroCounts(),
  };
  for (const row of engine.queue.jobs.counts()) {
    counts[row.state] += row.count;
    lanes[row.lane][row.state] += row.count;
  }
  const unfinished = engine.queue.jobs.listUnfinished().map(toJob);
  const running = unfinished.filter((job) => job.state === 'processing');
  const etas = running.map((job) => job.etaS);
  return {
    counts,
    lanes,
    total: JobState.options.reduce((sum, state) => sum + counts[state], 0),
    isProcessing: running.length > 0,
    paused: engine.queue.jobs
      .pauses()
      .filter((scope) => scope === 'all' || Lane.safeParse(scope).success) as QueueStatus['paused'],
    running,
    waiting: unfinished.filter((job) => job.state !== 'processing'),
    recentFailures: engine.queue.jobs.listRecentFailures(RECENT_FAILURES).map(toJob),
    workers: listWorkers(engine.library).map(({ id, pid, host, started_at_ms }) => ({
      id,
      pid,
      host,
      startedAtMs: started_at_ms,
    })),
    production: { productionActive: running.some((job) => job.lane === 'production') },
    etaS: etas.length === 0 || etas.includes(null) ? null : Math.max(...etas.map((etaS) => etaS ?? 0)),
  };
}

/** True while something runs, or waits for its turn and nobody has paused anything. */
export function hasWorkAhead(engine: Engine): boolean {
  const { isProcessing, counts, paused } = queueStatus(engine);
  return isProcessing || (counts.pending > 0 && paused.length === 0);
}

export function queueHandlers(open: OpenEngine): HandlersOf<keyof typeof queueCalls> {
  return {
    'queue.status': async () => queueStatus(await open()),
    'queue.pause': async ({ scope }) => {
      const engine = await open();
      await engine.queue.pauseScope(scope);
      return queueStatus(engine);
    },
    'queue.resume': async ({ scope }) => {
      const engine = await open();
      await engine.queue.resumeScope(scope);
      return queueStatus(engine);
    },
    'jobs.get': async ({ jobId }) => (await open()).queue.get(jobId),
    'jobs.pause': async ({ jobId }) => (await open()).queue.pause(jobId),
    'jobs.resume': async ({ jobId }) => (await open()).queue.resume(jobId),
    'jobs.retry': async ({ jobId }) => (await open()).queue.retry(jobId),
    'jobs.cancel': async ({ jobId }) => (await open()).queue.cancel(jobId),
    'jobs.settled': async ({ jobIds }) => (await open()).queue.settled(jobIds),
  };
}
