import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { TranscriptFileFormat } from '../../../domain/transcript.ts';
import { writeNew } from '../newFile.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { addTyping } from './typing.ts';

interface TranscriptCommand {
  readonly id: string;
  readonly format: TranscriptFileFormat;
  readonly out?: string;
}

/** Writes what is said in an episode or a clip. */
export function addTranscript(program: Command, run: RunCommand): void {
  const transcript = program
    .command('transcript')
    .description('write the transcript of an episode, or of one clip on its own clock')
    .argument('<id>', 'id of the episode or of the clip')
    .addOption(
      new Option('-f, --format <format>', 'srt, vtt, txt, json (Podcasting 2.0) or whisper (with word times)')
        .choices(TranscriptFileFormat.options)
        .default('txt'),
    )
    .option('-o, --out <file>', 'write it there instead of printing it; a file that is there is not replaced')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite transcript clip-4d8z0m1k7q --format srt --out clip.srt')
    .action((id: string, options: Omit<TranscriptCommand, 'id'>) =>
      run('looks', ({ call, output }) => runTranscript(call, output, { id, ...options })),
    );
  addTyping(transcript, run);
}

async function runTranscript(call: Caller, output: Output, command: TranscriptCommand): Promise<void> {
  const { text } = await call('transcript.export', { id: command.id, format: command.format });
  if (command.out === undefined) {
    output.result({ format: command.format, text }, () => [text.trimEnd()]);
    return;
  }
  const path = resolve(command.out);
  await writeNew(path, text);
  output.result({ format: command.format, path }, () => [path]);
}
