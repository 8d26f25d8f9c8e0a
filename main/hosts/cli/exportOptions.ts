import { type Command, Option } from 'commander';
import { AppError } from '../../domain/errors.ts';
import { type ExportOptions, type Layout, LAYOUTS } from '../../domain/recipe.ts';

/** What commander reads of the options below. */
export interface ExportFlags {
  readonly captions: ExportOptions['captions'];
  readonly tighten: boolean;
  readonly bleep?: readonly string[] | undefined;
  /** False where nothing is to be masked, not even what the show masks. */
  readonly bleeps: boolean;
  /** Undefined where the settings decide. */
  readonly sidecars?: boolean;
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
        'mask this word too, beside what the show masks; may be given several times, * stands for any ending',
      ).argParser(collect),
    )
    .option('--no-bleeps', 'mask nothing, not even what the show masks')
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
    .option('--sidecars', 'subtitles, poster and recipe beside the file, whatever the settings say')
    .option('--no-sidecars', 'nothing beside the file')
    .option('--template <name>', 'look of the audiogram; "soundbite templates" lists them');

/** The options as the engine takes them. */
export const exportOptionsOf = ({
  captions,
  tighten,
  bleep,
  bleepMode,
  bleeps,
  sidecars,
  layout,
  template,
}: ExportFlags): ExportOptions => ({
  captions,
  tighten,
  ...maskingOf({ bleep, bleepMode, bleeps }),
  ...(sidecars === undefined ? {} : { sidecars }),
  ...(layout === undefined ? {} : { layout }),
  ...(template === undefined ? {} : { template }),
});

/** What is not asked for is left to the show. */
function maskingOf({
  bleep,
  bleepMode,
  bleeps,
}: Pick<ExportFlags, 'bleep' | 'bleepMode' | 'bleeps'>): Pick<ExportOptions, 'bleeps'> {
  if (bleep === undefined) return bleeps ? {} : { bleeps: null };
  if (!bleeps) throw new AppError('BAD_INPUT', '--bleep and --no-bleeps cannot both be meant');
  return { bleeps: { words: [...bleep], mode: bleepMode } };
}
