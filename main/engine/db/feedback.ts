import type { Database } from 'better-sqlite3';

export interface Decision {
  readonly clipId: string;
  readonly kind: 'keep' | 'reject';
  readonly givenAtMs: number;
}

export function feedbackRepository(db: Database) {
  const insert = db.prepare(
    'INSERT INTO feedback (clip_id, kind, given_at_ms) VALUES (@clipId, @kind, @givenAtMs)',
  );
  return {
    /** Decisions are only ever added: what was thought before is part of what is learned. */
    addDecision(decision: Decision): void {
      insert.run(decision);
    },
  };
}
export type FeedbackRepository = ReturnType<typeof feedbackRepository>;
