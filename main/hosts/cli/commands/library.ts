import type { Caller } from '../../../api/dispatch.ts';
import { toWireError } from '../../../domain/errors.ts';
import type { PresetId } from '../../../domain/preset.ts';
import type { ExportOptions } from '../../../domain/recipe.ts';
import { describeClip, describeEpisode, describeExport, describeSeen } from '../describe.ts';
import type { Output } from '../output.ts';
import { settleTranscriptions } from './transcribe.ts';
import { episodeIdOf, errorOf, exportedFiles } from '../work.ts';

export interface ImportCommand {
  readonly media: readonly string[];
  readonly transcript?: string;
  readonly title?: string;
  readonly together: boolean;
}

/** Takes recordings in; those that could not be used are told after those that could. */
export async function runImport(call: Caller, output: Output, command: ImportCommand): Promise<void> {
  const { jobs } = await call('episodes.import', {
    paths: [...command.media],
    together: command.together,
    ...(command.transcript === undefined ? {} : { transcriptPath: command.transcript }),
    ...(command.title === undefined ? {} : { title: command.title }),
  });
  const settled = await call('jobs.settled', { jobIds: jobs.map((job) => job.id) });
  const failure = settled.map(errorOf).find((error) => error !== undefined);
  const ids = [...new Set(settled.filter((job) => job.state === 'completed').map(episodeIdOf))];
  await settleTranscriptions(call, output, ids);
  const episodes = await Promise.all(ids.map((episodeId) => call('episodes.get', { episodeId })));
  const offers = await call('episodes.groupMicrophones', { episodeIds: ids });
  for (const offer of offers) {
    output.note(
      `These look like one conversation with a microphone each (${offer.speakers.join(', ')}). ` +
        `To import them as one episode: import --together ${offer.paths.map((path) => JSON.stringify(path)).join(' ')}`,
    );
  }
  if (failure === undefined || episodes.length > 0) {
    const error = failure === undefined ? {} : { error: toWireError(failure) };
    output.result({ ...error, episodes, offers }, () => episodes.flatMap(describeEpisode));
  }
  if (failure !== undefined) throw failure;
}

export async function runEpisodes(call: Caller, output: Output): Promise<void> {
  const episodes = await call('episodes.list', {});
  output.result({ episodes }, () =>
    episodes.length === 0
      ? ['No episodes yet. Import one: soundbite import FILE']
      : episodes.flatMap(describeEpisode),
  );
}

export async function runClips(
  call: Caller,
  output: Output,
  command: { readonly episodeId: string; readonly limit?: number },
): Promise<void> {
  const best = await call('clips.list', command);
  const hitRate = await call('learning.hitRate', { episodeId: command.episodeId });
  // A score that foretells nothing is no order to read a list in.
  const clips = hitRate?.isBetterThanChance === false ? best.toSorted((a, b) => a.inS - b.inS) : best;
  output.result({ clips, hitRate }, () =>
    clips.length === 0
      ? ['No clips in this episode.']
      : [
          ...(hitRate === null ? [] : [hitRate.sentence, '']),
          ...clips.flatMap((clip) => [...describeClip(clip, clip.rank, clip.id), ...describeSeen(clip), '']),
        ],
  );
}

export interface ExportCommand {
  readonly clipIds: readonly string[];
  readonly presets: readonly PresetId[];
  readonly out: string;
  readonly options: ExportOptions;
}

export async function runExport(call: Caller, output: Output, command: ExportCommand): Promise<void> {
  const { jobs } = await call('exports.create', {
    clipIds: [...command.clipIds],
    presets: [...command.presets],
    folder: command.out,
    ...command.options,
  });
  const settled = await call('jobs.settled', { jobIds: jobs.map((job) => job.id) });
  const files = await exportedFiles(call, settled);
  const failure = settled.map(errorOf).find((error) => error !== undefined);
  if (failure === undefined || files.length > 0) {
    const error = failure === undefined ? {} : { error: toWireError(failure) };
    output.result({ ...error, exports: files }, () => files.flatMap(describeExport));
  }
  if (failure !== undefined) throw failure;
}
