import { z } from 'zod';
import { Job } from '../domain/job.ts';
import { call } from './call.ts';

export const versionCalls = {
  /**
   * Puts a new version of its recording under an episode, as one job: words, edits, clips, ranges off limits and marks move
   * to the new clock. The job's result is a VersionOutcome.
   */
  'episodes.replaceMedia': call(
    z.strictObject({ episodeId: z.string().min(1), path: z.string().min(1).max(4096) }),
    z.object({ job: Job }),
  ),
};
