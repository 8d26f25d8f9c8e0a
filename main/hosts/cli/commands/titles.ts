import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import { formatClock } from '../../../domain/time.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import type { Output } from '../output.ts';

interface TitlesOptions {
  readonly choose?: number;
  readonly set?: string;
}

function choice(text: string): number {
  if (!/^[1-9]$/.test(text)) throw new InvalidArgumentError('It has to be a number from the list.');
  return Number(text);
}

export function addTitles(program: Command, run: RunCommand): void {
  program
    .command('titles')
    .description('the titles a clip could have, in its own words; choose one, or give your own')
    .argument('<clip>', 'id of the clip')
    .addOption(new Option('--choose <number>', 'take the title with this number').argParser(choice))
    .option('--set <title>', 'take these words')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite titles clip-4d8z0m1k7q --choose 2')
    .action((clipId: string, options: TitlesOptions) =>
      run('looks', ({ call, output }) => runTitles(call, output, clipId, options)),
    );
}

async function runTitles(
  call: Caller,
  output: Output,
  clipId: string,
  { choose, set }: TitlesOptions,
): Promise<void> {
  if (choose !== undefined && set !== undefined)
    throw new AppError('BAD_INPUT', 'a title is chosen or given, not both');
  let { clip } = await call('feedback.list', { clipId });
  const titles = [...clip.titles, ...(clip.review?.titles ?? [])];
  const chosen = choose === undefined ? set : titles[choose - 1]?.text;
  if (choose !== undefined && chosen === undefined)
    throw new AppError('BAD_INPUT', `clip ${clipId} has ${titles.length} titles to choose from`);
  if (chosen !== undefined) clip = await call('clips.setTitle', { clipId, title: chosen });
  const { title } = clip;
  output.result({ title, titles }, () => [
    title,
    ...titles.map(({ text, fromS }, i) => `  ${i + 1}.  ${text}  at ${formatClock(fromS)}`),
  ]);
}
