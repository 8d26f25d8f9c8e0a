import { Argument, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import { ScoreProfile, type EpisodeProfile } from '../../../domain/show.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import type { Output } from '../output.ts';

const AS_THE_SHOW = 'show';

export function addProfile(program: Command, run: RunCommand): void {
  program
    .command('profile')
    .description('what an episode is searched for: insight, humour, story, or an even mix')
    .argument('<episode>', 'id of the episode')
    .addArgument(
      new Argument('[profile]', `what to look for; "${AS_THE_SHOW}" follows the show again`).choices([
        ...ScoreProfile.options,
        AS_THE_SHOW,
      ]),
    )
    .option('--for-show', 'choose for the whole show; its other episodes follow with their next search')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite profile ep-7k2m9q4x0d humour --for-show')
    .action((episodeId: string, profile: string | undefined, { forShow }: { readonly forShow?: true }) =>
      run('looks', async ({ call, output }) => {
        tell(output, await choose(call, episodeId, profile, forShow === true));
      }),
    );
}

async function choose(
  call: Caller,
  episodeId: string,
  profile: string | undefined,
  forShow: boolean,
): Promise<EpisodeProfile> {
  if (profile === undefined && !forShow) return call('profile.of', { episodeId });
  if (profile === AS_THE_SHOW && !forShow) return call('profile.choose', { episodeId, profile: null });
  const named = ScoreProfile.safeParse(profile);
  if (!named.success)
    throw new AppError('BAD_INPUT', `--for-show needs one of ${ScoreProfile.options.join(', ')}`);
  return call(forShow ? 'profile.chooseForShow' : 'profile.choose', { episodeId, profile: named.data });
}

function tell(output: Output, profile: EpisodeProfile): void {
  const { inForce, ofShow, ofEpisode } = profile;
  const why = ofEpisode === null ? 'as the show' : `chosen for this episode; the show has ${ofShow}`;
  output.result(profile, () => [`${inForce}, ${why}`]);
}
