import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { ItemCounts } from '../../domain/job.ts';
import { readJson } from '../db/json.ts';

/** One piece of a job's work: what it is about, and what it depends on beside its content. */
export interface NewItem {
  readonly content: unknown;
  /** What makes equal content different work: a model, a setting. */
  readonly metadata?: unknown;
}

/** A piece that was taken to be worked on. */
export interface WorkItem {
  readonly id: number;
  readonly hash: string;
  readonly content: unknown;
  readonly attempts: number;
}

/** JSON with the keys of every object in order, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/** sha256 of content and metadata in canonical form: the same piece has the same hash, however it was written down. */
export const itemHash = ({ content, metadata }: NewItem): string =>
  createHash('sha256')
    .update(canonicalJson([content, metadata ?? null]))
    .digest('hex');

/**
 * The pieces of jobs. Every change of counts happens in the statement's own transaction, which is the caller's:
 * what a piece made and "done" are written together or not at all.
 */
export function workItemRepository(db: Database) {
  const insert = db.prepare(
    `INSERT INTO work_items (job_id, item_hash, content) VALUES (@jobId, @hash, @content)
     ON CONFLICT (job_id, item_hash) DO NOTHING`,
  );
  const countUp = db.prepare(
    `UPDATE jobs SET items_total = items_total + @added, items_duplicate = items_duplicate + @duplicates WHERE id = @jobId`,
  );
  const take = db.prepare<
    { jobId: number; batch: number },
    { id: number; item_hash: string; content: string; attempts: number }
  >(
    `UPDATE work_items SET state = 'processing'
     WHERE id IN (SELECT id FROM work_items WHERE job_id = @jobId AND state = 'pending' ORDER BY id LIMIT @batch)
     RETURNING id, item_hash, content, attempts`,
  );
  const done = db.prepare(
    `UPDATE work_items SET state = 'done', message = NULL WHERE id = @id AND job_id = @jobId AND state = 'processing'`,
  );
  const countDone = db.prepare<[number]>('UPDATE jobs SET items_done = items_done + 1 WHERE id = ?');
  const failed = db.prepare(
    `UPDATE work_items SET state = iif(attempts + 1 >= @maxAttempts, 'error', 'pending'), attempts = attempts + 1, message = @message
     WHERE id = @id AND job_id = @jobId AND state = 'processing' RETURNING state`,
  );
  const countFailed = db.prepare<[number]>('UPDATE jobs SET items_failed = items_failed + 1 WHERE id = ?');
  const putBack = db.prepare<[number]>(
    `UPDATE work_items SET state = 'pending' WHERE job_id = ? AND state = 'processing'`,
  );
  const reviveFailed = db.prepare<[number]>(
    `UPDATE work_items SET state = 'pending', attempts = 0 WHERE job_id = ? AND state = 'error'`,
  );
  const forgetFailed = db.prepare<[number]>('UPDATE jobs SET items_failed = 0 WHERE id = ?');
  const removeAll = db.prepare<[number]>('DELETE FROM work_items WHERE job_id = ?');
  const zero = db.prepare<[number]>(
    `UPDATE jobs SET items_total = 0, items_done = 0, items_failed = 0, items_duplicate = 0, producer_checkpoint = NULL WHERE id = ?`,
  );
  const counts = db.prepare<[number], ItemCounts>(
    `SELECT items_total AS total, items_done AS done, items_failed AS failed, items_duplicate AS duplicates FROM jobs WHERE id = ?`,
  );
  const checkpoint = db.prepare<[number], { producer_checkpoint: string | null }>(
    'SELECT producer_checkpoint FROM jobs WHERE id = ?',
  );
  const saveCheckpoint = db.prepare('UPDATE jobs SET producer_checkpoint = @checkpoint WHERE id = @jobId');
  const messages = db.prepare<[number], { item_hash: string; attempts: number; message: string }>(
    `SELECT item_hash, attempts, message FROM work_items WHERE job_id = ? AND state = 'error' ORDER BY id`,
  );
  return {
    /** Adds pieces in bulk; what is there already is skipped and counted. */
    enqueue(jobId: number, items: readonly NewItem[]): { added: number; duplicates: number } {
      let added = 0;
      for (const item of items) {
        const row = { jobId, hash: itemHash(item), content: canonicalJson(item.content) };
        added += insert.run(row).changes;
      }
      const duplicates = items.length - added;
      countUp.run({ jobId, added, duplicates });
      return { added, duplicates };
    },
    /** Takes the next pieces in the order they came: pending → processing. */
    take: (jobId: number, batch: number): WorkItem[] =>
      take
        .all({ jobId, batch })
        .sort((a, b) => a.id - b.id)
        .map((row) => ({
          id: row.id,
          hash: row.item_hash,
          content: readJson(row.content),
          attempts: row.attempts,
        })),
    /** processing → done, and the job's count up with it; false when the piece was not ours to finish. */
    markDone(jobId: number, id: number): boolean {
      if (done.run({ jobId, id }).changes !== 1) return false;
      countDone.run(jobId);
      return true;
    },
    /** Counts an attempt and keeps what went wrong; after the last one the piece is an error, before it waits again. */
    markFailed(
      jobId: number,
      id: number,
      message: string,
      maxAttempts: number,
    ): 'pending' | 'error' | undefined {
      const row = failed.get({ jobId, id, message, maxAttempts }) as
        { state: 'pending' | 'error' } | undefined;
      if (row?.state === 'error') countFailed.run(jobId);
      return row?.state;
    },
    /** What was being worked on waits again; for a run that follows one that was cut off. */
    putBack: (jobId: number): number => putBack.run(jobId).changes,
    /** Gives the pieces that failed their attempts back. */
    reviveFailed(jobId: number): void {
      reviveFailed.run(jobId);
      forgetFailed.run(jobId);
    },
    /** Forgets every piece of a job, as when it is cancelled. */
    removeAll(jobId: number): void {
      removeAll.run(jobId);
      zero.run(jobId);
    },
    counts: (jobId: number): ItemCounts =>
      counts.get(jobId) ?? { total: 0, done: 0, failed: 0, duplicates: 0 },
    /** Where the producer goes on, in its own words; null before its first save. */
    producerCheckpoint: (jobId: number): unknown => {
      const saved = checkpoint.get(jobId)?.producer_checkpoint;
      return saved === null || saved === undefined ? null : readJson(saved);
    },
    saveProducerCheckpoint(jobId: number, at: unknown): void {
      saveCheckpoint.run({ jobId, checkpoint: JSON.stringify(at) });
    },
    listFailed: (jobId: number) =>
      messages.all(jobId).map(({ item_hash, attempts, message }) => ({ hash: item_hash, attempts, message })),
  };
}
export type WorkItemRepository = ReturnType<typeof workItemRepository>;
