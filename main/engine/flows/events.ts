import type { Job } from '../../domain/job.ts';

/** The steps by which an export gets its final name, in this order. */
export type ExportStep = 'claimed' | 'rendered' | 'synced' | 'intended' | 'named' | 'folder-synced';

/** What the engine tells whoever listens; the contract passes the same facts on to other processes. */
export interface EngineEvents {
  'jobs.changed': Job;
  'episodes.changed': { episodeId: string };
  'queue.changed': Record<string, never>;
  'notice.given': { text: string; atMs: number };
  /** A step of an export was taken; told at once, so that a test can end the process exactly here. */
  'export.stepped': { jobId: number; step: ExportStep };
}
export type EventName = keyof EngineEvents;
export type EventPayload<E extends EventName> = EngineEvents[E];
