import { InvalidArgumentError, Option, type Command } from 'commander';
import { hasOpenWork } from '../../../api/workAhead.ts';
import { isSettled, type Job } from '../../../domain/job.ts';
import { SETTINGS, type Settings } from '../../../domain/settings.ts';
import { formatClock } from '../../../domain/time.ts';
import { createEngine, type Engine } from '../../../engine/createEngine.ts';
import { findResources } from '../../resources.ts';
import { jsonOption } from '../command.ts';
import type { Output } from '../output.ts';

const LOOK_AGAIN_MS = 1000;

export interface WorkerCommand {
  /** How many pieces of a job are taken at once. */
  readonly batch?: Settings['workerBatchSize'];
  /** Seconds between looks for what other processes did. */
  readonly poll?: Settings['pollIntervalS'];
  readonly untilIdle: boolean;
}

/** Works until a person ends it, or until nothing is left. */
export type RunWorker = (command: WorkerCommand) => Promise<void>;

function settingOf<Name extends 'workerBatchSize' | 'pollIntervalS'>(
  name: Name,
  range: string,
): (text: string) => Settings[Name] {
  return (text) => {
    const parsed = SETTINGS[name].schema.safeParse(text.trim() === '' ? undefined : text);
    if (!parsed.success) throw new InvalidArgumentError(`It has to be ${range}.`);
    return parsed.data;
  };
}

export function addWorker(program: Command, work: RunWorker): void {
  program
    .command('worker')
    .description('work on the queue of this library beside other processes; Ctrl+C parks what runs')
    .addOption(
      new Option('--batch <count>', 'pieces of a job that are taken at once (10)').argParser(
        settingOf('workerBatchSize', 'a whole number from 1 to 1000'),
      ),
    )
    .addOption(
      new Option('--poll <seconds>', 'how often changes by other processes are looked for (1)').argParser(
        settingOf('pollIntervalS', 'a number from 0.05 to 3600'),
      ),
    )
    .option('--until-idle', 'end when nothing is left that could be done here', false)
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite worker --batch 20 --until-idle')
    .action((command: WorkerCommand) => work(command));
}

/** Joins the library as one more worker; what runs when it is ended is parked, 8 s at most. */
export async function runWorker(output: Output, command: WorkerCommand, stop: AbortSignal): Promise<void> {
  const log = workLog(output);
  const engine = await createEngine({
    resourcesDir: findResources(),
    works: true,
    role: 'worker',
    overrides: {
      ...(command.batch === undefined ? {} : { workerBatchSize: command.batch }),
      ...(command.poll === undefined ? {} : { pollIntervalS: command.poll }),
    },
    onJob: (job, where) => {
      if (where === 'here') log.tell(job);
    },
    onNotice: output.note,
    onBug: (error) => {
      output.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    },
  });
  try {
    output.note('This worker is at work. Ctrl+C ends it; what runs then is parked and goes on later.');
    await ended(engine, stop, () => command.untilIdle && !log.isWorking() && !hasOpenWork(engine));
  } finally {
    await engine.close();
  }
  const { done, failed, cancelled, parked } = log.sums;
  output.result(log.sums, () => [
    `${done} done, ${failed} failed, ${cancelled} cancelled, ${parked} put back to wait`,
  ]);
}

/** Resolves at a person's word, or once the work has come to rest. */
function ended(engine: Engine, stop: AbortSignal, isAtRest: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearInterval(timer);
      offJobs();
      stop.removeEventListener('abort', end);
      resolve();
    };
    const look = (): void => {
      if (stop.aborted || isAtRest()) end();
    };
    // The event of a job's end comes before its process is done with it; the next look finds it settled.
    const timer = setInterval(look, LOOK_AGAIN_MS);
    const offJobs = engine.on('jobs.changed', (job) => {
      if (isSettled(job.state)) look();
    });
    stop.addEventListener('abort', end, { once: true });
    look();
  });
}

/** Tells each job that begins or ends in this process, once, and counts how they ended. */
function workLog(output: Output) {
  const begunAtMs = new Map<number, number>();
  const sums = { done: 0, failed: 0, cancelled: 0, parked: 0 };
  return {
    sums,
    isWorking: () => begunAtMs.size > 0,
    tell(job: Job): void {
      const sinceMs = begunAtMs.get(job.id);
      const end = endOf(job);
      if (end === undefined) {
        if (sinceMs === undefined) output.note(`#${job.id} ${job.label}: begun (${job.lane})`);
        begunAtMs.set(job.id, sinceMs ?? Date.now());
      } else if (sinceMs !== undefined) {
        begunAtMs.delete(job.id);
        sums[end.counts] += 1;
        output.note(`#${job.id} ${job.label}: ${end.how} (${formatClock((Date.now() - sinceMs) / 1000)})`);
      }
    },
  };
}

interface End {
  readonly counts: 'done' | 'failed' | 'cancelled' | 'parked';
  readonly how: string;
}

/** How a job left this process; undefined while it is at work. */
function endOf(job: Job): End | undefined {
  switch (job.state) {
    case 'processing':
      return undefined;
    case 'completed':
      return { counts: 'done', how: 'done' };
    case 'failed':
      return { counts: 'failed', how: `failed: ${job.failure?.title ?? ''} ${job.failure?.code ?? ''}` };
    case 'cancelled':
      return { counts: 'cancelled', how: 'cancelled' };
    case 'paused':
      return { counts: 'parked', how: 'paused' };
    case 'pending':
      return job.runAtMs === null
        ? { counts: 'parked', how: 'parked' }
        : { counts: 'parked', how: `will be tried again: ${job.failure?.title ?? ''}` };
  }
}
