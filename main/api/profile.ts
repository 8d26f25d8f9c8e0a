import type { profileCalls } from '../contract/profile.ts';
import { chooseForEpisode, chooseForShow, profileOf } from '../engine/flows/profile.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function profileHandlers(open: OpenEngine): HandlersOf<keyof typeof profileCalls> {
  return {
    'profile.of': async ({ episodeId }) => profileOf(await open(), episodeId),
    'profile.choose': async ({ episodeId, profile }) => chooseForEpisode(await open(), episodeId, profile),
    'profile.chooseForShow': async ({ episodeId, profile }) =>
      chooseForShow(await open(), episodeId, profile),
  };
}
