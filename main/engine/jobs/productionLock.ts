import type { Database } from 'better-sqlite3';
import type { JobRow } from './row.ts';

/** What a hold makes stand aside: all review, or only that of the same show or episode. */
export type HoldLevel = 'all' | 'show' | 'episode';

/** What a person says about background review: follow the lock, stand aside, or run whatever the lock says. */
export type ReviewSay = 'auto' | 'paused' | 'running';

export interface Hold {
  readonly token: string;
  readonly job_id: number;
  readonly label: string;
  readonly level: HoldLevel;
  readonly show_id: string | null;
  readonly episode_id: string | null;
  readonly started_at: number;
  readonly expires_at: number;
}

export interface ReviewPauseTotals {
  readonly count: number;
  readonly totalMs: number;
  readonly parked: number;
  readonly deferred: number;
}

const COVERED = `(@level = 'all' OR (@level = 'show' AND show_id = @showId) OR (@level = 'episode' AND episode_id = @episodeId))`;

/**
 * The production lock: a set of holds, one for each running export, that keeps review aside.
 * Every function writes inside its caller's transaction, together with what happens to the job.
 */
export function productionLock(
  db: Database,
  settings: { readonly ttlMs: number; readonly level: HoldLevel; readonly rampMs: number },
) {
  const acquire = db.prepare(
    `INSERT INTO production_holds (token, job_id, level, show_id, episode_id, started_at, expires_at)
     VALUES (@token, @jobId, @level, @showId, @episodeId, @nowMs, @expiresMs)
     ON CONFLICT (token) DO UPDATE SET expires_at = excluded.expires_at`,
  );
  const askToYield = db
    .prepare<{ level: HoldLevel; showId: string | null; episodeId: string | null }, number>(
      `UPDATE jobs SET stop_request = 'yield'
       WHERE state = 'processing' AND lane = 'review' AND priority > 0 AND stop_request IS NULL AND ${COVERED} RETURNING id`,
    )
    .pluck();
  const askAllToYield = db
    .prepare<[], number>(
      `UPDATE jobs SET stop_request = 'yield' WHERE state = 'processing' AND lane = 'review' AND stop_request IS NULL RETURNING id`,
    )
    .pluck();
  const makeRoom = db
    .prepare<[], number>(
      `UPDATE jobs SET stop_request = 'yield'
       WHERE id = (SELECT id FROM jobs WHERE state = 'processing' AND lane <> 'production' ORDER BY priority DESC, id DESC LIMIT 1)
         AND stop_request IS NULL
         AND EXISTS (SELECT 1 FROM jobs WHERE lane = 'production' AND state = 'pending' AND run_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM queue_pauses WHERE scope IN ('all', 'production'))
       RETURNING id`,
    )
    .pluck();
  const release = db.prepare<[string]>('DELETE FROM production_holds WHERE token = ?');
  const releaseDead = db.prepare<[number]>(
    `DELETE FROM production_holds
     WHERE expires_at <= ? OR token NOT IN (SELECT lease_token FROM jobs WHERE state = 'processing')`,
  );
  const standing = db.prepare<[number], Hold>(
    `SELECT hold.*, jobs.label FROM production_holds AS hold JOIN jobs ON jobs.id = hold.job_id
     WHERE expires_at > ? ORDER BY started_at, job_id`,
  );
  const isHeld = db.prepare('SELECT EXISTS (SELECT 1 FROM production_holds)').pluck();
  const openPause = db.prepare(
    'INSERT OR IGNORE INTO review_pauses (cause, started_at) VALUES (@cause, @nowMs)',
  );
  const countParked = db.prepare(
    'UPDATE review_pauses SET parked = parked + @parked WHERE cause = @cause AND ended_at IS NULL',
  );
  const closePause = db.prepare(
    `UPDATE review_pauses SET ended_at = max(started_at, @nowMs),
            deferred = (SELECT count(*) FROM jobs WHERE lane = 'review' AND state = 'pending')
     WHERE cause = @cause AND ended_at IS NULL`,
  );
  const openPauses = db.prepare<[], { cause: 'production' | 'person'; started_at: number; parked: number }>(
    'SELECT cause, started_at, parked FROM review_pauses WHERE ended_at IS NULL',
  );
  const totals = db.prepare<{ nowMs: number }, ReviewPauseTotals>(
    `SELECT count(*) AS count, coalesce(sum(max(0, coalesce(ended_at, @nowMs) - started_at)), 0) AS totalMs,
            coalesce(sum(parked), 0) AS parked,
            coalesce(sum(iif(ended_at IS NULL, (SELECT count(*) FROM jobs WHERE lane = 'review' AND state = 'pending'), deferred)), 0) AS deferred
     FROM review_pauses`,
  );
  const readGate = db.prepare<[], { say: ReviewSay; said_at: number | null; ramp_ends_at: number | null }>(
    'SELECT say, said_at, ramp_ends_at FROM review_gate',
  );
  const say = db.prepare('UPDATE review_gate SET say = @say, said_at = @nowMs');
  const startRamp = db.prepare(
    'UPDATE review_gate SET next_claim_at = @nowMs, ramp_ends_at = @nowMs + @rampMs',
  );
  const spaceOut = db.prepare(
    'UPDATE review_gate SET next_claim_at = @nowMs + @rampMs / 6 WHERE ramp_ends_at > @nowMs',
  );
  const deferredNow = db
    .prepare<[], number>(`SELECT count(*) FROM jobs WHERE lane = 'review' AND state = 'pending'`)
    .pluck();

  function comeBack(nowMs: number): void {
    if (isHeld.get() === 1) return;
    if (closePause.run({ cause: 'production', nowMs }).changes === 1)
      startRamp.run({ nowMs, rampMs: settings.rampMs });
  }
  const currentSay = (): ReviewSay => readGate.get()?.say ?? 'auto';

  return {
    /** A production job begins: review that it covers is asked to make room. Answers which jobs were asked. */
    acquire(job: JobRow, token: string, nowMs: number): number[] {
      const covers = { level: settings.level, showId: job.show_id, episodeId: job.episode_id };
      acquire.run({ token, jobId: job.id, ...covers, nowMs, expiresMs: nowMs + settings.ttlMs });
      openPause.run({ cause: 'production', nowMs });
      if (currentSay() === 'running') return [];
      const asked = askToYield.all(covers);
      if (asked.length > 0) countParked.run({ cause: 'production', parked: asked.length });
      return asked;
    },
    /** A production job still works. A hold that ran out meanwhile (the process was asleep for hours) stands again. */
    renew(job: JobRow, token: string, nowMs: number): void {
      const covers = { level: settings.level, showId: job.show_id, episodeId: job.episode_id };
      acquire.run({ token, jobId: job.id, ...covers, nowMs, expiresMs: nowMs + settings.ttlMs });
    },
    /** A production job has ended, however: its own hold goes, and after the last one review comes back slowly. */
    release(token: string, nowMs: number): void {
      if (release.run(token).changes === 1) comeBack(nowMs);
    },
    /** Holds whose job is not at work any more, or whose time ran out, go. */
    releaseDead(nowMs: number): void {
      if (releaseDead.run(nowMs).changes > 0) comeBack(nowMs);
    },
    /** After a release the next review job waits a little for the one that was just claimed. */
    spaceOutReview(nowMs: number): void {
      spaceOut.run({ nowMs, rampMs: settings.rampMs });
    },
    /** With a single place, the running job makes room for production that waits. Answers which one was asked. */
    makeRoom: () => makeRoom.all(),
    /** Takes in what a person says about review. Answers which running jobs were asked to make room. */
    say(what: ReviewSay, nowMs: number): number[] {
      say.run({ say: what, nowMs });
      if (what !== 'paused') {
        closePause.run({ cause: 'person', nowMs });
        return [];
      }
      openPause.run({ cause: 'person', nowMs });
      const asked = askAllToYield.all();
      if (asked.length > 0) countParked.run({ cause: 'person', parked: asked.length });
      return asked;
    },
    read: (nowMs: number) => ({
      say: currentSay(),
      saidAtMs: readGate.get()?.said_at ?? null,
      holds: standing.all(nowMs),
      openPauses: openPauses.all(),
      deferredNow: deferredNow.get() ?? 0,
      totals: totals.get({ nowMs }) ?? { count: 0, totalMs: 0, parked: 0, deferred: 0 },
    }),
  };
}
export type ProductionLock = ReturnType<typeof productionLock>;
export type LockState = ReturnType<ProductionLock['read']>;
