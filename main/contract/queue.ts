import { z } from 'zod';
import { Job, JobState, Lane, PauseReason, PriorityName } from '../domain/job.ts';
import { ProductionStatus } from '../domain/production.ts';
import { call } from './call.ts';

const jobId = z.int().min(1);
const Scope = z.union([z.literal('all'), Lane]);
const Counts = z.record(JobState, z.int());

export const QueueStatus = z.object({
  counts: Counts,
  lanes: z.record(Lane, Counts),
  total: z.int(),
  isProcessing: z.boolean(),
  /** What is paused and why: a person's pause stays until a person ends it, the others end by themselves. */
  pauses: z.array(z.object({ scope: Scope, because: PauseReason })),
  /** Scopes that are paused for whatever reason: all, or the names of lanes. */
  paused: z.array(Scope),
  running: z.array(Job),
  /** The next of those that wait, paused ones included; `queue.list` has the rest. */
  waiting: z.array(Job),
  recentFailures: z.array(Job),
  workers: z.array(
    z.object({
      id: z.string(),
      pid: z.int(),
      host: z.string(),
      role: z.enum(['window', 'command', 'worker']),
      startedAtMs: z.int(),
      heartbeatAtMs: z.int(),
      /** The jobs it works on. */
      jobIds: z.array(z.int()),
    }),
  ),
  production: ProductionStatus,
  /** Lines about what happened by itself: what was recovered, what slept; the newest last. */
  notices: z.array(z.object({ text: z.string(), atMs: z.int() })),
  /** Seconds until everything that runs and waits is done, where the speed of all of it is known. */
  etaS: z.number().nullable(),
});
export type QueueStatus = z.infer<typeof QueueStatus>;

export const queueCalls = {
  'queue.status': call(z.strictObject({}), QueueStatus),
  'queue.pause': call(z.strictObject({ scope: Scope }), QueueStatus),
  'queue.resume': call(z.strictObject({ scope: Scope }), QueueStatus),
  /** Jobs of one state in the order of their numbers, a page at a time. */
  'queue.list': call(
    z.strictObject({
      state: JobState,
      lane: Lane.nullable().default(null),
      afterId: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(50),
    }),
    z.object({ jobs: z.array(Job) }),
  ),
  /** Forgets jobs that have ended; what they made stays. */
  'queue.clean': call(
    z.strictObject({ state: z.enum(['failed', 'completed', 'cancelled']) }),
    z.object({ removed: z.int(), status: QueueStatus }),
  ),
  /** Runs every failed job again, or those of one lane. */
  'queue.retryFailed': call(z.strictObject({ lane: Lane.nullable().default(null) }), z.array(Job)),
  /** Lets the work go on that was put aside when the program started. */
  'queue.resumeLeftovers': call(z.strictObject({}), z.array(Job)),
  'production.status': call(z.strictObject({}), ProductionStatus),
  /** Background review stands aside until a person says otherwise, over restarts. */
  'production.pause': call(z.strictObject({}), ProductionStatus),
  /** Background review goes on, even beside an export that runs. */
  'production.resume': call(z.strictObject({}), ProductionStatus),
  /** Background review follows the production lock again. */
  'production.follow': call(z.strictObject({}), ProductionStatus),
  'jobs.get': call(z.strictObject({ jobId }), Job),
  'jobs.pause': call(z.strictObject({ jobId }), Job),
  'jobs.resume': call(z.strictObject({ jobId }), Job),
  /** Runs a failed or cancelled job again, from the stage it had reached. */
  'jobs.retry': call(z.strictObject({ jobId }), Job),
  'jobs.cancel': call(z.strictObject({ jobId }), Job),
  'jobs.setPriority': call(z.strictObject({ jobId, priority: PriorityName }), Job),
  /** Moves a waiting job in its lane: before another one, or behind all with null. */
  'jobs.move': call(z.strictObject({ jobId, beforeJobId: jobId.nullable() }), Job),
  /** Answers when every one of these jobs is completed, failed or cancelled. */
  'jobs.settled': call(z.strictObject({ jobIds: z.array(jobId).min(1) }), z.array(Job)),
};
