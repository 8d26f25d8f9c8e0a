import type { Caller } from '../../../api/dispatch.ts';
import type { QueueStatus } from '../../../contract/queue.ts';
import { AppError } from '../../../domain/errors.ts';
import { Lane, type Job } from '../../../domain/job.ts';
import { formatClock } from '../../../domain/time.ts';
import type { Output } from '../output.ts';

/** What is paused or resumed: everything, a lane, or one job by its number. */
function parseTarget(target: string): { scope: 'all' | Lane } | { jobId: number } {
  if (target === 'all') return { scope: 'all' };
  const lane = Lane.safeParse(target);
  if (lane.success) return { scope: lane.data };
  return { jobId: parseJobId(target) };
}

function parseJobId(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new AppError(
    'BAD_INPUT',
    `${text} is neither "all", a lane (${Lane.options.join(', ')}) nor the number of a job`,
  );
}

export async function runQueueStatus(call: Caller, output: Output): Promise<void> {
  const status = await call('queue.status', {});
  output.result(status, () => describeStatus(status));
}

export async function runQueuePause(call: Caller, output: Output, target: string): Promise<void> {
  const what = parseTarget(target);
  if ('jobId' in what) await call('jobs.pause', what);
  else await call('queue.pause', what);
  await runQueueStatus(call, output);
}

export async function runQueueResume(call: Caller, output: Output, target: string): Promise<void> {
  const what = parseTarget(target);
  if ('jobId' in what) await call('jobs.resume', what);
  else await call('queue.resume', what);
  await runQueueStatus(call, output);
}

export async function runQueueCancel(call: Caller, output: Output, jobIds: readonly string[]): Promise<void> {
  for (const jobId of jobIds.map(parseJobId)) await call('jobs.cancel', { jobId });
  await runQueueStatus(call, output);
}

function describeJob(job: Job): string {
  const progress =
    job.state === 'processing' ? `  ${Math.round(job.progress * 100)} % ${job.stage ?? ''}` : '';
  const eta = job.etaS === null ? '' : `, ${formatClock(job.etaS)} left`;
  return `  ${job.id}  ${job.lane}  ${job.state}${progress}${eta}  ${job.label}`;
}

function describeStatus(status: QueueStatus): string[] {
  const { counts } = status;
  const failures = status.recentFailures.flatMap((job) => [
    describeJob(job),
    `      ${job.failure?.title ?? ''} ${job.failure?.hint ?? ''}`,
  ]);
  return [
    `${counts.processing} running, ${counts.pending} waiting, ${counts.paused} paused, ${counts.completed} done, ${counts.failed} failed, ${counts.cancelled} cancelled`,
    ...(status.paused.length > 0 ? [`Paused: ${status.paused.join(', ')}`] : []),
    ...status.running.map(describeJob),
    ...status.waiting.map(describeJob),
    ...(failures.length > 0 ? ['Recent failures:', ...failures] : []),
  ];
}
