import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import {
  type CutChange,
  type CutComparison,
  EditableFormat,
  INTERCHANGE_FORMATS,
  type InterchangeFormat,
} from '../../../domain/interchange.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { signed } from '../describe.ts';
import { writeNew } from '../newFile.ts';
import type { Output } from '../output.ts';

interface InterchangeOptions {
  readonly format?: InterchangeFormat;
  readonly out?: string;
  readonly read?: string;
  readonly apply: boolean;
}

/** The command that hands clips to other programs and takes them back. */
export function addInterchange(program: Command, run: RunCommand): void {
  program
    .command('interchange')
    .description(
      'write the kept clips of an episode for other programs, or read a list back that was edited there',
    )
    .argument('<episode>', 'id of the episode')
    .addOption(
      new Option(
        '-f, --format <format>',
        'otio, edl, fcpxml (editing programs), csv (LosslessCut), soundbites, soundbites-json, chapters (feeds), srt, vtt',
      ).choices(INTERCHANGE_FORMATS),
    )
    .option('-o, --out <file>', 'write it there instead of printing it; a file that is there is not replaced')
    .addOption(
      new Option('--read <file>', 'an edited .otio or .edl: tell what it would change').conflicts(['out']),
    )
    .option('--apply', 'with --read: cut the clips so; each can be undone', false)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  soundbite interchange ep-7k2m9q4x0d --format otio --out clips.otio\n' +
        '  soundbite interchange ep-7k2m9q4x0d --read clips.otio --apply',
    )
    .action((episodeId: string, options: InterchangeOptions) =>
      run('looks', ({ call, output }) =>
        options.read === undefined
          ? runWrite(call, output, episodeId, options)
          : runRead(call, output, episodeId, { ...options, read: options.read }),
      ),
    );
}

async function runWrite(
  call: Caller,
  output: Output,
  episodeId: string,
  { format = 'otio', out, apply }: InterchangeOptions,
): Promise<void> {
  if (apply) throw new AppError('BAD_INPUT', '--apply goes with --read');
  const { text, entries, notes } = await call('interchange.write', { episodeId, format });
  for (const note of notes) output.note(note);
  if (out === undefined) {
    output.result({ format, entries, notes, text }, () => [text.trimEnd()]);
    return;
  }
  const path = resolve(out);
  await writeNew(path, text);
  output.result({ format, entries, notes, path }, () => [path]);
}

async function runRead(
  call: Caller,
  output: Output,
  episodeId: string,
  { read, format, apply }: InterchangeOptions & { readonly read: string },
): Promise<void> {
  const named = EditableFormat.safeParse(format ?? extname(read).slice(1).toLowerCase());
  if (!named.success)
    throw new AppError(
      'BAD_INPUT',
      `${read}: only OTIO and EDL files can be read back; say --format otio or edl`,
    );
  const text = await readFile(read, 'utf8').catch((error: unknown) => {
    throw new AppError('FILE_MISSING', read, { cause: error });
  });
  const compared = await call('interchange.read', { episodeId, format: named.data, text, apply });
  for (const note of compared.notes) output.note(note);
  output.result(compared, () => describe(compared));
}

const describe = ({ changes, unchanged, applied }: CutComparison): string[] => [
  ...changes.flatMap(describeChange),
  changes.length === 0
    ? `Nothing to change; ${unchanged} clips are cut as in the list.`
    : `${changes.length} clips ${applied ? 'were cut anew' : 'would be cut anew'}, ${unchanged} stay.`,
  ...(changes.length === 0
    ? []
    : [applied ? 'To take one back: soundbite undo CLIP' : 'To do so, say it again with --apply.']),
];

const describeChange = ({ clipId, title, before, after, score }: CutChange): string[] => [
  `${clipId}  ${title}`,
  `  ${told(before)} becomes ${told(after)}, ${signed(Math.round((score.after - score.before) * 10) / 10)} points`,
];

const told = ({ fromS, toS }: TimeRange): string => `${fromS.toFixed(3)} s to ${toS.toFixed(3)} s`;
