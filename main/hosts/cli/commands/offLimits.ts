import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import type { MarkedOffLimits } from '../../../domain/offLimits.ts';
import { formatClock, type TimeRange } from '../../../domain/time.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import type { Output } from '../output.ts';

interface OffLimitsOptions {
  readonly add?: TimeRange;
  readonly reason?: string;
  readonly overrule?: number;
  readonly restore?: number;
  readonly remove?: number;
}

const CLOCK = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/;

function seconds(clock: string): number {
  const [whole, h = '0', m = '0', s = '0'] = CLOCK.exec(clock.trim()) ?? [];
  if (whole === undefined) throw new InvalidArgumentError(`"${clock}" is no time such as 1:02:03 or 63.5.`);
  return Number(h) * 3600 + Number(m) * 60 + Number(s);
}

function range(text: string): TimeRange {
  const [from, to, ...rest] = text.split(/\s*[-–]\s*/u);
  if (from === undefined || to === undefined || rest.length > 0)
    throw new InvalidArgumentError('A range has two times, such as 12:30-13:05.');
  return { fromS: seconds(from), toS: seconds(to) };
}

function number(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It has to be a number from the list.');
  return Number(text);
}

export function addOffLimits(program: Command, run: RunCommand): void {
  program
    .command('offlimits')
    .description('what is kept out of clips: adverts, intros, outros, housekeeping, and what you mark')
    .argument('<episode>', 'id of the episode')
    .addOption(
      new Option('--add <from-to>', 'mark a range off the record: never proposed, never exported').argParser(
        range,
      ),
    )
    .option('--reason <text>', 'why it is off the record')
    .addOption(new Option('--overrule <number>', 'allow what was found').argParser(number))
    .addOption(new Option('--restore <number>', 'keep out again what you allowed').argParser(number))
    .addOption(new Option('--remove <number>', 'take away what you marked').argParser(number))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  soundbite offlimits ep-7k2m9q4x0d --add 12:30-13:05 --reason "named a client"',
    )
    .action((episodeId: string, options: OffLimitsOptions) =>
      run('looks', ({ call, output }) => runOffLimits(call, output, episodeId, options)),
    );
}

/** Changes what is off limits where asked to, one thing at a time, and lists it. */
async function runOffLimits(
  call: Caller,
  output: Output,
  episodeId: string,
  { add, reason, overrule, restore, remove }: OffLimitsOptions,
): Promise<void> {
  if ([add, overrule, restore, remove].filter((asked) => asked !== undefined).length > 1)
    throw new AppError('BAD_INPUT', 'add, overrule, restore or remove: one at a time');
  if (reason !== undefined && add === undefined)
    throw new AppError('BAD_INPUT', 'a reason belongs to a range that is added');
  if (add !== undefined)
    await call('offLimits.add', { episodeId, range: add, ...(reason === undefined ? {} : { reason }) });
  if (overrule !== undefined) await call('offLimits.overrule', { episodeId, id: overrule });
  if (restore !== undefined) await call('offLimits.overrule', { episodeId, id: restore, isOverruled: false });
  if (remove !== undefined) await call('offLimits.remove', { episodeId, id: remove });
  const marks = await call('offLimits.list', { episodeId });
  output.result({ offLimits: marks }, () =>
    marks.length === 0 ? ['Nothing is off limits in this episode.'] : marks.map(describe),
  );
}

function describe({ id, fromS, toS, kind, reason, isOverruled }: MarkedOffLimits): string {
  const where = `${formatClock(fromS)} to ${formatClock(toS)}`;
  return `${String(id).padStart(4)}  ${where.padEnd(20)}  ${kind.padEnd(12)}  ${reason}${isOverruled ? '  (you allowed it)' : ''}`;
}
