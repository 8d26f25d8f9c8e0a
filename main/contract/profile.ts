import { z } from 'zod';
import { EpisodeProfile, ScoreProfile } from '../domain/show.ts';
import { call } from './call.ts';

const episodeId = z.string().min(1);

export const profileCalls = {
  'profile.of': call(z.strictObject({ episodeId }), EpisodeProfile),
  /** Chooses what an episode is searched for, null being what its show says, and searches it again. */
  'profile.choose': call(z.strictObject({ episodeId, profile: ScoreProfile.nullable() }), EpisodeProfile),
  /** Chooses for the whole show; this episode follows at once, the others with their next search. */
  'profile.chooseForShow': call(z.strictObject({ episodeId, profile: ScoreProfile }), EpisodeProfile),
};
