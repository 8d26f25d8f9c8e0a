import type { Database } from 'better-sqlite3';
import { Trim, type StoredTrim } from '../../domain/trim.ts';
import { readJson } from './json.ts';

export interface Decision {
  readonly clipId: string;
  readonly kind: 'keep' | 'reject';
  readonly givenAtMs: number;
}

export function feedbackRepository(db: Database) {
  const insert = db.prepare(
    'INSERT INTO feedback (clip_id, kind, given_at_ms) VALUES (@clipId, @kind, @givenAtMs)',
  );
  const insertTrim = db.prepare(
    "INSERT INTO feedback (clip_id, kind, detail, given_at_ms) VALUES (@clipId, 'trim', @detail, @givenAtMs)",
  );
  const trimsOf = db.prepare<[string], { id: number; detail: string }>(
    "SELECT id, detail FROM feedback WHERE clip_id = ? AND kind = 'trim' AND detail IS NOT NULL ORDER BY id",
  );
  return {
    addTrim(clipId: string, trim: Trim, givenAtMs: number): void {
      insertTrim.run({ clipId, detail: JSON.stringify(trim), givenAtMs });
    },
    /** Every trim of a clip, those that were taken back included, oldest first. */
    trimsOf(clipId: string): StoredTrim[] {
      return trimsOf.all(clipId).map(({ id, detail }) => ({ id, trim: Trim.parse(readJson(detail)) }));
    },
    /** Decisions are only ever added: what was thought before is part of what is learned. */
    addDecision(decision: Decision): void {
      insert.run(decision);
    },
  };
}
export type FeedbackRepository = ReturnType<typeof feedbackRepository>;
