import { z } from 'zod';
import { BatchEntry } from '../domain/batch.ts';
import { Job } from '../domain/job.ts';
import { call } from './call.ts';

const path = z.string().min(1).max(4096);

export const batchCalls = {
  /**
   * Says what a batch of recordings and folders will do with each, before anything is done. Without paths: what the last
   * batch was given, or with retryFailed alone every recording that failed.
   */
  'batch.plan': call(
    z.strictObject({
      paths: z.array(path).max(10_000),
      resume: z.boolean(),
      retryFailed: z.boolean(),
    }),
    z.object({ entries: z.array(BatchEntry) }),
  ),
  /** Takes a recording in as soon as the queue has a place for one more of an automatic source. */
  'batch.add': call(z.strictObject({ path }), z.object({ job: Job })),
};
