import type { Database } from 'better-sqlite3';
import { Lane, type JobState, type PauseReason } from '../../domain/job.ts';
import type { JobRow } from './row.ts';

/** How many finished jobs of a kind tell how long the next one takes. */
const SAMPLE = 20;

/** How long jobs of one kind took, and how many of them wait. */
export interface KindHistory {
  readonly kind: string;
  readonly waiting: number;
  /** Null while none has been completed. */
  readonly meanWorkedMs: number | null;
}

/** What people see of the queue; nothing here is ever written. */
export function overviewRepository(db: Database) {
  const counts = db.prepare<[], { lane: Lane; state: JobState; count: number }>(
    `SELECT lane, state, count(*) AS count FROM jobs WHERE state IN ('completed', 'failed', 'cancelled') GROUP BY state, lane
     UNION ALL SELECT lane, 'processing', count(*) FROM jobs WHERE state = 'processing' GROUP BY lane
     UNION ALL SELECT lane, 'paused', count(*) FROM jobs WHERE state = 'paused' GROUP BY lane
     UNION ALL SELECT lane, 'pending', count(*) FROM jobs WHERE state = 'pending' AND run_at IS NULL GROUP BY lane
     UNION ALL SELECT lane, 'pending', count(*) FROM jobs WHERE state = 'pending' AND run_at IS NOT NULL GROUP BY lane`,
  );
  const processing = db.prepare<[], JobRow>(
    `SELECT * FROM jobs WHERE state = 'processing' ORDER BY priority, id`,
  );
  const ready = db.prepare<{ lane: Lane; limit: number }, JobRow>(
    `SELECT * FROM jobs WHERE lane = @lane AND state = 'pending' AND run_at IS NULL
     ORDER BY priority, coalesce(place, id), id LIMIT @limit`,
  );
  const delayed = db.prepare<{ limit: number }, JobRow>(
    `SELECT * FROM jobs WHERE state = 'pending' AND run_at IS NOT NULL ORDER BY run_at LIMIT @limit`,
  );
  const paused = db.prepare<{ limit: number }, JobRow>(
    `SELECT * FROM jobs WHERE state = 'paused' ORDER BY priority, id LIMIT @limit`,
  );
  const page = db.prepare<{ lane: Lane | null; state: JobState; afterId: number; limit: number }, JobRow>(
    `SELECT * FROM jobs WHERE state = @state AND id > @afterId AND (@lane IS NULL OR lane = @lane) ORDER BY id LIMIT @limit`,
  );
  const recentFailures = db.prepare<[number], JobRow>(
    `SELECT * FROM jobs WHERE state = 'failed' ORDER BY finished_at DESC, id DESC LIMIT ?`,
  );
  const settledSince = db.prepare<{ sinceMs: number; limit: number }, JobRow>(
    `SELECT * FROM jobs WHERE state IN ('completed', 'failed', 'cancelled') AND lane IN ('production', 'intake', 'review', 'upkeep')
       AND finished_at >= @sinceMs ORDER BY finished_at DESC LIMIT @limit`,
  );
  const postponed = db
    .prepare<{ lane: Lane; afterMs: number }, number>(
      `SELECT count(*) FROM jobs WHERE state = 'pending' AND run_at > @afterMs AND lane = @lane`,
    )
    .pluck();
  const byId = db.prepare<[number], JobRow>('SELECT * FROM jobs WHERE id = ?');
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM jobs').pluck();
  const after = db.prepare<{ id: number; limit: number }, JobRow>(
    'SELECT * FROM jobs WHERE id > @id ORDER BY id LIMIT @limit',
  );
  const waitingByKind = db.prepare<[], { kind: string; waiting: number }>(
    `SELECT kind, count(*) AS waiting FROM jobs WHERE state = 'pending' GROUP BY kind`,
  );
  const meanWorked = db
    .prepare<{ kind: string }, number | null>(
      `SELECT avg(worked_ms) FROM (
         SELECT worked_ms FROM jobs WHERE state = 'completed' AND kind = @kind AND worked_ms > 0 ORDER BY id DESC LIMIT ${SAMPLE})`,
    )
    .pluck();
  const pauses = db.prepare<[], { scope: 'all' | Lane; because: PauseReason }>(
    'SELECT scope, because FROM queue_pauses ORDER BY scope, because',
  );
  return {
    counts: () => counts.all(),
    listProcessing: () => processing.all(),
    /**
     * Paused and waiting jobs in the order in which they come up, at most that many. A fifth of the places is kept for
     * the first of each lane: an export that is next must be seen before a thousand older episodes.
     */
    listWaiting(limit: number): JobRow[] {
      const line = [
        ...Lane.options.flatMap((lane) => ready.all({ lane, limit })),
        ...delayed.all({ limit }),
        ...paused.all({ limit }),
      ].sort((a, b) => a.priority - b.priority || (a.place ?? a.id) - (b.place ?? b.id) || a.id - b.id);
      const firsts = Lane.options.flatMap((lane) =>
        line.filter((row) => row.lane === lane).slice(0, Math.ceil(limit / 5)),
      );
      const chosen = new Set([...new Set([...firsts, ...line])].slice(0, limit));
      return line.filter((row) => chosen.has(row));
    },
    /** Jobs of one state in the order of their ids, after the one named. */
    list: (query: { lane: Lane | null; state: JobState; afterId: number; limit: number }) => page.all(query),
    listRecentFailures: (limit: number) => recentFailures.all(limit),
    /** What has ended since then, the latest first, at most that many. */
    listSettledSince: (sinceMs: number, limit: number) => settledSince.all({ sinceMs, limit }),
    get: (id: number) => byId.get(id),
    newestId: () => newest.get() ?? 0,
    /** How many jobs of a lane wait for a time after this moment. */
    countPostponed: (lane: Lane, afterMs: number) => postponed.get({ lane, afterMs }) ?? 0,
    listAfter: (id: number, limit: number) => after.all({ id, limit }),
    histories: (): KindHistory[] =>
      waitingByKind.all().map(({ kind, waiting: count }) => ({
        kind,
        waiting: count,
        meanWorkedMs: meanWorked.get({ kind }) ?? null,
      })),
    pauses: () => pauses.all(),
  };
}
export type OverviewRepository = ReturnType<typeof overviewRepository>;
