import type { Database } from 'better-sqlite3';
import {
  Job,
  JobFailure,
  PRIORITIES,
  type JobState,
  type Lane,
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
  readonly payload: string;
  readonly label: string;
  readonly episode_id: string | null;
  readonly attempt: number;
  readonly max_attempts: number;
  readonly worker_id: string | null;
  readonly lease_token: string | null;
  readonly stop_request: 'cancel' | 'pause' | 'park' | null;
  readonly stage: string | null;
  readonly progress: number;
  readonly eta_s: number | null;
  readonly artifacts: string;
  readonly publish_intent: string | null;
  readonly result: string | null;
  readonly failure: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
}

export interface NewJob {
  readonly kind: string;
  readonly lane: Lane;
  readonly priority: PriorityName;
  readonly payload: unknown;
  readonly label: string;
  readonly episodeId?: string | null;
  /** A second job of this key while one is alive is the same job; the more urgent ask wins. */
  readonly uniqueKey?: string;
  readonly maxAttempts?: number;
}

const PRIORITY_NAMES = Object.keys(PRIORITIES) as PriorityName[];

export function toJob(row: JobRow): Job {
  return Job.parse({
    id: row.id,
    kind: row.kind,
    lane: row.lane,
    state: row.state,
    priority: PRIORITY_NAMES[row.priority],
    label: row.label,
    episodeId: row.episode_id,
    stage: row.stage,
    order: readJson(row.payload),
    progress: row.progress,
    etaS: row.eta_s,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    createdAtMs: row.created_at,
    startedAtMs: row.started_at,
    finishedAtMs: row.finished_at,
    failure: row.failure === null ? null : JobFailure.parse(readJson(row.failure)),
    result: row.result === null ? null : readJson(row.result),
  });
}

/** The best ready job of each open lane, and of those the most urgent; production always finds one place free. */
const CLAIM = `
  UPDATE jobs SET state = 'processing', attempt = attempt + 1, worker_id = @workerId, lease_token = @token,
                  lease_counter = 0, stop_request = NULL, started_at = coalesce(started_at, @nowMs)
  WHERE id = (
    SELECT best.id
    FROM (VALUES ('production'), ('intake'), ('review'), ('upkeep')) AS lane
    JOIN jobs AS best ON best.id = (
      SELECT id FROM jobs WHERE lane = lane.column1 AND state = 'pending' AND run_at IS NULL ORDER BY priority, id LIMIT 1)
    WHERE NOT EXISTS (SELECT 1 FROM queue_pauses WHERE scope IN ('all', lane.column1))
      AND (SELECT count(*) FROM jobs WHERE state = 'processing') < @maxJobs
      AND (lane.column1 = 'production'
           OR (SELECT count(*) FROM jobs WHERE state = 'processing' AND lane <> 'production') < max(1, @maxJobs - 1))
    ORDER BY best.priority, best.id
    LIMIT 1)
  RETURNING *`;

const ENQUEUE = `
  INSERT INTO jobs (kind, lane, state, priority, payload, label, episode_id, unique_key, max_attempts, created_at)
  VALUES (@kind, @lane, 'pending', @priority, @payload, @label, @episodeId, @uniqueKey, @maxAttempts, @nowMs)
  ON CONFLICT (unique_key) WHERE unique_key IS NOT NULL AND state IN ('pending', 'processing', 'paused')
  DO UPDATE SET priority = min(priority, excluded.priority)
  RETURNING *`;

/** How a lease ends; every form names the token, so that a worker that lost the job changes nothing. */
const RELEASE = 'lease_token = NULL, worker_id = NULL, stop_request = NULL, eta_s = NULL';

export function jobRepository(db: Database) {
  const enqueue = db.prepare<Record<string, unknown>, JobRow>(ENQUEUE);
  const claim = db.prepare<{ workerId: string; token: string; nowMs: number; maxJobs: number }, JobRow>(
    CLAIM,
  );
  const renew = db.prepare<Record<string, unknown>, JobRow>(
    `UPDATE jobs SET lease_counter = lease_counter + 1, stage = @stage, progress = @progress, eta_s = @etaS
     WHERE lease_token = @token RETURNING *`,
  );
  const saveArtifacts = db.prepare('UPDATE jobs SET artifacts = @artifacts WHERE lease_token = @token');
  const setEpisode = db.prepare('UPDATE jobs SET episode_id = @episodeId WHERE lease_token = @token');
  const saveIntent = db.prepare('UPDATE jobs SET publish_intent = @intent WHERE lease_token = @token');
  const complete = db.prepare(
    `UPDATE jobs SET state = 'completed', progress = 1, result = @result, failure = NULL, finished_at = @nowMs, ${RELEASE}
     WHERE lease_token = @token`,
  );
  const cancelled = db.prepare(
    `UPDATE jobs SET state = 'cancelled', finished_at = @nowMs, ${RELEASE} WHERE lease_token = @token`,
  );
  const park = db.prepare(
    `UPDATE jobs SET state = @state, attempt = attempt - 1, ${RELEASE} WHERE lease_token = @token`,
  );
  const fail = db.prepare(
    `UPDATE jobs SET state = 'failed', failure = @failure, finished_at = @nowMs, ${RELEASE} WHERE lease_token = @token`,
  );
  const retryAt = db.prepare(
    `UPDATE jobs SET state = 'pending', run_at = @runAtMs, failure = @failure, ${RELEASE} WHERE lease_token = @token`,
  );
  const makeDueReady = db.prepare(
    `UPDATE jobs SET run_at = NULL WHERE state = 'pending' AND run_at IS NOT NULL AND (run_at <= @nowMs OR run_at > @latestMs)`,
  );
  const hasDelayed = db.prepare<[], number>(
    "SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'pending' AND run_at IS NOT NULL)",
  );
  const recoverOf = db.prepare<{ workerId: string; nowMs: number }, JobRow>(
    `UPDATE jobs SET state = CASE stop_request WHEN 'cancel' THEN 'cancelled' WHEN 'pause' THEN 'paused' ELSE 'pending' END,
                     finished_at = CASE stop_request WHEN 'cancel' THEN @nowMs END,
                     attempt = attempt - 1, crashes = crashes + 1, ${RELEASE}
     WHERE state = 'processing' AND worker_id = @workerId RETURNING *`,
  );
  const cancelWaiting = db.prepare(
    `UPDATE jobs SET state = 'cancelled', run_at = NULL, finished_at = @nowMs WHERE id = @id AND state IN ('pending', 'paused')`,
  );
  const pauseWaiting = db.prepare(
    `UPDATE jobs SET state = 'paused', run_at = NULL WHERE id = @id AND state = 'pending'`,
  );
  const resumePaused = db.prepare(`UPDATE jobs SET state = 'pending' WHERE id = @id AND state = 'paused'`);
  const revive = db.prepare(
    `UPDATE jobs SET state = 'pending', attempt = 0, progress = 0, failure = NULL, finished_at = NULL, run_at = NULL
     WHERE id = @id AND state IN ('failed', 'cancelled')`,
  );
  const requestStop = db.prepare(
    `UPDATE jobs SET stop_request = @request WHERE id = @id AND state = 'processing'`,
  );
  const requestParking = db.prepare(
    `UPDATE jobs SET stop_request = 'park'
     WHERE state = 'processing' AND stop_request IS NULL AND (@scope = 'all' OR lane = @scope)`,
  );
  const pauseScope = db.prepare(
    'INSERT OR IGNORE INTO queue_pauses (scope, paused_at) VALUES (@scope, @nowMs)',
  );
  const resumeScope = db.prepare<[string]>('DELETE FROM queue_pauses WHERE scope = ?');
  const pauses = db.prepare<[], { scope: string }>('SELECT scope FROM queue_pauses ORDER BY scope');
  const byId = db.prepare<[number], JobRow>('SELECT * FROM jobs WHERE id = ?');
  const byToken = db.prepare<[string], { id: number }>('SELECT id FROM jobs WHERE lease_token = ?');
  const unfinished = db.prepare<[], JobRow>(
    `SELECT * FROM jobs WHERE state IN ('pending', 'processing', 'paused') ORDER BY state = 'processing' DESC, priority, id`,
  );
  const looks = db
    .prepare<[], [number, string]>(
      `SELECT id, state || ' ' || coalesce(stage, '') || ' ' || progress FROM jobs
       WHERE state IN ('pending', 'processing', 'paused')`,
    )
    .raw();
  const recentFailures = db.prepare<[number], JobRow>(
    `SELECT * FROM jobs WHERE state = 'failed' ORDER BY finished_at DESC, id DESC LIMIT ?`,
  );
  const counts = db.prepare<[], { lane: Lane; state: JobState; count: number }>(
    'SELECT lane, state, count(*) AS count FROM jobs GROUP BY lane, state',
  );
  return {
    enqueue(job: NewJob, nowMs: number): JobRow {
      const row = enqueue.get({
        kind: job.kind,
        lane: job.lane,
        priority: PRIORITIES[job.priority],
        payload: JSON.stringify(job.payload),
        label: job.label,
        episodeId: job.episodeId ?? null,
        uniqueKey: job.uniqueKey ?? null,
        maxAttempts: job.maxAttempts ?? 3,
        nowMs,
      });
      if (row === undefined) throw new Error('an INSERT … RETURNING gave no row');
      return row;
    },
    claim: (worker: { workerId: string; token: string; nowMs: number; maxJobs: number }) => claim.get(worker),
    renewLease: (beat: { token: string; stage: string | null; progress: number; etaS: number | null }) =>
      renew.get(beat),
    saveArtifacts: (token: string, artifacts: unknown) =>
      saveArtifacts.run({ token, artifacts: JSON.stringify(artifacts) }).changes === 1,
    setEpisode: (token: string, episodeId: string) => setEpisode.run({ token, episodeId }).changes === 1,
    savePublishIntent: (token: string, intent: unknown) =>
      saveIntent.run({ token, intent: JSON.stringify(intent) }).changes === 1,
    complete: (token: string, result: unknown, nowMs: number) =>
      complete.run({ token, result: JSON.stringify(result), nowMs }).changes === 1,
    markCancelled: (token: string, nowMs: number) => cancelled.run({ token, nowMs }).changes === 1,
    /** Gives the job back with its attempt: to wait again, or to stay until a person resumes it. */
    park: (token: string, state: 'pending' | 'paused') => park.run({ token, state }).changes === 1,
    fail: (token: string, failure: JobFailure, nowMs: number) =>
      fail.run({ token, failure: JSON.stringify(failure), nowMs }).changes === 1,
    retryAt: (token: string, failure: JobFailure, runAtMs: number) =>
      retryAt.run({ token, failure: JSON.stringify(failure), runAtMs }).changes === 1,
    hasDelayed: () => hasDelayed.pluck().get() === 1,
    /** Delayed jobs whose time has come, or lies further off than any back-off: then the clock was set back. */
    makeDueReady: (nowMs: number, longestDelayMs: number) =>
      makeDueReady.run({ nowMs, latestMs: nowMs + longestDelayMs }).changes,
    /** Takes back what a dead worker held; the crash costs no attempt. */
    recoverFrom: (workerId: string, nowMs: number) => recoverOf.all({ workerId, nowMs }),
    cancelWaiting: (id: number, nowMs: number) => cancelWaiting.run({ id, nowMs }).changes === 1,
    pauseWaiting: (id: number) => pauseWaiting.run({ id }).changes === 1,
    resumePaused: (id: number) => resumePaused.run({ id }).changes === 1,
    revive: (id: number) => revive.run({ id }).changes === 1,
    requestStop: (id: number, request: 'cancel' | 'pause') => requestStop.run({ id, request }).changes === 1,
    pauseScope(scope: 'all' | Lane, nowMs: number): void {
      pauseScope.run({ scope, nowMs });
      requestParking.run({ scope });
    },
    resumeScope: (scope: 'all' | Lane) => resumeScope.run(scope).changes === 1,
    pauses: () => pauses.all().map(({ scope }) => scope),
    get: (id: number) => byId.get(id),
    isLeased: (token: string) => byToken.get(token) !== undefined,
    listUnfinished: () => unfinished.all(),
    /** How each unfinished job looks, in one comparable word. */
    looks: () => looks.all(),
    listRecentFailures: (limit: number) => recentFailures.all(limit),
    counts: () => counts.all(),
  };
}
export type JobRepository = ReturnType<typeof jobRepository>;
