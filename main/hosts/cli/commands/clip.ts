import type { Caller } from '../../../api/dispatch.ts';
import type { Clip } from '../../../domain/clip.ts';
import { AppError, toWireError } from '../../../domain/errors.ts';
import type { ExportedFile } from '../../../domain/exportedFile.ts';
import type { PresetId } from '../../../domain/preset.ts';
import type { ExportOptions } from '../../../domain/recipe.ts';
import { describeClip, describeEpisode, describeExport } from '../describe.ts';
import type { Output } from '../output.ts';
import { settleTranscriptions } from './transcribe.ts';
import { assertCompleted, episodeIdOf, errorOf, exportedFiles } from '../work.ts';

export interface ClipCommand {
  readonly media: string;
  readonly transcript?: string;
  readonly title?: string;
  readonly presets: readonly PresetId[];
  readonly top: number;
  readonly out: string;
  readonly options: ExportOptions;
}

/** The main job: import, find, and export the best few; what was made is told even when one export failed. */
export async function runClip(call: Caller, output: Output, command: ClipCommand): Promise<void> {
  const { folder } = await call('exports.checkFolder', { folder: command.out });
  const imported = await call('episodes.import', {
    paths: [command.media],
    atLeast: command.top,
    ...(command.transcript === undefined ? {} : { transcriptPath: command.transcript }),
    ...(command.title === undefined ? {} : { title: command.title }),
  });
  const [intake] = await call('jobs.settled', { jobIds: imported.jobs.map((job) => job.id) });
  if (intake === undefined) throw new AppError('INTERNAL', 'an import made no job');
  assertCompleted(intake);
  await settleTranscriptions(call, output, [episodeIdOf(intake)]);
  const episode = await call('episodes.get', { episodeId: episodeIdOf(intake) });
  const all = await call('clips.list', { episodeId: episode.id });
  const clips = all.filter((clip) => clip.state !== 'rejected' && clip.isCut !== true).slice(0, command.top);
  if (clips.length === 0) {
    throw new AppError(episode.hasAudio ? 'NO_SPEECH' : 'NO_SOUND', `nothing to clip in ${command.media}`);
  }
  const asked = await call('exports.create', {
    clipIds: clips.map((clip) => clip.id),
    presets: [...command.presets],
    folder,
    ...command.options,
  });
  const jobs = await call('jobs.settled', { jobIds: asked.jobs.map((job) => job.id) });
  const files = await exportedFiles(call, jobs);
  const asTheyAreNow = await call('clips.list', { episodeId: episode.id });
  const made = clips.map((chosen) => ({
    ...(asTheyAreNow.find((clip) => clip.id === chosen.id) ?? chosen),
    exports: files.filter((file) => file.clipId === chosen.id),
  }));
  const failure = jobs.map(errorOf).find((error) => error !== undefined);
  output.result(
    { ...(failure === undefined ? {} : { error: toWireError(failure) }), episode, clips: made },
    () => [...describeEpisode(episode), ...made.flatMap((clip) => ['', ...describeMade(clip)])],
  );
  if (failure !== undefined) throw failure;
}

const describeMade = (clip: Clip & { exports: readonly ExportedFile[] }): string[] => [
  ...describeClip(clip, clip.rank, clip.id),
  ...clip.exports.flatMap(describeExport),
];
