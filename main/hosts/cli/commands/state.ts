import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import { recoverLibrary } from '../../../engine/flows/recoverLibrary.ts';
import { libraryPaths } from '../../../engine/paths.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { megabytes } from '../describeStorage.ts';
import type { Output } from '../output.ts';

interface Care {
  readonly backup: boolean;
  readonly force: boolean;
}

/** What the library remembers: looked at, carried to another machine, brought back, forgotten. */
export function addState(program: Command, run: RunCommand): void {
  const state = program
    .command('state')
    .description('what the library remembers: see it, carry it, bring it back, forget it')
    .addHelpText('after', '\nExample:\n  soundbite state export ~/soundbite.state');
  const add = (usage: string, does: string, example: string): Command =>
    state
      .command(usage)
      .description(does)
      .addOption(jsonOption())
      .addHelpText('after', `\nExample:\n  soundbite state ${example}`);
  add('show', 'what is remembered, whether the database is sound, and its backups', 'show').action(() =>
    run('looks', ({ call, output }) => runShow(call, output)),
  );
  add(
    'export',
    'write everything you would miss into one file; recordings stay where they are',
    'export ~/soundbite.state',
  )
    .argument('<file>', 'a file that is not there yet')
    .action((file: string) => run('looks', ({ call, output }) => runExport(call, output, file)));
  add('import', 'take in such a file; what is here already stays', 'import ~/soundbite.state')
    .argument('<file>', 'what "state export" wrote')
    .option('--no-backup', 'make no backup first')
    .action((file: string, { backup }: { backup: boolean }) =>
      run('looks', ({ call, output }) => runImport(call, output, file, backup)),
    );
  add('reset', 'forget shows, episodes, clips, judgements, settings and the queue; files stay', 'reset')
    .option('--no-backup', 'make no backup first')
    .option('--force', 'do not ask', false)
    .action((care: Care) => run('looks', ({ call, output }) => runReset(call, output, care)));
  add('recover', 'put a damaged database aside and the newest sound backup in its place', 'recover').action(
    () => run('looks', ({ output }) => runRecover(output)),
  );
}

const absolute = (file: string): string => resolve(process.env['INIT_CWD'] ?? '.', file);

async function runShow(call: Caller, output: Output): Promise<void> {
  const state = await call('state.show', {});
  output.result(state, () => [
    `${state.database}, ${megabytes(state.sizeBytes)}, schema ${state.schema}: ${state.flaw ?? 'sound from end to end'}`,
    ...Object.entries(state.counts).map(([table, count]) => `  ${table.padEnd(20)} ${count}`),
    ...state.backups.map(
      ({ name, atMs, sizeBytes }) =>
        `Backup of ${new Date(atMs).toISOString()}, ${megabytes(sizeBytes)}: ${name}`,
    ),
  ]);
}

async function runExport(call: Caller, output: Output, file: string): Promise<void> {
  const written = await call('state.export', { path: absolute(file) });
  output.result(written, () => [
    `${written.rows} rows, ${megabytes(written.sizeBytes)}, are in ${written.path}.`,
  ]);
}

async function runImport(call: Caller, output: Output, file: string, backup: boolean): Promise<void> {
  const taken = await call('state.import', { path: absolute(file), backup });
  output.result(taken, () => [
    ...Object.entries(taken.counts).map(([table, count]) => `  ${table.padEnd(20)} ${count} came in`),
    ...taken.conflicts.map(({ what, name }) => `  ! ${what} "${name}" is here already and stays as it is`),
    ...(taken.backup === null ? [] : [`The library as it was is in ${taken.backup}.`]),
  ]);
}

async function runReset(call: Caller, output: Output, { backup, force }: Care): Promise<void> {
  if (!force) await confirm(backup);
  const done = await call('state.reset', { confirm: 'reset', backup });
  output.result(done, () => [
    'Everything is forgotten; files are where they were.',
    ...(done.backup === null ? [] : [`The library as it was is in ${done.backup}.`]),
  ]);
}

/** Asks a person; where nobody can be asked, nothing is done. */
async function confirm(backup: boolean): Promise<void> {
  if (!process.stdin.isTTY)
    throw new AppError(
      'BAD_INPUT',
      'a reset asks first, and nobody can be asked here; --force does it unasked',
    );
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const kept = backup ? 'A backup is made first.' : 'No backup is made.';
    const answer = await line.question(
      `This forgets everything you made in this library. ${kept} Type "reset": `,
    );
    if (answer.trim() !== 'reset') throw new AppError('CANCELLED', 'nothing was forgotten');
  } finally {
    line.close();
  }
}

async function runRecover(output: Output): Promise<void> {
  const recovered = await recoverLibrary(libraryPaths(), Date.now());
  output.result(recovered, () => [
    `The library is as it was at ${new Date(recovered.atMs).toISOString()} (${recovered.backup}).`,
    `The damaged database is in ${recovered.keptAside}.`,
  ]);
}
