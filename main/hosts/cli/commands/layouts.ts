import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { isWithinPicture, PictureBox } from '../../../domain/framing.ts';
import { parseClock } from '../../../domain/time.ts';
import type { Output } from '../output.ts';
import { jsonOption as json, type RunCommand } from '../command.ts';

export function addLayouts(program: Command, run: RunCommand): void {
  program
    .command('templates')
    .description('list the looks that audiograms can have, and where your own go')
    .addOption(json())
    .addHelpText('after', '\nExample:\n  soundbite templates')
    .action(() => run('looks', ({ call, output }) => runTemplates(call, output)));
  program
    .command('crop')
    .description(
      'see and place the boxes in which the speakers of a show sit, for the layouts crop and stack',
    )
    .argument('<episode>', 'id of an episode; the show keeps the boxes for all pictures of this size')
    .option('-s, --speaker <name>', 'whose box it is; anybody when left out')
    .addOption(new Option('-b, --box <x,y,width,height>', 'in percent of the picture').argParser(percentBox))
    .addOption(
      new Option('--at <time>', 'the box is for shots that look like the one at this time').argParser(moment),
    )
    .option('--clear', 'forget the boxes of this picture size first', false)
    .addOption(json())
    .addHelpText('after', '\nExample:\n  soundbite crop ep-7k2m9q4x0d --speaker Mara --box 12,18,30,60')
    .action((episodeId: string, options: CropOptions) =>
      run('looks', ({ call, output }) => runCrop(call, output, episodeId, options)),
    );
}

type Percents = Omit<PictureBox, 'speaker' | 'look'>;
interface CropOptions {
  readonly speaker?: string;
  readonly box?: Percents;
  readonly at?: number;
  readonly clear: boolean;
}

function moment(text: string): number {
  const timeS = parseClock(text);
  if (timeS === undefined) throw new InvalidArgumentError('It has to be a time, such as 12:34.');
  return timeS;
}

function percentBox(text: string): Percents {
  const [x, y, width, height, ...rest] = text.split(',').map((part) => Number(part.trim()) / 100);
  const read = PictureBox.safeParse({ speaker: null, x, y, width, height });
  if (rest.length > 0 || !read.success || !isWithinPicture(read.data))
    throw new InvalidArgumentError('It has to be four percentages of the picture, such as 12,18,30,60.');
  return read.data;
}

async function runTemplates(call: Caller, output: Output): Promise<void> {
  const listed = await call('templates.list', {});
  for (const problem of listed.problems) output.note(problem);
  output.result(listed, () => [
    ...listed.templates.map(
      ({ template, isOwn }) =>
        `${template.name.padEnd(12)} ${template.waveform.padEnd(5)} ${template.describes}${isOwn ? '  (yours)' : ''}`,
    ),
    `Your own go into ${listed.folder}; copy one from the shipped ones and change it.`,
  ]);
}

async function runCrop(
  call: Caller,
  output: Output,
  episodeId: string,
  { speaker = null, box, at, clear }: Omit<CropOptions, 'speaker'> & { readonly speaker?: string | null },
): Promise<void> {
  if (clear) await call('crops.clear', { episodeId });
  const placed =
    box === undefined
      ? await call('crops.get', { episodeId })
      : await call('crops.place', {
          episodeId,
          box: { ...box, speaker },
          ...(at === undefined ? {} : { atS: at }),
        });
  output.result(placed, () => [
    `Pictures of ${placed.width}x${placed.height}:`,
    ...placed.boxes.map(
      (one) =>
        `  ${(one.speaker ?? 'anybody').padEnd(16)} ${[one.x, one.y, one.width, one.height].map(percent).join(', ')}${one.look === undefined ? '' : '  in shots like the one it was placed on'}`,
    ),
    ...(placed.boxes.length === 0 ? ['  no box yet: a crop takes the middle, a stack the two halves'] : []),
  ]);
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
