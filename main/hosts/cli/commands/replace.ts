import type { Caller } from '../../../api/dispatch.ts';
import { VersionOutcome } from '../../../domain/newVersion.ts';
import { describeEpisode } from '../describe.ts';
import type { Output } from '../output.ts';
import { assertCompleted } from '../work.ts';

export interface ReplaceCommand {
  readonly media: string;
  readonly episodeId: string;
}

/** Puts a new version of its recording under an episode; what could not be moved is told. */
export async function runReplace(
  call: Caller,
  output: Output,
  { media, episodeId }: ReplaceCommand,
): Promise<void> {
  const { job } = await call('episodes.replaceMedia', { episodeId, path: media });
  const [settled = job] = await call('jobs.settled', { jobIds: [job.id] });
  assertCompleted(settled);
  const version = VersionOutcome.parse(settled.result);
  const episode = await call('episodes.get', { episodeId });
  output.result({ episodes: [episode], version }, () => [
    ...describeEpisode(episode),
    describeMoved(version),
  ]);
}

const describeMoved = ({ moved, changedClips, gone }: VersionOutcome): string =>
  `      moved: ${moved.sentences} sentences, ${moved.edits} corrections, ${moved.clips} clips (${changedClips.length} of them changed), ` +
  `${moved.offLimits} ranges off limits, ${moved.marks} marks; cut: ${gone.clips.length} clips`;
