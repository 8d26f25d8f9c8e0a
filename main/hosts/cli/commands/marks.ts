import { InvalidArgumentError, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { Mark } from '../../../domain/mark.ts';
import { formatClock, parseClock } from '../../../domain/time.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';

function clockTime(text: string): number {
  const seconds = parseClock(text);
  if (seconds === undefined) throw new InvalidArgumentError('A time is 34:12, 1:02:03.5 or seconds.');
  return seconds;
}

function markNumber(text: string): number {
  if (!/^[1-9]\d{0,9}$/u.test(text)) throw new InvalidArgumentError('It has to be the number of a mark.');
  return Number(text);
}

/** Commands for a person's own times in an episode. */
export function addMarks(program: Command, run: RunCommand): void {
  program
    .command('mark')
    .description(
      'mark a moment of an episode: it becomes a clip of whole sentences, offered before all others',
    )
    .argument('<episode>', 'id of the episode')
    .argument('<time>', 'the moment, such as 34:12', clockTime)
    .argument('[note...]', 'what it is; it becomes the title')
    .option('--to <time>', 'where it ends, if you know', clockTime)
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite mark ep-7k2m9q4x0d 34:12 the lawsuit')
    .action((episodeId: string, atS: number, note: string[], options: { to?: number }) =>
      run('looks', async ({ call, output }) => {
        const toS = options.to === undefined ? {} : { toS: options.to };
        const mark = await call('marks.add', { episodeId, atS, note: note.join(' '), ...toS });
        await tellMarks(call, output, [mark], []);
      }),
    );
  const marks = program
    .command('marks')
    .description('your own marks of an episode')
    .addHelpText('after', '\nExample:\n  soundbite marks list ep-7k2m9q4x0d');
  marks
    .command('list')
    .description('the marks of an episode in order of time')
    .argument('<episode>', 'id of the episode')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite marks list ep-7k2m9q4x0d')
    .action((episodeId: string) =>
      run('looks', async ({ call, output }) => {
        await tellMarks(call, output, await call('marks.list', { episodeId }), []);
      }),
    );
  marks
    .command('import')
    .description(
      'take marks from a file: lines such as "34:12 the lawsuit", CSV, SRT, EDL, LosslessCut, Audition, Reaper',
    )
    .argument('<episode>', 'id of the episode')
    .argument('<file>', 'the file')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite marks import ep-7k2m9q4x0d notes.txt')
    .action((episodeId: string, path: string) =>
      run('looks', async ({ call, output }) => {
        const taken = await call('marks.import', { episodeId, path });
        await tellMarks(call, output, taken.marks, taken.notes);
      }),
    );
  marks
    .command('remove')
    .description('remove marks; their clips go with them unless you kept them')
    .argument('<marks...>', 'numbers of the marks')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite marks remove 3')
    .action((numbers: string[]) =>
      run('looks', async ({ call, output }) => {
        const ids = numbers.map(markNumber);
        for (const markId of ids) await call('marks.remove', { markId });
        output.result({ removed: ids }, () => [`${ids.length} removed.`]);
      }),
    );
}

const describeMark = ({ id, atS, toS, note }: Mark): string =>
  `${String(id).padStart(4)}  ${formatClock(atS)}${toS === null ? '' : ` to ${formatClock(toS)}`}  ${note}`;

async function tellMarks(
  call: Caller,
  output: Output,
  marks: readonly Mark[],
  notes: readonly string[],
): Promise<void> {
  for (const note of notes) output.note(note);
  const [first] = marks;
  const clips = first === undefined ? [] : await call('clips.list', { episodeId: first.episodeId });
  const marked = clips.filter(({ foundBy }) => foundBy === 'mark');
  output.result({ marks, notes }, () => [
    ...(marks.length === 0
      ? ['No marks yet. Set one: soundbite mark EPISODE 34:12 the lawsuit']
      : marks.map(describeMark)),
    ...(marked.length === 0
      ? []
      : [
          'Offered first:',
          ...marked.map(
            (clip) =>
              `      ${clip.id}  ${formatClock(clip.inS)} to ${formatClock(clip.outS)}  ${clip.title}`,
          ),
        ]),
  ]);
}
