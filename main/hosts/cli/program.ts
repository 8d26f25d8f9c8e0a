import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { AppError } from '../../domain/errors.ts';
import { PRESET_IDS, PRESETS, PresetId } from '../../domain/preset.ts';
import { jsonOption as json, type RunCommand } from './command.ts';
import { ScoreProfile } from '../../domain/show.ts';
import { runClip } from './commands/clip.ts';
import { addBleeps } from './commands/bleeps.ts';
import { addFeedback } from './commands/feedback.ts';
import { runFind } from './commands/find.ts';
import { addLearning } from './commands/learning.ts';
import { runClips, runEpisodes, runExport, runImport } from './commands/library.ts';
import { addProfile } from './commands/profile.ts';
import { addProduction } from './commands/production.ts';
import { addQueue } from './commands/queue.ts';
import { addOffLimits } from './commands/offLimits.ts';
import { addNames } from './commands/names.ts';
import { runReplace } from './commands/replace.ts';
import { addTranscript } from './commands/transcript.ts';
import { addModels } from './commands/models.ts';
import { addBatch } from './commands/batch.ts';
import { addReviewer } from './commands/reviewer.ts';
import { addSearch } from './commands/search.ts';
import { addState } from './commands/state.ts';
import { addStorage } from './commands/storage.ts';
import { addTitles } from './commands/titles.ts';
import type { ServeCommand } from './commands/serve.ts';
import { addExplain } from './commands/explain.ts';
import { addInterchange } from './commands/interchange.ts';
import { addLayouts } from './commands/layouts.ts';
import { addLines } from './commands/lines.ts';
import { addMarks } from './commands/marks.ts';
import { addTrims } from './commands/trims.ts';
import { addWorker, type RunWorker } from './commands/worker.ts';
import { addEdits } from './commands/edits.ts';
import { addSpeakers } from './commands/speakers.ts';
import { addTranscribe } from './commands/transcribe.ts';
import { exportOptionsOf, type ExportFlags, withExportOptions } from './exportOptions.ts';

/** Serves the window until the person ends it. */
export type RunServe = (command: ServeCommand) => Promise<void>;

function portNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535; 0 takes any that is free.');
  return value;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It has to be a whole number from 1 up.');
  return value;
}

function presetId(text: string): PresetId {
  const parsed = PresetId.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError('UNKNOWN_PRESET', `"${text}" is none of ${PRESET_IDS.join(', ')}`);
}

function scoreProfile(text: string): ScoreProfile {
  const parsed = ScoreProfile.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It has to be one of ${ScoreProfile.options.join(', ')}.`);
}

const collectPresets = (text: string, before: readonly PresetId[] = []): PresetId[] => [
  ...before,
  presetId(text),
];

const presetOption = (): Option =>
  new Option(
    '-p, --preset <preset>',
    'platform to export for; may be given several times (default: tiktok)',
  ).argParser(collectPresets);

const presetTable = (): string =>
  PRESET_IDS.map((id) => {
    const preset = PRESETS[id];
    const shape = preset.kind === 'video' ? `${preset.width}x${preset.height}` : preset.container;
    return `  ${id.padEnd(10)} ${shape.padEnd(10)} ${preset.platform}`;
  }).join('\n');

/** The command line of Soundbite; wrong usage throws, so that main can answer it in one place. */
export function createProgram(run: RunCommand, serve: RunServe, work: RunWorker): Command {
  const program = new Command('soundbite')
    .description('Turns podcast episodes into clips worth sharing, on your own machine.')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .helpCommand(true)
    .addHelpText('after', '\nExample:\n  soundbite clip episode.mp3');
  addMainJob(program, run);
  addFind(program, run);
  addLibrary(program, run);
  addBatch(program, run);
  addExplain(program, run);
  addTrims(program, run);
  addMarks(program, run);
  addLayouts(program, run);
  addInterchange(program, run);
  addLines(program, run);
  addFeedback(program, run);
  addLearning(program, run);
  addProfile(program, run);
  addSearch(program, run);
  addTitles(program, run);
  addOffLimits(program, run);
  addNames(program, run);
  addBleeps(program, run);
  addTranscript(program, run);
  addTranscribe(program, run);
  addSpeakers(program, run);
  addEdits(program, run);
  addModels(program, run);
  addReviewer(program, run);
  addQueue(program, run);
  addProduction(program, run);
  addStorage(program, run);
  addState(program, run);
  addWorker(program, work);
  addServe(program, serve);
  return program;
}

function addMainJob(program: Command, run: RunCommand): void {
  withExportOptions(program.command('clip'))
    .description(
      'import an episode, find its best moments, and export them with captions: the main job in one line',
    )
    .argument('<media>', 'the recording: audio or video')
    .option(
      '-t, --transcript <file>',
      'its transcript: SRT, WebVTT, Podcasting 2.0 or Whisper JSON, or plain text',
    )
    .option('--title <title>', 'title of the episode, where the file does not tell')
    .addOption(presetOption())
    .addOption(new Option('-n, --top <count>', 'how many clips').argParser(wholeNumber).default(3))
    .option('-o, --out <folder>', 'where the clips go', 'clips')
    .addOption(json())
    .addHelpText(
      'after',
      `\nA transcript beside the recording with the same name is used by itself. Without words, clips are found by ear.\n\n` +
        `Presets:\n${presetTable()}\n\nExample:\n  soundbite clip episode.mp3 --top 5 --preset tiktok --preset square --out ~/clips`,
    )
    .action(
      (
        media: string,
        options: ExportFlags & {
          transcript?: string;
          title?: string;
          preset?: PresetId[];
          top: number;
          out: string;
        },
      ) =>
        run('works', ({ call, output }) =>
          runClip(call, output, {
            media,
            presets: options.preset ?? ['tiktok'],
            top: options.top,
            out: options.out,
            options: exportOptionsOf(options),
            ...(options.transcript === undefined ? {} : { transcript: options.transcript }),
            ...(options.title === undefined ? {} : { title: options.title }),
          }),
        ),
    );
}

function addFind(program: Command, run: RunCommand): void {
  program
    .command('find')
    .description('rank the moments of a transcript without importing anything')
    .requiredOption('-t, --transcript <file>', 'the transcript to search')
    .option('-m, --media <file>', 'its recording, so that sound counts as well')
    .option('--title <title>', 'title of the episode: moments that speak of it rank higher')
    .addOption(new Option('-l, --limit <count>', 'how many moments').argParser(wholeNumber))
    .option('--all', 'every window of sentences with its score, overlaps included')
    .option('--weights <file>', 'score with these weights instead of the ones that ship')
    .addOption(
      new Option('--profile <profile>', 'what to look for (default: insight)').argParser(scoreProfile),
    )
    .addOption(new Option('--platform <preset>', 'prefer the lengths that suit it').argParser(presetId))
    .addOption(json())
    .addHelpText(
      'after',
      '\nExample:\n  soundbite find --transcript episode.vtt --title "The lamp on table four" --limit 10',
    )
    .action(
      (options: {
        transcript: string;
        media?: string;
        title?: string;
        limit?: number;
        all?: true;
        weights?: string;
        profile?: ScoreProfile;
        platform?: PresetId;
      }) =>
        run('looks', ({ call, output }) =>
          runFind(call, output, {
            transcriptPath: options.transcript,
            ...(options.media === undefined ? {} : { mediaPath: options.media }),
            ...(options.title === undefined ? {} : { title: options.title }),
            ...(options.limit === undefined ? {} : { limit: options.limit }),
            ...(options.all === undefined ? {} : { all: options.all }),
            ...(options.weights === undefined ? {} : { weightsPath: options.weights }),
            ...(options.profile === undefined ? {} : { profile: options.profile }),
            ...(options.platform === undefined ? {} : { platform: options.platform }),
          }),
        ),
    );
}

interface ImportOptions {
  readonly transcript?: string;
  readonly title?: string;
  readonly together: boolean;
  readonly replaces?: string;
}

/** The one recording that replaces another; the episode keeps its title, and its transcript moves. */
function theOnly([first = '', ...others]: readonly string[], options: ImportOptions): string {
  if (others.length > 0 || options.together || (options.transcript ?? options.title) !== undefined)
    throw new AppError('BAD_INPUT', '--replaces takes one recording and nothing else about it');
  return first;
}

function addLibrary(program: Command, run: RunCommand): void {
  program
    .command('import')
    .description('take recordings in: each is linked where it is, listened to and searched for clips')
    .argument('<media...>', 'the recordings')
    .option('-t, --transcript <file>', 'transcript of the recording (one recording only)')
    .option('--title <title>', 'title of the episode (one recording only)')
    .option('--together', 'the recordings are microphones of one conversation', false)
    .option(
      '--replaces <episode>',
      'the recording is a new version of this episode: words and clips move along',
    )
    .addOption(json())
    .addHelpText('after', '\nExample:\n  soundbite import episode.mp4 --transcript episode.srt')
    .action((media: string[], options: ImportOptions) =>
      run('works', ({ call, output }) => {
        const { replaces } = options;
        if (replaces !== undefined)
          return runReplace(call, output, { media: theOnly(media, options), episodeId: replaces });
        const isOne = media.length === 1 || options.together;
        if (!isOne && (options.transcript ?? options.title) !== undefined) {
          throw new AppError(
            'BAD_INPUT',
            'a transcript or a title belongs to one recording; import them one by one',
          );
        }
        return runImport(call, output, { media, ...options });
      }),
    );
  program
    .command('episodes')
    .description('list the episodes of the library')
    .addOption(json())
    .addHelpText('after', '\nExample:\n  soundbite episodes --json')
    .action(() => run('looks', ({ call, output }) => runEpisodes(call, output)));
  program
    .command('clips')
    .description('list the clips of an episode, best first, each with the reasons for its score')
    .argument('<episode>', 'id of the episode')
    .addOption(new Option('-l, --limit <count>', 'how many clips').argParser(wholeNumber))
    .addOption(json())
    .addHelpText('after', '\nExample:\n  soundbite clips ep-7k2m9q4x0d --limit 5')
    .action((episodeId: string, options: { limit?: number }) =>
      run('looks', ({ call, output }) =>
        runClips(call, output, {
          episodeId,
          ...(options.limit === undefined ? {} : { limit: options.limit }),
        }),
      ),
    );
  withExportOptions(program.command('export'))
    .description('render clips for one or more platforms')
    .argument('<clips...>', 'ids of the clips')
    .addOption(presetOption())
    .option('-o, --out <folder>', 'where the files go', 'clips')
    .addOption(json())
    .addHelpText(
      'after',
      `\nPresets:\n${presetTable()}\n\nExample:\n  soundbite export clip-4d8z0m1k7q --preset reels --preset x`,
    )
    .action((clipIds: string[], options: ExportFlags & { preset?: PresetId[]; out: string }) =>
      run('works', ({ call, output }) =>
        runExport(call, output, {
          clipIds,
          presets: options.preset ?? ['tiktok'],
          out: options.out,
          options: exportOptionsOf(options),
        }),
      ),
    );
}

function addServe(program: Command, serve: RunServe): void {
  program
    .command('serve')
    .description('open the window in a browser on this machine; the work goes on when it is closed')
    .addOption(
      new Option('--port <port>', 'port on 127.0.0.1; any that is free when left out')
        .argParser(portNumber)
        .default(0, 'any free port'),
    )
    .option('--no-open', 'only print the address')
    .addOption(json())
    .addHelpText(
      'after',
      '\nThe address works once, for one browser, and only on this machine.\n\nExample:\n  soundbite serve --no-open',
    )
    .action((options: { port: number; open: boolean }) => serve(options));
}

/** Turns commander's own complaints into ours; help and version are no errors. */
export function toUsageError(error: unknown): unknown {
  if (!(error instanceof CommanderError) || error.exitCode === 0) return error;
  // What commander says when it would print the help instead of doing anything.
  if (error.code === 'commander.help') return new AppError('BAD_INPUT', 'a command is missing');
  return new AppError('BAD_INPUT', error.message.replace(/^error: /, ''), { cause: error });
}
