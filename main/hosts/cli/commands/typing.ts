import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { TypedWords } from '../../../contract/typing.ts';
import { AppError } from '../../../domain/errors.ts';
import { describeClip } from '../describe.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';

interface TypeCommand {
  readonly clipId: string;
  readonly text?: string;
  readonly file?: string;
}

/** Words by hand where there are none. */
export function addTyping(transcript: Command, run: RunCommand): void {
  transcript
    .command('type')
    .description(
      'type the words of one clip: they are spread over the speech in it, for captions without any model',
    )
    .argument('<clip>', 'id of the clip')
    .option('-t, --text <words>', 'the words; a name and a colon before them tell who speaks')
    .option('--file <file>', 'a text file that holds them')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  soundbite transcript type clip-4d8z0m1k7q --text "Oil it before it asks."',
    )
    .action((clipId: string, options: Omit<TypeCommand, 'clipId'>) =>
      run('looks', ({ call, output }) => runType(call, output, { clipId, ...options })),
    );
}

async function runType(call: Caller, output: Output, { clipId, text, file }: TypeCommand): Promise<void> {
  if ((text === undefined) === (file === undefined))
    throw new AppError('BAD_INPUT', 'give the words with --text, or a file that holds them with --file');
  const words = text ?? (file === undefined ? '' : await readWords(resolve(file)));
  const outcome = await call('typing.apply', { clipId, text: words });
  const { clip, typed } = outcome;
  output.result(outcome, () => [
    describeTyped(typed),
    ...describeClip(clip, clip.rank, clip.id),
    `To take it back: soundbite edit undo ${clip.episodeId}`,
  ]);
}

async function readWords(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new AppError('FILE_MISSING', path, { cause: error });
  }
}

function describeTyped({ words, coveredS, speechS }: TypedWords): string {
  const count = words === 1 ? '1 word lies' : `${words} words lie`;
  return `${count} over ${coveredS.toFixed(1)} of ${speechS.toFixed(1)} s of speech.`;
}
