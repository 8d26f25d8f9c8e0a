import type { ErrorCode } from '../../domain/errors.ts';
import type { Database } from 'better-sqlite3';
import {
  PRIORITIES,
  type JobState,
  type Lane,
  type PauseReason,
  type PriorityName,
} from '../../domain/job.ts';
import type { JobRow, StopRequest } from './row.ts';

/** Closer than this two neighbours leave no room between them. */
const LEAST_GAP = 1e-6;

/** any: whatever a person can take back; only room on the disk ends a pause for want of it. */
export type ResumedReason = 'any' | PauseReason;

/** What people ask of jobs that are not theirs to hold: each says whether it hit a job in the right state. */
export function requestRepository(db: Database) {
  const cancelWaiting = db.prepare(
    `UPDATE jobs SET state = 'cancelled', run_at = NULL, paused_because = NULL, finished_at = @nowMs
     WHERE id = @id AND state IN ('pending', 'paused')`,
  );
  const pauseWaiting = db.prepare(
    `UPDATE jobs SET state = 'paused', paused_because = 'person', run_at = NULL WHERE id = @id AND state = 'pending'`,
  );
  const resumePaused = db.prepare<[number]>(
    `UPDATE jobs SET state = 'pending', paused_because = NULL WHERE id = ? AND state = 'paused'`,
  );
  const hasten = db.prepare<[string]>(
    `UPDATE jobs SET run_at = NULL, longest_wait_ms = NULL WHERE kind = ? AND state = 'pending' AND run_at IS NOT NULL`,
  );
  const hastenDelayedBy = db.prepare<{ code: string }>(
    `UPDATE jobs SET run_at = NULL, longest_wait_ms = NULL
     WHERE state = 'pending' AND run_at IS NOT NULL AND failure ->> '$.code' = @code`,
  );
  const revive = db.prepare<[number]>(
    `UPDATE jobs SET state = 'pending', attempt = 0, progress = 0, failure = NULL, finished_at = NULL, run_at = NULL
     WHERE id = ? AND state IN ('failed', 'cancelled')`,
  );
  const failed = db
    .prepare<{ lane: Lane | null }, number>(
      `SELECT id FROM jobs WHERE state = 'failed' AND lane = coalesce(@lane, lane) ORDER BY id`,
    )
    .pluck();
  const clean = db.prepare<{ state: JobState }>('DELETE FROM jobs WHERE state = @state');
  const requestStop = db.prepare(
    `UPDATE jobs SET stop_request = @request WHERE id = @id AND state = 'processing'`,
  );
  const requestParking = db.prepare(
    `UPDATE jobs SET stop_request = 'park'
     WHERE state = 'processing' AND stop_request IS NULL AND (@scope = 'all' OR lane = @scope)`,
  );
  const pauseScope = db.prepare(
    'INSERT OR IGNORE INTO queue_pauses (scope, because, paused_at) VALUES (@scope, @because, @nowMs)',
  );
  const resumeScope = db.prepare(
    `DELETE FROM queue_pauses WHERE scope = @scope AND (because = @because OR (@because = 'any' AND because <> 'disk-low'))`,
  );
  const setPriority = db.prepare(
    `UPDATE jobs SET priority = @priority, place = NULL WHERE id = @id AND state IN ('pending', 'paused')`,
  );
  const lineOf = db.prepare<{ id: number }, { id: number; place: number; priority: number }>(
    `SELECT other.id, coalesce(other.place, other.id) AS place, other.priority
     FROM jobs AS moved JOIN jobs AS other ON other.lane = moved.lane AND other.state IN ('pending', 'paused') AND other.id <> moved.id
     WHERE moved.id = @id ORDER BY other.priority, place, other.id`,
  );
  const setPlace = db.prepare(
    `UPDATE jobs SET place = @place, priority = @priority WHERE id = @id AND state IN ('pending', 'paused')`,
  );
  const pauseLeftovers = db.prepare<[], JobRow>(
    `UPDATE jobs SET state = 'paused', paused_because = 'start', run_at = NULL WHERE state = 'pending' RETURNING *`,
  );
  const leftovers = db
    .prepare<[], number>(
      `SELECT id FROM jobs WHERE state = 'paused' AND paused_because = 'start' ORDER BY id`,
    )
    .pluck();
  return {
    cancelWaiting: (id: number, nowMs: number) => cancelWaiting.run({ id, nowMs }).changes === 1,
    pauseWaiting: (id: number) => pauseWaiting.run({ id }).changes === 1,
    resumePaused: (id: number) => resumePaused.run(id).changes === 1,
    /** What of this kind waits for its time is ready now; answers how many. */
    hasten: (kind: string) => hasten.run(kind).changes,
    hastenDelayedBy: (code: ErrorCode) => hastenDelayedBy.run({ code }).changes,
    revive: (id: number) => revive.run(id).changes === 1,
    failedIds: (lane: Lane | null) => failed.all({ lane }),
    /** Forgets jobs that have ended in this way; what they made stays. Answers how many. */
    clean: (state: 'failed' | 'completed' | 'cancelled') => clean.run({ state }).changes,
    requestStop: (id: number, request: StopRequest) => requestStop.run({ id, request }).changes === 1,
    pauseScope(scope: 'all' | Lane, because: PauseReason, nowMs: number): void {
      pauseScope.run({ scope, because, nowMs });
      requestParking.run({ scope });
    },
    resumeScope: (scope: 'all' | Lane, because: ResumedReason) =>
      resumeScope.run({ scope, because }).changes > 0,
    setPriority: (id: number, priority: PriorityName) =>
      setPriority.run({ id, priority: PRIORITIES[priority] }).changes === 1,
    /**
     * Moves a waiting job in its lane: before another one, whose priority it takes over, or behind all with null.
     * False when either is not waiting.
     */
    move(id: number, beforeId: number | null): boolean {
      const line = lineOf.all({ id });
      const at = beforeId === null ? line.length : line.findIndex((other) => other.id === beforeId);
      if (at === -1) return false;
      const next = line[at];
      const previous = line[at - 1];
      if (next === undefined) {
        if (previous === undefined)
          return setPlace.run({ id, place: id, priority: PRIORITIES.normal }).changes === 1;
        return setPlace.run({ id, place: previous.place + 1, priority: previous.priority }).changes === 1;
      }
      const { priority } = next;
      const low = previous?.priority === priority ? previous.place : next.place - 2;
      if (next.place - low > LEAST_GAP)
        return setPlace.run({ id, place: (low + next.place) / 2, priority }).changes === 1;
      // No room left between the two: everybody of this priority gets a fresh, whole place.
      const equals = line.filter((other) => other.priority === priority).map((other) => other.id);
      equals.splice(equals.indexOf(next.id), 0, id);
      for (const [place, each] of equals.entries()) setPlace.run({ id: each, place, priority });
      return true;
    },
    /** Everything that waits from an earlier run is put aside until a person says what to do with it. */
    pauseLeftovers: () => pauseLeftovers.all(),
    leftoverIds: () => leftovers.all(),
  };
}
export type RequestRepository = ReturnType<typeof requestRepository>;
