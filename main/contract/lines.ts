import { z } from 'zod';
import { EpisodeLine } from '../domain/line.ts';
import { call } from './call.ts';

export const lineCalls = {
  /** Whole sentences of 3 to 12 s that stand alone, best first: for cold opens and quote cards. */
  'clips.lines': call(
    z.strictObject({ episodeId: z.string().min(1), limit: z.int().min(1).max(1000).optional() }),
    z.array(EpisodeLine),
  ),
};
