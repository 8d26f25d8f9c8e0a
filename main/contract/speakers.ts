import { z } from 'zod';
import { Job } from '../domain/job.ts';
import { call } from './call.ts';

export const speakerCalls = {
  /** Tells the speakers of an episode apart by their voices, as a job; its words, edits and clips stay where they are. */
  'speakers.tell': call(
    z.strictObject({
      episodeId: z.string().min(1),
      /** How many people speak, where somebody knows. */
      speakers: z.int().min(1).max(20).optional(),
    }),
    z.object({ job: Job }),
  ),
};
