import { z } from 'zod';
import { Job, JobState, Lane } from '../domain/job.ts';
import { call } from './call.ts';

const jobId = z.int().min(1);
const Scope = z.union([z.literal('all'), Lane]);
const Counts = z.record(JobState, z.int());

export const QueueStatus = z.object({
  counts: Counts,
  lanes: z.record(Lane, Counts),
  total: z.int(),
  isProcessing: z.boolean(),
  /** Scopes that a person has paused: all, or the names of lanes. */
  paused: z.array(Scope),
  running: z.array(Job),
  waiting: z.array(Job),
  recentFailures: z.array(Job),
  workers: z.array(z.object({ id: z.string(), pid: z.int(), host: z.string(), startedAtMs: z.int() })),
  production: z.object({ productionActive: z.boolean() }),
  /** Seconds until the work under way is done, where its speed is known. */
  etaS: z.number().nullable(),
});
export type QueueStatus = z.infer<typeof QueueStatus>;

export const queueCalls = {
  'queue.status': call(z.strictObject({}), QueueStatus),
  'queue.pause': call(z.strictObject({ scope: Scope }), QueueStatus),
  'queue.resume': call(z.strictObject({ scope: Scope }), QueueStatus),
  'jobs.get': call(z.strictObject({ jobId }), Job),
  'jobs.pause': call(z.strictObject({ jobId }), Job),
  'jobs.resume': call(z.strictObject({ jobId }), Job),
  /** Runs a failed or cancelled job again, from the stage it had reached. */
  'jobs.retry': call(z.strictObject({ jobId }), Job),
  'jobs.cancel': call(z.strictObject({ jobId }), Job),
  /** Answers when every one of these jobs is completed, failed or cancelled. */
  'jobs.settled': call(z.strictObject({ jobIds: z.array(jobId).min(1) }), z.array(Job)),
};
