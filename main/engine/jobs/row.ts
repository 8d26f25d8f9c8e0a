import {
  JobFailure,
  PRIORITIES,
  type Job,
  type JobState,
  type Lane,
  type Origin,
  type PausedBecause,
  type PriorityName,
} from '../../domain/job.ts';
import { readJson } from '../db/json.ts';

/** A job as the engine works on it. */
export interface JobRow {
  readonly id: number;
  readonly kind: string;
  readonly lane: Lane;
  readonly state: JobState;
  readonly priority: number;
  readonly place: number | null;
  readonly run_at: number | null;
  readonly origin: Origin;
  readonly payload: string;
  readonly label: string;
  readonly episode_id: string | null;
  readonly show_id: string | null;
  readonly attempt: number;
  readonly max_attempts: number;
  readonly claims: number;
  readonly crashes: number;
  readonly worker_id: string | null;
  readonly lease_token: string | null;
  readonly lease_counter: number;
  readonly stop_request: StopRequest | null;
  readonly paused_because: PausedBecause | null;
  readonly stage: string | null;
  readonly progress: number;
  readonly rate_per_s: number | null;
  readonly eta_s: number | null;
  readonly artifacts: string;
  readonly items_total: number;
  readonly items_done: number;
  readonly items_failed: number;
  readonly items_duplicate: number;
  readonly publish_intent: string | null;
  readonly result: string | null;
  readonly failure: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
}

/** What a worker can be asked to do with the job it holds; the heartbeat carries it over. */
export type StopRequest = 'cancel' | 'pause' | 'park' | 'yield';

export interface NewJob {
  readonly kind: string;
  readonly lane: Lane;
  readonly priority: PriorityName;
  readonly payload: unknown;
  readonly label: string;
  /** A person's by default. */
  readonly origin?: Origin;
  readonly episodeId?: string | null;
  readonly showId?: string | null;
  /** A second job of this key while one is alive is the same job; the more urgent ask wins. */
  readonly uniqueKey?: string;
  readonly maxAttempts?: number;
}

const PRIORITY_NAMES = Object.keys(PRIORITIES) as PriorityName[];

/** The row's own CHECKs guarantee what the schema asks; only the failure was written by an older build, perhaps. */
export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    lane: row.lane,
    state: row.state,
    priority: PRIORITY_NAMES[row.priority] ?? 'normal',
    origin: row.origin,
    pausedBecause: row.paused_because,
    workerId: row.worker_id,
    label: row.label,
    episodeId: row.episode_id,
    stage: row.stage,
    order: readJson(row.payload) as Job['order'],
    progress: row.progress,
    ratePerS: row.rate_per_s,
    etaS: row.eta_s,
    items: row.items_total === 0 ? null : itemCountsOf(row),
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    crashes: row.crashes,
    runAtMs: row.run_at,
    createdAtMs: row.created_at,
    startedAtMs: row.started_at,
    finishedAtMs: row.finished_at,
    failure: row.failure === null ? null : JobFailure.parse(readJson(row.failure)),
    result: row.result === null ? null : (readJson(row.result) as Job['result']),
  };
}

const itemCountsOf = (row: JobRow): NonNullable<Job['items']> => ({
  total: row.items_total,
  done: row.items_done,
  failed: row.items_failed,
  duplicates: row.items_duplicate,
});
