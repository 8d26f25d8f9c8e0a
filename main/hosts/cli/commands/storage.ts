import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { CleanupReport, TakeableCategory } from '../../../domain/storage.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { describePlan, describeReport, describeStats, megabytes } from '../describeStorage.ts';
import type { Output } from '../output.ts';
import { assertCompleted } from '../work.ts';

function takeable(text: string, before: readonly TakeableCategory[] = []): TakeableCategory[] {
  const parsed = TakeableCategory.safeParse(text);
  if (!parsed.success)
    throw new InvalidArgumentError(`It has to be one of ${TakeableCategory.options.join(', ')}.`);
  return [...before, parsed.data];
}

/** What the library holds, and what of it may go. */
export function addStorage(program: Command, run: RunCommand): void {
  const storage = program
    .command('storage')
    .description('what the library holds, and what of it may go')
    .addHelpText('after', '\nExample:\n  soundbite storage cleanup --dry-run');
  const add = (usage: string, does: string, example: string): Command =>
    storage
      .command(usage)
      .description(does)
      .addOption(jsonOption())
      .addHelpText('after', `\nExample:\n  soundbite storage ${example}`);
  add('stats', 'how much of each kind there is, the limit, and how full the disk is', 'stats').action(() =>
    run('looks', ({ call, output }) => runStats(call, output)),
  );
  add('cleanup', 'let go of what the limit and the disk need, oldest and cheapest first', 'cleanup --dry-run')
    .option('--dry-run', 'only say what would go, and why', false)
    .addOption(
      new Option(
        '--take <kind>',
        `everything of a kind, whatever the limit (${TakeableCategory.options.join(', ')}); may be given several times`,
      ).argParser(takeable),
    )
    .action((options: { dryRun: boolean; take?: TakeableCategory[] }) =>
      run(options.dryRun ? 'looks' : 'works', ({ call, output }) =>
        (options.dryRun ? runPlan : runCleanup)(call, output, options.take ?? []),
      ),
    );
  add('undo', 'bring back what the last cleanup took away', 'undo')
    .argument('[cleanup]', 'number of the cleanup, as it was told; the last one when left out')
    .action((cleanup?: string) => run('looks', ({ call, output }) => runUndo(call, output, cleanup)));
  add(
    'archive',
    'put the recording of an episode away; its words, clips and judgements stay',
    'archive ep-7k2m9q4x0d',
  )
    .argument('<episode>', 'id of the episode')
    .option('--to <folder>', 'where to, such as another disk; a folder of the library when left out')
    .action((id: string, options: { to?: string }) =>
      run('looks', ({ call, output }) => runArchive(call, output, id, options.to)),
    );
  add('restore', 'bring the recording of an archived episode back', 'restore ep-7k2m9q4x0d')
    .argument('<episode>', 'id of the episode')
    .action((id: string) => run('looks', ({ call, output }) => runRestore(call, output, id)));
}

async function runStats(call: Caller, output: Output): Promise<void> {
  const stats = await call('storage.stats', {});
  output.result(stats, () => describeStats(stats));
}

async function runPlan(call: Caller, output: Output, take: TakeableCategory[]): Promise<void> {
  const plan = await call('storage.plan', { take });
  output.result(plan, () => describePlan(plan));
}

async function runCleanup(call: Caller, output: Output, take: TakeableCategory[]): Promise<void> {
  const { job } = await call('storage.cleanup', { take });
  const { pauses } = await call('queue.status', {});
  if (pauses.some(({ scope }) => scope === 'all' || scope === 'upkeep'))
    output.note('The queue is paused: the cleanup begins when it is resumed.');
  const [settled = job] = await call('jobs.settled', { jobIds: [job.id] });
  assertCompleted(settled);
  const report = CleanupReport.parse(settled.result?.['report']);
  output.result(report, () => describeReport(report));
}

async function runUndo(call: Caller, output: Output, run: string | undefined): Promise<void> {
  const undone = await call('storage.undo', run === undefined ? {} : { run });
  output.result(undone, () => [
    `${undone.restored.length} files are back, ${megabytes(undone.restoredBytes)}.`,
    ...undone.notRestored.map((path) => `  ! ${path} has another file in its place`),
  ]);
}

async function runArchive(call: Caller, output: Output, episodeId: string, to?: string): Promise<void> {
  const moved = await call('storage.archive', {
    episodeId,
    ...(to === undefined ? {} : { folder: resolve(process.env['INIT_CWD'] ?? '.', to) }),
  });
  output.result(moved, () => [
    `The recording is at ${moved.path}, ${megabytes(moved.sizeBytes)}, read back and the same.`,
  ]);
}

async function runRestore(call: Caller, output: Output, episodeId: string): Promise<void> {
  const moved = await call('storage.restore', { episodeId });
  output.result(moved, () => [`The recording is back at ${moved.path}.`]);
}
