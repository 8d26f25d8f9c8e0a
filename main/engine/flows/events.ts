import type { Job } from '../../domain/job.ts';

/** What the engine tells whoever listens; the contract passes the same facts on to other processes. */
export interface EngineEvents {
  'jobs.changed': Job;
  'episodes.changed': { episodeId: string };
}
export type EventName = keyof EngineEvents;
export type EventPayload<E extends EventName> = EngineEvents[E];
