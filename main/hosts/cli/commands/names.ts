import type { Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { NamesList } from '../../../contract/names.ts';
import type { EditOutcome } from '../../../contract/transcript.ts';
import type { NameRule } from '../../../domain/show.ts';
import { formatClock } from '../../../domain/time.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';

const SHOW = 'id of the show, or of one of its episodes';

/** The corrections that a show makes in every transcript. */
export function addNames(program: Command, run: RunCommand): void {
  const names = program
    .command('names')
    .description('corrections of names that every transcript of a show gets: whole words, never guessed')
    .addHelpText('after', '\nExample:\n  soundbite names add ep-7k2m9q4x0d "cube nettis" Kubernetes');
  names
    .command('list')
    .description('the list of a show, and corrections you made by hand often enough to be on it')
    .argument('<show>', SHOW)
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite names list ep-7k2m9q4x0d')
    .action((show: string) => run('looks', ({ call, output }) => runNames(call, output, show)));
  names
    .command('add')
    .description('add a correction; it counts from the next transcript on, and with "names apply" at once')
    .argument('<show>', SHOW)
    .argument('<from>', 'the words as they are heard')
    .argument('<to>', 'the words as they should be')
    .option('--match-case', 'only where capitals are the same', false)
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite names add ep-7k2m9q4x0d "cube nettis" Kubernetes')
    .action((show: string, from: string, to: string, { matchCase }: { matchCase: boolean }) =>
      run('looks', ({ call, output }) => runNamesAdd(call, output, show, { from, to, matchCase })),
    );
  names
    .command('remove')
    .description('take a correction off the list; what it has corrected stays')
    .argument('<show>', SHOW)
    .argument('<from>', 'the words that it corrects')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite names remove ep-7k2m9q4x0d "cube nettis"')
    .action((show: string, from: string) =>
      run('looks', ({ call, output }) => runNamesRemove(call, output, show, from)),
    );
  names
    .command('apply')
    .description('correct an episode that is there already, and list every change')
    .argument('<episode>', 'id of the episode')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite names apply ep-7k2m9q4x0d')
    .action((episodeId: string) =>
      run('looks', ({ call, output }) => runNamesApply(call, output, episodeId)),
    );
}

async function showIdOf(call: Caller, id: string): Promise<string> {
  return id.startsWith('ep-') ? (await call('episodes.get', { episodeId: id })).showId : id;
}

async function runNames(call: Caller, output: Output, show: string): Promise<void> {
  printNames(output, await call('names.list', { showId: await showIdOf(call, show) }));
}

async function runNamesAdd(call: Caller, output: Output, show: string, rule: NameRule): Promise<void> {
  printNames(output, await call('names.add', { showId: await showIdOf(call, show), rule }));
}

async function runNamesRemove(call: Caller, output: Output, show: string, from: string): Promise<void> {
  printNames(output, await call('names.remove', { showId: await showIdOf(call, show), from }));
}

async function runNamesApply(call: Caller, output: Output, episodeId: string): Promise<void> {
  const outcome = await call('names.apply', { episodeId });
  output.result(outcome, () => describeOutcome(outcome));
}

function printNames(output: Output, list: NamesList): void {
  output.result(list, () => [
    ...(list.names.length === 0 ? ['No corrections yet.'] : list.names.map(describeRule)),
    ...list.offers.map((rule) => `offered, because you corrected it by hand: ${describeRule(rule)}`),
  ]);
}

const describeRule = ({ from, to, matchCase }: NameRule): string =>
  `“${from}” becomes “${to}”${matchCase ? ', only with the same capitals' : ''}`;

/** What an edit changed, line by line, and how many clips read otherwise for it. */
function describeOutcome({ edits, rescored }: EditOutcome): string[] {
  if (edits.length === 0) return ['Nothing to correct.'];
  const changes = edits.flatMap(({ id, operation }) =>
    operation.kind === 'words'
      ? [`  ${id}  ${formatClock(operation.fromS)}  “${operation.from}” became “${operation.to}”`]
      : [],
  );
  const clips = rescored.length === 1 ? '1 clip was' : `${rescored.length} clips were`;
  return [...changes, `${clips} scored again.`];
}
