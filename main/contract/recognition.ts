import { z } from 'zod';
import { Job } from '../domain/job.ts';
import { call } from './call.ts';

const episodeId = z.string().min(1);

export const recognitionCalls = {
  /** Recognises the words of an episode; what a person decided about its clips stays. */
  'recognition.start': call(
    z.strictObject({
      episodeId,
      modelId: z.string().min(1).max(200).optional(),
      /** BCP 47 tag; left out, the model finds out. */
      language: z.string().min(2).max(35).optional(),
    }),
    z.object({ job: Job }),
  ),
  /** The transcription of an episode that waits, runs or is paused; null where there is none. */
  'recognition.current': call(z.strictObject({ episodeId }), z.object({ job: Job.nullable() })),
};
