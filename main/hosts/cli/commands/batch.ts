import { basename } from 'node:path';
import { Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { batchProgress, type BatchEntry, type BatchOutcome } from '../../../domain/batch.ts';
import { AppError, toWireError } from '../../../domain/errors.ts';
import type { Job } from '../../../domain/job.ts';
import { describeBatch, writeReport, type BatchReport } from '../batchReport.ts';
import { createBatchView } from '../batchView.ts';
import type { RunCommand } from '../command.ts';
import type { Output } from '../output.ts';
import { episodeIdOf } from '../work.ts';

const LOOK_MS = 1000;

interface BatchFlags {
  readonly resume: boolean;
  readonly retryFailed: boolean;
  readonly report: string;
}

export function addBatch(program: Command, run: RunCommand): void {
  program
    .command('batch')
    .description(
      'take in many recordings, or all in a folder: what was done stays done, what failed is told at the end',
    )
    .argument('[files or folders...]', 'what the last batch was given, when left out with --resume')
    .option('--resume', 'leave out what is complete, and go on with what was interrupted', false)
    .option('--retry-failed', 'run what failed again; without --resume nothing else', false)
    .option('--report <folder>', 'where the report goes, as a page and as JSON', 'batch-report')
    .addOption(new Option('--json', 'print a line of JSON for each episode, and one at the end'))
    .addHelpText(
      'after',
      '\nExample:\n  soundbite batch ~/recordings/season-2\n\n' +
        'On a terminal a bar shows how far it is; into a pipe only the last line is written.',
    )
    .action((paths: string[], flags: BatchFlags) =>
      run('tells', ({ call, output }) => runBatch(call, output, paths, flags)),
    );
}

async function runBatch(
  call: Caller,
  output: Output,
  paths: readonly string[],
  { resume, retryFailed, report: folder }: BatchFlags,
): Promise<void> {
  const startedMs = Date.now();
  const { entries } = await call('batch.plan', { paths: [...paths], resume, retryFailed });
  const counts = { total: entries.length, done: 0, failed: 0, skipped: 0 };
  const elapsedS = (): number => Math.round((Date.now() - startedMs) / 1000);
  const view = createBatchView(output, batchProgress(counts, 0));
  const watching = view.isWatched ? watch(call, view.current) : undefined;
  const outcomes: BatchOutcome[] = [];
  const end = (outcome: BatchOutcome): void => {
    outcomes.push(outcome);
    if (outcome.state === 'skipped') counts.skipped += 1;
    else if (outcome.state !== 'left') counts[outcome.state] += 1;
    view.ended(outcome, batchProgress(counts, elapsedS()));
  };
  try {
    const working: Promise<void>[] = [];
    for (const entry of entries) {
      const finish = await begin(call, entry);
      working.push(finish().then(end));
    }
    await Promise.all(working);
  } finally {
    clearInterval(watching);
    view.stop();
  }
  const report: BatchReport = {
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date().toISOString(),
    elapsedS: elapsedS(),
    progress: batchProgress(counts, elapsedS()),
    episodes: outcomes,
  };
  const files = await writeReport(folder, report);
  if (output.isJson) output.line({ event: 'summary', ...report, report: files });
  else output.result(report, () => tell(report, files));
  if (counts.failed > 0)
    throw new AppError('BATCH_INCOMPLETE', `${counts.failed} of ${counts.total} recordings failed`);
}

const tell = (report: BatchReport, files: readonly string[]): string[] => [
  `${describeBatch(report)}.`,
  ...report.episodes.flatMap(({ path, problem }) =>
    problem === null ? [] : [`  ! ${basename(path)}: ${problem}`],
  ),
  ...files.map((path) => `  ${path}`),
];

/** Looks at what is worked on, for the bar. */
function watch(call: Caller, show: (labels: readonly string[]) => void): NodeJS.Timeout {
  return setInterval(() => {
    call('queue.status', {}).then(
      ({ running }) => {
        show(running.map(({ label }) => label));
      },
      // The bar shows what it last knew; whatever is wrong with the library, the work itself will tell.
      () => undefined,
    );
  }, LOOK_MS);
}

const outcomeOf = (
  path: string,
  state: BatchOutcome['state'],
  more: Partial<BatchOutcome> = {},
): BatchOutcome => ({
  path,
  state,
  episodeId: null,
  title: null,
  durationS: null,
  clips: null,
  tookS: null,
  problem: null,
  ...more,
});

/**
 * Begins with one recording, waiting until the queue takes it; what it resolves with waits for the end, so that the next
 * recording can begin.
 */
async function begin(call: Caller, entry: BatchEntry): Promise<() => Promise<BatchOutcome>> {
  const { path, action, jobId, wordsJobId, problem } = entry;
  if (action === 'skip') return () => Promise.resolve(outcomeOf(path, 'skipped'));
  if (action === 'leave' && problem !== null)
    return () => Promise.resolve(outcomeOf(path, 'failed', { problem }));
  if (action === 'leave') return () => leave(call, entry);
  if (action === 'retry' && jobId !== null) await call('jobs.retry', { jobId: wordsJobId ?? jobId });
  const id = jobId === null || action === 'add' ? (await call('batch.add', { path })).job.id : jobId;
  return () => follow(call, path, id);
}

const sentence = ({ title, code, detail }: { title: string; code: string; detail: string }): string =>
  `${title} (${code}) ${detail}`.trim();

async function leave(call: Caller, { path, jobId, wordsJobId }: BatchEntry): Promise<BatchOutcome> {
  const id = wordsJobId ?? jobId;
  const job = id === null ? undefined : await call('jobs.get', { jobId: id });
  const problem =
    job?.state === 'paused'
      ? 'It is paused; "queue resume" lets it go on.'
      : `${job?.failure === null || job === undefined ? 'It was cancelled.' : sentence(job.failure)} Run it again with --retry-failed.`;
  return outcomeOf(path, 'left', { problem });
}

/** Waits until a recording is taken in and its words are recognised. */
async function follow(call: Caller, path: string, jobId: number): Promise<BatchOutcome> {
  try {
    const [intake] = await call('jobs.settled', { jobIds: [jobId] });
    if (intake?.state !== 'completed') return outcomeOf(path, 'failed', { problem: failureOf(intake) });
    const episodeId = episodeIdOf(intake);
    const words = await wordsOf(call, episodeId);
    const [episode, clips] = [
      await call('episodes.get', { episodeId }),
      await call('clips.list', { episodeId }),
    ];
    const isHeard = words === undefined || words.state === 'completed';
    return outcomeOf(path, isHeard ? 'done' : 'failed', {
      episodeId,
      title: episode.title,
      durationS: episode.durationS,
      clips: clips.length,
      tookS: tookS(intake) + tookS(words),
      problem: isHeard ? null : `Its words could not be recognised. ${failureOf(words)}`,
    });
  } catch (error) {
    return outcomeOf(path, 'failed', { problem: sentence(toWireError(error)) });
  }
}

const failureOf = (job: Job | undefined): string =>
  job?.failure === null || job === undefined ? 'It was cancelled.' : sentence(job.failure);

const tookS = (job: Job | undefined): number =>
  Math.round(((job?.finishedAtMs ?? 0) - (job?.startedAtMs ?? 0)) / 100) / 10;

/** The recognition of an episode's words that its intake brought along, once it has ended; one that is paused is not waited for. */
async function wordsOf(call: Caller, episodeId: string): Promise<Job | undefined> {
  const { job } = await call('recognition.current', { episodeId });
  if (job === null || job.state === 'paused') return undefined;
  const [settled] = await call('jobs.settled', { jobIds: [job.id] });
  return settled;
}
