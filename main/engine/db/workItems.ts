import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';

/** A piece of a job's work before it is queued; metadata tells apart pieces whose content is the same. */
export interface NewWorkItem {
  readonly content: unknown;
  readonly metadata?: unknown;
}

/** A piece that a consumer has taken. */
export interface WorkItem {
  readonly id: number;
  readonly content: unknown;
  /** How often it was tried before. */
  readonly attempts: number;
}

export interface WorkItemCounts {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

interface Row {
  id: number;
  content: string;
  attempts: number;
}

/** The same object whatever the order of its fields, so that equal pieces have equal hashes. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, canonical(part)]));
}

const hashOf = ({ content, metadata }: NewWorkItem): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical([content, metadata ?? null])))
    .digest('hex');

/**
 * The pieces of a job that comes in many: a producer fills them in, once each, and a consumer takes them in batches.
 * Every method is one statement or part of the caller's own transaction, so that what a piece made and its being done
 * are written together.
 */
export function workItemRepository(db: Database) {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO work_items (job_id, item_hash, content, state) VALUES (@jobId, @hash, @content, 'pending')`,
  );
  const take = db.prepare<{ jobId: number; batch: number }, Row>(
    `UPDATE work_items SET state = 'processing'
     WHERE id IN (SELECT id FROM work_items WHERE job_id = @jobId AND state = 'pending' ORDER BY id LIMIT @batch)
     RETURNING id, content, attempts`,
  );
  const done = db.prepare(
    `UPDATE work_items SET state = 'done', message = NULL WHERE id = @id AND job_id = @jobId AND state = 'processing'`,
  );
  const failed = db.prepare<Record<string, unknown>, { state: 'pending' | 'error' }>(
    `UPDATE work_items SET state = iif(attempts + 1 >= @maxAttempts, 'error', 'pending'), attempts = attempts + 1,
                           message = @message
     WHERE id = @id AND job_id = @jobId AND state = 'processing' RETURNING state`,
  );
  const putBack = db.prepare<[number]>(
    `UPDATE work_items SET state = 'pending' WHERE job_id = ? AND state = 'processing'`,
  );
  const counts = db.prepare<[number], { state: string; count: number }>(
    'SELECT state, count(*) AS count FROM work_items WHERE job_id = ? GROUP BY state',
  );
  const removeAll = db.prepare<[number]>('DELETE FROM work_items WHERE job_id = ?');
  const toItem = ({ id, content, attempts }: Row): WorkItem => ({ id, content: readJson(content), attempts });
  return {
    /** Adds the pieces that the job does not have yet. */
    enqueue(jobId: number, items: readonly NewWorkItem[]): { added: number; duplicates: number } {
      let added = 0;
      for (const item of items) {
        const row = { jobId, hash: hashOf(item), content: JSON.stringify(item.content) };
        added += insert.run(row).changes;
      }
      return { added, duplicates: items.length - added };
    },
    /** The next pieces in the order they were added; they are ours until they succeed, fail or the job starts again. */
    take(jobId: number, batch: number): WorkItem[] {
      return take
        .all({ jobId, batch })
        .map(toItem)
        .sort((a, b) => a.id - b.id);
    },
    /** processing → done; false when the piece was not ours to finish, and then the caller's writes must not count. */
    markDone: (jobId: number, id: number): boolean => done.run({ jobId, id }).changes === 1,
    /** Counts an attempt and keeps what went wrong; after the last one the piece is an error, before it waits again. */
    markFailed: (
      jobId: number,
      id: number,
      message: string,
      maxAttempts: number,
    ): 'pending' | 'error' | undefined => failed.get({ jobId, id, message, maxAttempts })?.state,
    /** What was being worked on waits again; for a run that follows one that was cut off. */
    putBack: (jobId: number): number => putBack.run(jobId).changes,
    counts(jobId: number): WorkItemCounts {
      const found = counts.all(jobId);
      const of = (state: string): number => found.find((each) => each.state === state)?.count ?? 0;
      const total = found.reduce((sum, each) => sum + each.count, 0);
      return { total, done: of('done'), failed: of('error') };
    },
    removeAll(jobId: number): void {
      removeAll.run(jobId);
    },
  };
}
export type WorkItemRepository = ReturnType<typeof workItemRepository>;
