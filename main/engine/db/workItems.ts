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
  readonly pending: number;
  readonly processing: number;
  readonly done: number;
  readonly error: number;
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
  const succeed = db.prepare<[number]>(
    `UPDATE work_items SET state = 'done', message = NULL WHERE id = ? AND state = 'processing'`,
  );
  const fail = db.prepare<{ id: number; message: string }>(
    `UPDATE work_items SET state = 'error', attempts = attempts + 1, message = @message
     WHERE id = @id AND state = 'processing'`,
  );
  const recover = db.prepare<[number]>(
    `UPDATE work_items SET state = 'pending' WHERE job_id = ? AND state = 'processing'`,
  );
  const counts = db.prepare<[number], { state: string; count: number }>(
    'SELECT state, count(*) AS count FROM work_items WHERE job_id = ? GROUP BY state',
  );
  const contents = db.prepare<[number], Row>(
    `SELECT id, content, attempts FROM work_items WHERE job_id = ? AND state = 'done' ORDER BY id`,
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
    /** False when the piece was no longer ours; then the caller's writes must not count either. */
    succeed: (id: number): boolean => succeed.run(id).changes === 1,
    fail: (id: number, message: string): boolean => fail.run({ id, message }).changes === 1,
    /** Gives back what a consumer that is gone had taken. */
    recover: (jobId: number): number => recover.run(jobId).changes,
    counts(jobId: number): WorkItemCounts {
      const found = Object.fromEntries(counts.all(jobId).map(({ state, count }) => [state, count]));
      const { pending = 0, processing = 0, done = 0, error = 0 } = found;
      return { total: pending + processing + done + error, pending, processing, done, error };
    },
    /** The pieces that are done, in the order they were added. */
    listDone: (jobId: number): WorkItem[] => contents.all(jobId).map(toItem),
    removeAll(jobId: number): void {
      removeAll.run(jobId);
    },
  };
}
export type WorkItemRepository = ReturnType<typeof workItemRepository>;
