import type { Database } from 'better-sqlite3';
import { AppError } from '../../domain/errors.ts';
import { PRIORITIES, type JobFailure } from '../../domain/job.ts';
import type { JobRow, NewJob } from './row.ts';

/** What a person asks for is accepted up to this many waiting jobs; nobody clicks more. */
const MOST_OF_A_PERSON = 10_000;

const READY = `state = 'pending' AND run_at IS NULL`;
const IN_LINE = 'priority, coalesce(place, id), id';

/** A job that has waited this long counts as one priority higher against other lanes, so that none of them starves. */
const AGE_STEP_MS = 600_000;

/**
 * The best ready job of each open lane, and of those the most urgent, then the oldest.
 * Production always finds one place free; with a single place it goes first. Review stands aside while a hold covers it
 * (urgent reviews pass), and comes back one at a time afterwards; what a person says about it goes over both.
 */
const CLAIM = `
  WITH
    gate AS (
      SELECT CASE
        WHEN say = 'paused' THEN -1
        WHEN say = 'running' THEN 3
        WHEN EXISTS (SELECT 1 FROM production_holds WHERE level = 'all' AND expires_at > @nowMs) THEN 0
        WHEN next_claim_at > @nowMs AND ramp_ends_at > @nowMs AND ramp_ends_at - @nowMs <= @rampMs THEN 0
        ELSE 3 END AS lowest, say
      FROM review_gate),
    best (id, lane) AS (
      SELECT (SELECT id FROM jobs WHERE lane = 'production' AND ${READY} ORDER BY ${IN_LINE} LIMIT 1), 'production'
      UNION ALL SELECT (SELECT id FROM jobs WHERE lane = 'intake' AND ${READY} ORDER BY ${IN_LINE} LIMIT 1), 'intake'
      UNION ALL SELECT (SELECT id FROM jobs WHERE lane = 'upkeep' AND ${READY} ORDER BY ${IN_LINE} LIMIT 1), 'upkeep'
      UNION ALL SELECT (
        SELECT id FROM jobs WHERE lane = 'review' AND ${READY}
          AND priority <= (CASE WHEN EXISTS (SELECT 1 FROM jobs WHERE lane = 'review' AND ${READY}) THEN (SELECT lowest FROM gate) ELSE -1 END)
          AND (priority = 0 OR (SELECT say FROM gate) = 'running' OR NOT EXISTS (
            SELECT 1 FROM production_holds AS hold WHERE hold.expires_at > @nowMs
              AND ((hold.level = 'show' AND hold.show_id = jobs.show_id)
                OR (hold.level = 'episode' AND hold.episode_id = jobs.episode_id))))
        ORDER BY ${IN_LINE} LIMIT 1), 'review')
  UPDATE jobs SET state = 'processing', attempt = attempt + 1, claims = claims + 1, worker_id = @workerId, lease_token = @token,
                  lease_counter = 0, stop_request = NULL, rate_per_s = NULL, eta_s = NULL,
                  started_at = coalesce(started_at, @nowMs)
  WHERE id = (
    SELECT best.id FROM best JOIN jobs AS job ON job.id = best.id
    WHERE NOT EXISTS (SELECT 1 FROM queue_pauses WHERE scope IN ('all', best.lane))
      AND (SELECT count(*) FROM jobs WHERE state = 'processing') < @maxJobs
      AND (best.lane = 'production'
           OR (SELECT count(*) FROM jobs WHERE state = 'processing' AND lane <> 'production') < max(1, @maxJobs - 1))
    ORDER BY @maxJobs = 1 AND best.lane = 'production' DESC,
             max(min(job.priority, 1), job.priority - CAST(max(0, @nowMs - job.created_at) / ${AGE_STEP_MS} AS INTEGER)), job.id
    LIMIT 1)
  RETURNING *`;

const ENQUEUE = `
  INSERT INTO jobs (kind, lane, state, priority, origin, payload, label, episode_id, show_id, unique_key, max_attempts, created_at)
  VALUES (@kind, @lane, 'pending', @priority, @origin, @payload, @label, @episodeId, @showId, @uniqueKey, @maxAttempts, @nowMs)
  ON CONFLICT (unique_key) WHERE unique_key IS NOT NULL AND state IN ('pending', 'processing', 'paused')
  DO UPDATE SET priority = min(priority, excluded.priority)
  RETURNING *`;

/** The job of a lease; every write of a worker asks for it in these words. */
const HELD = `id = @id AND lease_token = @token`;

/** How a lease ends; every form names the token, so that a worker that lost the job changes nothing. */
const RELEASE =
  'lease_token = NULL, worker_id = NULL, stop_request = NULL, rate_per_s = NULL, eta_s = NULL, worked_ms = worked_ms + @workedMs';

export interface Claim {
  readonly workerId: string;
  readonly token: string;
  readonly nowMs: number;
  readonly maxJobs: number;
  /** How long review takes to come back after production. */
  readonly rampMs: number;
}

/** A job and the token under which it is held: both have to be right for a write to count. */
export interface Held {
  readonly id: number;
  readonly token: string;
}

export interface Beat extends Held {
  readonly stage: string | null;
  readonly progress: number;
  readonly ratePerS: number | null;
  readonly etaS: number | null;
}

/** The end of a lease: whose, when, and how long the work took. */
export interface Ending extends Held {
  readonly nowMs: number;
  readonly workedMs: number;
}

/** How many more jobs may be put in line by those whose jobs are counted. */
export interface Admission {
  automatic: number;
  person: number;
}

/** Jobs and leases: everything a worker writes. What people ask for is in requests.ts, what they see in overview.ts. */
export function jobRepository(db: Database) {
  const enqueue = db.prepare<Record<string, unknown>, JobRow>(ENQUEUE);
  const aliveByKey = db.prepare<[string], JobRow>(
    `SELECT * FROM jobs WHERE unique_key = ? AND state IN ('pending', 'processing', 'paused')`,
  );
  const latestByKey = db.prepare<[string], JobRow>(
    'SELECT * FROM jobs WHERE unique_key = ? ORDER BY id DESC LIMIT 1',
  );
  const lastFailed = db.prepare<[string], JobRow>(
    `SELECT * FROM jobs AS job WHERE kind = ? AND state = 'failed'
       AND NOT EXISTS (SELECT 1 FROM jobs AS later WHERE later.unique_key = job.unique_key AND later.id > job.id)
     ORDER BY id`,
  );
  const intakeOf = db.prepare<[string], JobRow>(
    `SELECT * FROM jobs WHERE kind = 'intake' AND episode_id = ? ORDER BY id DESC LIMIT 1`,
  );
  const automaticWaiting = db
    .prepare<[], number>(
      `SELECT count(*) FROM jobs WHERE state = 'pending' AND run_at IS NULL AND origin = 'automatic'`,
    )
    .pluck();
  const allWaiting = db
    .prepare<[], number>(`SELECT count(*) FROM jobs WHERE state = 'pending' AND run_at IS NULL`)
    .pluck();
  const hasReady = db
    .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'pending' AND run_at IS NULL)`)
    .pluck();
  const claim = db.prepare<Claim, JobRow>(CLAIM);
  const renew = db.prepare<Beat, JobRow>(
    `UPDATE jobs SET lease_counter = lease_counter + 1, stage = @stage, progress = @progress, rate_per_s = @ratePerS, eta_s = @etaS
     WHERE ${HELD} RETURNING *`,
  );
  const saveArtifacts = db.prepare(`UPDATE jobs SET artifacts = @artifacts WHERE ${HELD}`);
  const concern = db.prepare(`UPDATE jobs SET episode_id = @episodeId, show_id = @showId WHERE ${HELD}`);
  const saveIntent = db.prepare(`UPDATE jobs SET publish_intent = @intent WHERE ${HELD}`);
  const complete = db.prepare(
    `UPDATE jobs SET state = 'completed', progress = 1, result = @result, failure = NULL, finished_at = @nowMs, ${RELEASE}
     WHERE ${HELD}`,
  );
  const cancelled = db.prepare(
    `UPDATE jobs SET state = 'cancelled', finished_at = @nowMs, ${RELEASE} WHERE ${HELD}`,
  );
  const park = db.prepare(
    `UPDATE jobs SET state = @state, paused_because = iif(@state = 'paused', 'person', NULL), attempt = attempt - 1, ${RELEASE}
     WHERE ${HELD}`,
  );
  const fail = db.prepare(
    `UPDATE jobs SET state = 'failed', failure = @failure, finished_at = @nowMs, ${RELEASE} WHERE ${HELD}`,
  );
  const retryAt = db.prepare(
    `UPDATE jobs SET state = 'pending', run_at = @runAtMs, longest_wait_ms = @waitMs, failure = @failure,
                     attempt = attempt - @givenBack, ${RELEASE}
     WHERE ${HELD}`,
  );
  const stopRequest = db
    .prepare<[string], JobRow['stop_request']>(
      `SELECT stop_request FROM jobs WHERE state = 'processing' AND lease_token = ?`,
    )
    .pluck();
  const hasDelayed = db
    .prepare(`SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'pending' AND run_at IS NOT NULL)`)
    .pluck();
  const makeDueReady = db.prepare(
    `UPDATE jobs SET run_at = NULL, longest_wait_ms = NULL
     WHERE state = 'pending' AND run_at IS NOT NULL AND (run_at <= @nowMs OR run_at > @nowMs + max(@longestMs, coalesce(longest_wait_ms, 0)))`,
  );
  // What was asked of a job outlives the process that was asked: a cancelled one ends, a paused one stays.
  const takeBack = (whose: string): string =>
    `UPDATE jobs SET
       state = CASE stop_request WHEN 'cancel' THEN 'cancelled' WHEN 'pause' THEN 'paused' ELSE 'pending' END,
       paused_because = iif(stop_request = 'pause', 'person', NULL),
       finished_at = iif(stop_request = 'cancel', @nowMs, NULL), attempt = attempt - 1, crashes = crashes + 1,
       lease_token = NULL, worker_id = NULL, stop_request = NULL, rate_per_s = NULL, eta_s = NULL
     WHERE state = 'processing' AND ${whose} RETURNING *`;
  const recoverFrom = db.prepare<Record<string, unknown>, JobRow>(takeBack('worker_id = @workerId'));
  const reap = db.prepare<Record<string, unknown>, JobRow>(
    takeBack('lease_token = @token AND lease_counter = @counter'),
  );
  const NOBODYS = `worker_id NOT IN (SELECT id FROM workers)`;
  const recoverAbandoned = db.prepare<Record<string, unknown>, JobRow>(takeBack(NOBODYS));
  const hasAbandoned = db
    .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'processing' AND ${NOBODYS})`)
    .pluck();
  const leases = db.prepare<[string], { token: string; counter: number }>(
    `SELECT lease_token AS token, lease_counter AS counter FROM jobs WHERE state = 'processing' AND worker_id <> ?`,
  );
  const isLeased = db.prepare<[string], { id: number }>(
    `SELECT id FROM jobs WHERE state = 'processing' AND lease_token = ?`,
  );
  const byId = db.prepare<[number], JobRow>('SELECT * FROM jobs WHERE id = ?');
  return {
    /** How many more jobs may come, counted once for all that one transaction adds. */
    admission: (mostAutomatic: number): Admission => ({
      automatic: mostAutomatic - (automaticWaiting.get() ?? 0),
      person: MOST_OF_A_PERSON - (allWaiting.get() ?? 0),
    }),
    /**
     * Puts a job in line, or finds the one of the same key. Throws QUEUE_FULL: automatic sources have their limit,
     * people a far higher one; what accepted work brings along is never refused.
     */
    enqueue(job: NewJob, nowMs: number, admission: Admission): JobRow {
      const origin = job.origin ?? 'person';
      if (
        origin !== 'follow-up' &&
        (job.uniqueKey === undefined || aliveByKey.get(job.uniqueKey) === undefined)
      ) {
        if (admission[origin] <= 0)
          throw new AppError('QUEUE_FULL', 'as many jobs are waiting as may wait for this kind of source');
        admission[origin] -= 1;
      }
      const row = enqueue.get({
        kind: job.kind,
        lane: job.lane,
        priority: PRIORITIES[job.priority],
        origin,
        payload: JSON.stringify(job.payload),
        label: job.label,
        episodeId: job.episodeId ?? null,
        showId: job.showId ?? null,
        uniqueKey: job.uniqueKey ?? null,
        maxAttempts: job.maxAttempts ?? 3,
        nowMs,
      });
      if (row === undefined) throw new Error('an INSERT … RETURNING gave no row');
      return row;
    },
    /** False when a claim would find nothing; a look takes no lock. */
    hasReady: () => hasReady.get() === 1,
    claim: (order: Claim) => claim.get(order),
    renewLease: (beat: Beat) => renew.get(beat),
    saveArtifacts: (held: Held, artifacts: unknown) =>
      saveArtifacts.run({ ...held, artifacts: JSON.stringify(artifacts) }).changes === 1,
    concern: (held: Held, episodeId: string, showId: string) =>
      concern.run({ ...held, episodeId, showId }).changes === 1,
    savePublishIntent: (held: Held, intent: unknown) =>
      saveIntent.run({ ...held, intent: JSON.stringify(intent) }).changes === 1,
    complete: (ending: Ending, result: unknown) =>
      complete.run({ ...ending, result: JSON.stringify(result) }).changes === 1,
    markCancelled: (ending: Ending) => cancelled.run(ending).changes === 1,
    /** Gives the job back with its attempt: to wait again, or to stay until a person resumes it. */
    park: (ending: Ending, state: 'pending' | 'paused') => park.run({ ...ending, state }).changes === 1,
    fail: (ending: Ending, failure: JobFailure) =>
      fail.run({ ...ending, failure: JSON.stringify(failure) }).changes === 1,
    /** Waits until then; an attempt that failed through nobody's fault is given back. */
    retryAt: (
      ending: Ending,
      retry: { readonly failure: JobFailure; readonly runAtMs: number; readonly costsAttempt: boolean },
    ) =>
      retryAt.run({
        ...ending,
        failure: JSON.stringify(retry.failure),
        runAtMs: retry.runAtMs,
        waitMs: Math.max(1, retry.runAtMs - ending.nowMs),
        givenBack: retry.costsAttempt ? 0 : 1,
      }).changes === 1,
    stopRequestOf: (token: string) => stopRequest.get(token) ?? null,
    hasDelayed: () => hasDelayed.get() === 1,
    /** Delayed jobs whose time has come, or lies further off than they were to wait: then the clock was set back. */
    makeDueReady: (nowMs: number, longestDelayMs: number) =>
      makeDueReady.run({ nowMs, longestMs: longestDelayMs }).changes,
    /** Takes back what a dead worker held; the crash costs no attempt. */
    recoverFrom: (workerId: string, nowMs: number) => recoverFrom.all({ workerId, nowMs }),
    hasAbandoned: () => hasAbandoned.get() === 1,
    /** Takes back what is held by workers that nobody knows any more. */
    recoverAbandoned: (nowMs: number) => recoverAbandoned.all({ nowMs }),
    /** Takes back a lease that stands still; nothing happens if it has moved since it was looked at. */
    reap: (token: string, counter: number, nowMs: number) => reap.get({ token, counter, nowMs }),
    /** The leases of all other workers. */
    leasesOfOthers: (ownWorkerId: string) => leases.all(ownWorkerId),
    isLeased: (token: string) => isLeased.get(token) !== undefined,
    get: (id: number) => byId.get(id),
    findAlive: (uniqueKey: string) => aliveByKey.get(uniqueKey),
    /** The last job of this key, however it stands or ended. */
    findLatest: (uniqueKey: string) => latestByKey.get(uniqueKey),
    /** The job that took an episode in last, as long as it is remembered. */
    findIntakeOf: (episodeId: string) => intakeOf.get(episodeId),
    /** The jobs of a kind that failed and were not asked for again since. */
    listFailedOf: (kind: string) => lastFailed.all(kind),
  };
}
export type JobRepository = ReturnType<typeof jobRepository>;
