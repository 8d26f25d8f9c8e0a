import type { queueCalls, QueueStatus } from '../contract/queue.ts';
import { JobState } from '../domain/job.ts';
import type { Engine } from '../engine/createEngine.ts';
import { queueEtaS } from '../engine/jobs/estimate.ts';
import { toJob } from '../engine/jobs/row.ts';
import { listWorkers } from '../engine/jobs/workers.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

const RECENT_FAILURES = 10;
const NEXT_WAITING = 50;

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
  const { overview } = engine.queue;
  const counts = zeroCounts();
  const lanes = {
    production: zeroCounts(),
    intake: zeroCounts(),
    review: zeroCounts(),
    upkeep: zeroCounts(),
  };
  for (const row of overview.counts()) {
    counts[row.state] += row.count;
    lanes[row.lane][row.state] += row.count;
  }
  const running = overview.listProcessing().map(toJob);
  const pauses = overview.pauses();
  return {
    counts,
    lanes,
    total: JobState.options.reduce((sum, state) => sum + counts[state], 0),
    isProcessing: running.length > 0,
    pauses,
    paused: [...new Set(pauses.map(({ scope }) => scope))],
    running,
    waiting: overview.listWaiting(NEXT_WAITING).map(toJob),
    recentFailures: overview.listRecentFailures(RECENT_FAILURES).map(toJob),
    workers: listWorkers(engine.library).map((worker) => ({
      id: worker.id,
      pid: worker.pid,
      host: worker.host,
      role: worker.role,
      startedAtMs: worker.started_at_ms,
      heartbeatAtMs: worker.heartbeat_at_ms,
      jobIds: running.filter((job) => job.workerId === worker.id).map((job) => job.id),
    })),
    production: engine.queue.production(),
    notices: [...engine.notices()],
    etaS: queueEtaS(running, overview.histories(), engine.settings.maxConcurrentJobs),
  };
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
    'queue.list': async (query) => ({ jobs: (await open()).queue.overview.list(query).map(toJob) }),
    'queue.clean': async ({ state }) => {
      const engine = await open();
      return { removed: await engine.queue.clean(state), status: queueStatus(engine) };
    },
    'queue.retryFailed': async ({ lane }) => (await open()).queue.retryFailed(lane),
    'queue.resumeLeftovers': async () => (await open()).queue.resumeLeftovers(),
    'production.status': async () => (await open()).queue.production(),
    'production.pause': async () => (await open()).queue.sayReview('paused'),
    'production.resume': async () => (await open()).queue.resumeReview(),
    'production.follow': async () => (await open()).queue.sayReview('auto'),
    'jobs.get': async ({ jobId }) => (await open()).queue.get(jobId),
    'jobs.pause': async ({ jobId }) => (await open()).queue.pause(jobId),
    'jobs.resume': async ({ jobId }) => (await open()).queue.resume(jobId),
    'jobs.retry': async ({ jobId }) => (await open()).queue.retry(jobId),
    'jobs.cancel': async ({ jobId }) => (await open()).queue.cancel(jobId),
    'jobs.setPriority': async ({ jobId, priority }) => (await open()).queue.setPriority(jobId, priority),
    'jobs.move': async ({ jobId, beforeJobId }) => (await open()).queue.move(jobId, beforeJobId),
    'jobs.settled': async ({ jobIds }) => (await open()).queue.settled(jobIds),
  };
}
