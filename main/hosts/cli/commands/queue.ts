import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import { isSettled, JobState, Lane, PriorityName, type Job } from '../../../domain/job.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { describeJob, describeQueue } from '../describeQueue.ts';
import type { Output } from '../output.ts';

const CLEANABLE = ['failed', 'completed', 'cancelled'] as const;
type Cleanable = (typeof CLEANABLE)[number];

const TARGET = 'a lane (production, intake, review, upkeep) or the number of a job; everything when left out';

/** Everything that is asked of the queue from a terminal. */
export function addQueue(program: Command, run: RunCommand): void {
  const queue = program
    .command('queue')
    .description('see and steer the work')
    .addHelpText('after', '\nExample:\n  soundbite queue status');
  const add = (usage: string, does: string, example: string): Command =>
    queue
      .command(usage)
      .description(does)
      .addOption(jsonOption())
      .addHelpText('after', `\nExample:\n  soundbite queue ${example}`);
  add('status', 'what runs and who works on it, what waits, what failed and why', 'status --json').action(
    () => run('looks', ({ call, output }) => runQueueStatus(call, output)),
  );
  addList(add, run);
  add('pause', 'stop claiming new work; what runs goes back to waiting', 'pause review')
    .argument('[target]', TARGET, 'all')
    .action((what: string) => run('looks', ({ call, output }) => runQueuePause(call, output, what)));
  add('resume', 'go on with what was paused', 'resume')
    .argument('[target]', TARGET, 'all')
    .action((what: string) => run('looks', ({ call, output }) => runQueueResume(call, output, what)));
  add('cancel', 'give up jobs for good', 'cancel 12')
    .argument('<jobs...>', 'numbers of the jobs')
    .action((jobs: string[]) => run('looks', ({ call, output }) => runQueueCancel(call, output, jobs)));
  add('retry', 'run failed or cancelled jobs again, from the stage they had reached', 'retry failed')
    .argument('[jobs...]', 'numbers of the jobs, or "failed" for all that failed', ['failed'])
    .action((jobs: string[]) => run('looks', ({ call, output }) => runQueueRetry(call, output, jobs)));
  add('clean', 'forget jobs that have ended; the files they made stay', 'clean failed')
    .argument('[state]', CLEANABLE.join(', '), 'failed')
    .action((state: string) => run('looks', ({ call, output }) => runQueueClean(call, output, state)));
  add('priority', 'change how urgent a waiting job is', 'priority 12 high')
    .argument('<job>', 'number of the job')
    .argument('<priority>', PriorityName.options.join(', '))
    .action((job: string, priority: string) =>
      run('looks', ({ call, output }) => runQueuePriority(call, output, job, priority)),
    );
  add('move', 'move a waiting job within its lane', 'move 12 --before 8')
    .argument('<job>', 'number of the job')
    .option('--before <job>', 'to the place before this job, with its priority')
    .option('--last', 'behind all others')
    .action((job: string, where: { before?: string; last?: true }) =>
      run('looks', ({ call, output }) => runQueueMove(call, output, job, where)),
    );
}

interface Page {
  readonly lane?: Lane;
  readonly after: number;
  readonly limit: number;
}

function addList(add: (usage: string, does: string, example: string) => Command, run: RunCommand): void {
  const number =
    (least: number, most: number) =>
    (text: string): number => {
      const value = Number(text);
      if (!Number.isInteger(value) || value < least || value > most)
        throw new InvalidArgumentError(`It has to be a whole number from ${least} to ${most}.`);
      return value;
    };
  add('list', 'all jobs of one state by number, a page at a time', 'list pending --lane intake')
    .argument('[state]', JobState.options.join(', '), 'pending')
    .addOption(new Option('--lane <lane>', 'of this lane only').choices(Lane.options))
    .addOption(
      new Option('--after <job>', 'begin behind this number')
        .argParser(number(0, Number.MAX_SAFE_INTEGER))
        .default(0),
    )
    .addOption(new Option('--limit <count>', 'how many').argParser(number(1, 500)).default(50))
    .action((state: string, page: Page) =>
      run('looks', ({ call, output }) => runQueueList(call, output, state, page)),
    );
}

/** What is paused or resumed: everything, a lane, or one job by its number. */
function parseTarget(target: string): { scope: 'all' | Lane } | { jobId: number } {
  if (target === 'all') return { scope: 'all' };
  const lane = Lane.safeParse(target);
  if (lane.success) return { scope: lane.data };
  return { jobId: parseJobId(target, `neither "all", a lane (${Lane.options.join(', ')}) nor`) };
}

function parseJobId(text: string, insteadOf = 'not'): number {
  const id = /^[1-9]\d*$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(id)) return id;
  throw new AppError('BAD_INPUT', `"${text}" is ${insteadOf} the number of a job`);
}

async function runQueueStatus(call: Caller, output: Output): Promise<void> {
  const status = await call('queue.status', {});
  output.result(status, () => describeQueue(status));
}

async function runQueueList(call: Caller, output: Output, text: string, page: Page): Promise<void> {
  const state = JobState.safeParse(text);
  if (!state.success) throw new AppError('BAD_INPUT', `"${text}" is none of ${JobState.options.join(', ')}`);
  const { jobs } = await call('queue.list', {
    state: state.data,
    lane: page.lane ?? null,
    afterId: page.after,
    limit: page.limit,
  });
  const last = jobs.at(-1);
  output.result({ jobs }, () => [
    ...(jobs.length === 0 ? [`No ${state.data} jobs here.`] : jobs.map(describeJob)),
    ...(last !== undefined && jobs.length === page.limit
      ? [`         the next page: --after ${last.id}`]
      : []),
  ]);
}

async function runQueuePause(call: Caller, output: Output, target: string): Promise<void> {
  const what = parseTarget(target);
  if ('jobId' in what) await call('jobs.pause', what);
  else await call('queue.pause', what);
  await runQueueStatus(call, output);
}

async function runQueueResume(call: Caller, output: Output, target: string): Promise<void> {
  const what = parseTarget(target);
  if ('jobId' in what) await call('jobs.resume', what);
  else await call('queue.resume', what);
  await runQueueStatus(call, output);
}

/** Looks at every job before the first one is touched: a wrong number among them changes nothing. */
async function findJobs(
  call: Caller,
  texts: readonly string[],
  isRight: (job: Job) => boolean,
): Promise<number[]> {
  const ids = texts.map((text) => parseJobId(text));
  for (const jobId of ids) {
    const job = await call('jobs.get', { jobId });
    if (!isRight(job)) throw new AppError('WRONG_STATE', `job ${jobId} is ${job.state}`);
  }
  return ids;
}

async function runQueueCancel(call: Caller, output: Output, jobs: readonly string[]): Promise<void> {
  const ids = await findJobs(call, jobs, ({ state }) => !isSettled(state));
  for (const jobId of ids) await call('jobs.cancel', { jobId });
  await runQueueStatus(call, output);
}

async function runQueueRetry(call: Caller, output: Output, jobs: readonly string[]): Promise<void> {
  if (jobs.length === 1 && jobs[0] === 'failed') {
    const revived = await call('queue.retryFailed', {});
    output.note(revived.length === 0 ? 'Nothing has failed.' : `${revived.length} to run again.`);
  } else {
    const ids = await findJobs(call, jobs, ({ state }) => state === 'failed' || state === 'cancelled');
    for (const jobId of ids) await call('jobs.retry', { jobId });
  }
  await runQueueStatus(call, output);
}

async function runQueueClean(call: Caller, output: Output, text: string): Promise<void> {
  const state = CLEANABLE.find((name): name is Cleanable => name === text);
  if (state === undefined) throw new AppError('BAD_INPUT', `"${text}" is none of ${CLEANABLE.join(', ')}`);
  const { removed, status } = await call('queue.clean', { state });
  output.result({ removed, status }, () => [
    `Forgot ${removed} ${state} ${removed === 1 ? 'job' : 'jobs'}; their files stay.`,
  ]);
}

async function runQueuePriority(call: Caller, output: Output, job: string, text: string): Promise<void> {
  const jobId = parseJobId(job);
  const priority = PriorityName.safeParse(text);
  if (!priority.success)
    throw new AppError('BAD_INPUT', `"${text}" is none of ${PriorityName.options.join(', ')}`);
  const changed = await call('jobs.setPriority', { jobId, priority: priority.data });
  output.result(changed, () => [describeJob(changed)]);
}

async function runQueueMove(
  call: Caller,
  output: Output,
  job: string,
  where: { readonly before?: string; readonly last?: true },
): Promise<void> {
  const jobId = parseJobId(job);
  if ((where.before === undefined) === (where.last === undefined))
    throw new AppError('BAD_INPUT', 'say where to: either --before JOB or --last');
  const beforeJobId = where.before === undefined ? null : parseJobId(where.before);
  const moved = await call('jobs.move', { jobId, beforeJobId });
  output.result(moved, () => [describeJob(moved)]);
}
