import { type Command, Option } from 'commander';
import { type ExportOptions, type Layout, LAYOUTS } from '../../domain/recipe.ts';

/** What commander reads of the options below. */
export interface ExportFlags {
  readonly captions: ExportOptions['captions'];
  readonly tighten: boolean;
  readonly bleep?: readonly string[];
  readonly bleepMode: 'mute' | 'beep';
  readonly layout?: Layout;
  readonly template?: string;
}

const collect = (word: string, before: readonly string[] = []): string[] => [...before, word];

/** Adds the options that every command that exports has. */
export const withExportOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--captions <style>', 'karaoke: a few words at once; calm: two lines at a time')
        .choices(['karaoke', 'calm', 'none'])
        .default('karaoke'),
    )
    .option('--tighten', 'shorten long pauses and cut um, uh, er and empty “you know”', false)
    .addOption(
      new Option(
        '--bleep <word>',
        'mask this word in sound and in every text; may be given several times, * stands for any ending',
      ).argParser(collect),
    )
    .addOption(
      new Option('--bleep-mode <mode>', 'what is heard in its place')
        .choices(['mute', 'beep'])
        .default('beep'),
    )
    .addOption(
      new Option(
        '--layout <layout>',
        'fit (whole picture), crop (speaker fills the frame), stack (two speakers), audiogram; fit where there is a picture',
      ).choices(LAYOUTS),
    )
    .option('--template <name>', 'look of the audiogram; "soundbite templates" lists them');

/** The options as the engine takes them. */
export const exportOptionsOf = ({
  captions,
  tighten,
  bleep,
  bleepMode,
  layout,
  template,
}: ExportFlags): ExportOptions => ({
  captions,
  tighten,
  bleeps: bleep === undefined ? null : { words: [...bleep], mode: bleepMode },
  ...(layout === undefined ? {} : { layout }),
  ...(template === undefined ? {} : { template }),
});
