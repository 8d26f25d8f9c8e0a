import type { QueueStatus } from '../../contract/queue.ts';
import type { Job, Lane } from '../../domain/job.ts';
import type { ProductionStatus } from '../../domain/production.ts';
import { formatClock } from '../../domain/time.ts';

const number = new Intl.NumberFormat('en');
const counted = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`;

/** 14:05 by the clock of this machine. */
function timeOfDay(atMs: number): string {
  const at = new Date(atMs);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

const HOURS_12_MS = 12 * 3_600_000;

/** The time alone would be read as today's. */
function describeDelay(runAtMs: number): string {
  const day =
    runAtMs - Date.now() > HOURS_12_MS ? ` on ${new Date(runAtMs).toLocaleDateString('en-CA')}` : '';
  return `tries again at ${timeOfDay(runAtMs)}${day}`;
}

/** "120 of 2,000 pieces, 1 failed, 3 twice"; nothing for a job that is one piece. */
function describePieces({ items }: Job): string | undefined {
  if (items === null) return undefined;
  const failed = items.failed > 0 ? `, ${number.format(items.failed)} failed` : '';
  const twice = items.duplicates > 0 ? `, ${number.format(items.duplicates)} twice` : '';
  return `${number.format(items.done)} of ${counted(items.total, 'piece', 'pieces')}${failed}${twice}`;
}

function describeProgress(job: Job): string {
  switch (job.state) {
    case 'processing': {
      const left = job.etaS === null ? undefined : `${formatClock(job.etaS)} left`;
      const share = `${Math.round(job.progress * 100)} % ${job.stage ?? ''}`.trim();
      return [share, describePieces(job), left].filter((part) => part !== undefined).join(', ');
    }
    case 'pending':
      if (job.runAtMs !== null) return describeDelay(job.runAtMs);
      return ['waits', describePieces(job)].filter((part) => part !== undefined).join(', ');
    case 'paused':
      return job.pausedBecause === 'start' ? 'left from last time, waits for you' : 'paused by you';
    case 'completed':
    case 'failed':
    case 'cancelled':
      return job.state;
  }
}

/** One line of a job: number, lane, priority, how far it is, what it is. */
export function describeJob(job: Job): string {
  const place = `#${job.id}`.padStart(7);
  return `${place}  ${job.lane.padEnd(10)}  ${job.priority.padEnd(6)}  ${describeProgress(job)}  ${job.label}`;
}

const SCOPE_NAMES: Readonly<Record<'all' | Lane, string>> = {
  all: 'everything',
  production: 'the production lane',
  intake: 'the intake lane',
  review: 'the review lane',
  upkeep: 'the upkeep lane',
};

function describePause({ scope, because }: QueueStatus['pauses'][number]): string {
  const resume = `"soundbite queue resume${scope === 'all' ? '' : ` ${scope}`}"`;
  switch (because) {
    case 'person':
      return `Paused by you: ${SCOPE_NAMES[scope]}. ${resume} lets it go on.`;
    case 'battery':
      return `Paused because the battery is low: ${SCOPE_NAMES[scope]}. It goes on by itself with mains power, or with ${resume}.`;
    case 'disk-low':
      return `Paused because the disk is nearly full (DISK_LOW): ${SCOPE_NAMES[scope]}. It goes on by itself when there is room; "soundbite storage cleanup" makes some.`;
  }
}

/** Who produces, whether review stands aside and why, and what that came to so far. */
export function describeProduction(status: ProductionStatus): string[] {
  const { productionInfo, reviewPaused, reason, sinceMs, deferred, totals } = status;
  const holds = productionInfo.map(
    (hold) =>
      `  #${hold.jobId} ${hold.label}, since ${timeOfDay(hold.startedAtMs)}, held until ${timeOfDay(hold.expiresAtMs)} at the latest`,
  );
  const since = sinceMs === null ? '' : ` since ${timeOfDay(sinceMs)}`;
  const waits = deferred === 0 ? '' : ` ${counted(deferred, 'review waits', 'reviews wait')}.`;
  return [
    holds.length === 0
      ? 'Production: no export is running.'
      : `Production: ${counted(holds.length, 'export is', 'exports are')} running.`,
    ...holds,
    `Review: ${reviewPaused ? `stands aside${since}` : 'may run'}.${reason === null ? '' : ` ${reason}`}${waits}`,
    ...(totals.pauses === 0
      ? []
      : [
          `  It has stood aside ${counted(totals.pauses, 'time', 'times')}, ${formatClock(totals.pausedMs / 1000)} in all; ` +
            `${number.format(totals.parked)} parked, ${number.format(totals.deferred)} deferred.`,
        ]),
  ];
}

function describeWorkers({ workers, counts }: QueueStatus): string[] {
  if (workers.length === 0) {
    return counts.pending === 0
      ? []
      : ['At work: nobody. Open Soundbite, or run "soundbite worker --until-idle".'];
  }
  return [
    'At work:',
    ...workers.map(({ id, role, pid, host, jobIds }) => {
      const jobs = jobIds.length === 0 ? 'nothing right now' : jobIds.map((jobId) => `#${jobId}`).join(', ');
      return `  ${role} ${id.slice(0, 8)} (process ${pid} on ${host}): ${jobs}`;
    }),
  ];
}

/** A job that waits for its time says what it waits for. */
const describeWaiting = (job: Job): string[] => [
  describeJob(job),
  ...(job.runAtMs === null || job.failure === null
    ? []
    : [`           ${job.failure.title} ${job.failure.detail}`]),
];

const describeFailure = (job: Job): string[] => [
  describeJob(job),
  ...(job.failure === null
    ? []
    : [`           ${job.failure.title} ${job.failure.hint} (${job.failure.code})`]),
];

/** The whole queue for a person: counts, what is paused and why, who works on what, what waits, what failed. */
export function describeQueue(status: QueueStatus): string[] {
  const { counts, running, waiting, recentFailures, etaS } = status;
  const more = counts.pending + counts.paused - waiting.length;
  const left = etaS === null ? '' : `; all done in about ${formatClock(etaS)}`;
  return [
    `${counts.processing} running, ${number.format(counts.pending)} waiting, ${counts.paused} paused, ` +
      `${number.format(counts.completed)} done, ${counts.failed} failed, ${counts.cancelled} cancelled${left}`,
    ...status.pauses.map(describePause),
    ...describeProduction(status.production),
    ...describeWorkers(status),
    ...section('Running:', running.map(describeJob)),
    ...section('Waiting:', waiting.flatMap(describeWaiting)),
    ...(more > 0 ? [`         and ${number.format(more)} more; "soundbite queue list" has them all`] : []),
    ...section('Failed lately:', recentFailures.flatMap(describeFailure)),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines];
