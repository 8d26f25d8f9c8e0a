import type { Database } from 'better-sqlite3';
import type { LearningStep } from '../../domain/learning.ts';

interface StepRow {
  feature: string;
  before_value: number;
  after_value: number;
  because: string;
  changed_at_ms: number;
}

export interface LearningState {
  readonly isFrozen: boolean;
  /** Feedback up to this row was set aside by a reset. */
  readonly resetAfterId: number;
}

/** What each show has taught the scorer: the multipliers in force, and the ledger of how they came about. */
export function modelWeightRepository(db: Database) {
  const insert = db.prepare(
    `INSERT INTO model_weights (show_id, feature, before_value, after_value, because, changed_at_ms)
     VALUES (@showId, @part, @before, @after, @because, @changedAtMs)`,
  );
  const ofShow = db.prepare<[string], StepRow>(
    'SELECT * FROM model_weights WHERE show_id = ? ORDER BY id DESC',
  );
  const saveMultipliers = db.prepare('UPDATE shows SET learned_weights = @multipliers WHERE id = @showId');
  const stateOf = db.prepare<[string], { frozen: number; reset_after_id: number }>(
    'SELECT frozen, reset_after_id FROM show_learning WHERE show_id = ?',
  );
  const freeze = db.prepare(
    `INSERT INTO show_learning (show_id, frozen) VALUES (@showId, @frozen)
     ON CONFLICT (show_id) DO UPDATE SET frozen = excluded.frozen`,
  );
  const reset = db.prepare(
    `INSERT INTO show_learning (show_id, reset_after_id)
     VALUES (@showId, (SELECT coalesce(max(id), 0) FROM feedback WHERE show_id = @showId))
     ON CONFLICT (show_id) DO UPDATE SET reset_after_id = excluded.reset_after_id`,
  );
  const countFrom = db.prepare(
    'UPDATE show_learning SET reset_after_id = @resetAfterId WHERE show_id = @showId',
  );
  return {
    stateOf(showId: string): LearningState {
      const row = stateOf.get(showId);
      return { isFrozen: row?.frozen === 1, resetAfterId: row?.reset_after_id ?? 0 };
    },
    /** Puts new multipliers in force, together with the steps that led to them. */
    save(
      showId: string,
      multipliers: Readonly<Record<string, number>>,
      steps: readonly LearningStep[],
    ): void {
      saveMultipliers.run({ showId, multipliers: JSON.stringify(multipliers) });
      for (const step of steps) insert.run({ showId, ...step });
    },
    /** Every move ever made, newest first. */
    ledger(showId: string): LearningStep[] {
      return ofShow.all(showId).map((row) => ({
        part: row.feature,
        before: row.before_value,
        after: row.after_value,
        because: row.because,
        changedAtMs: row.changed_at_ms,
      }));
    },
    setFrozen(showId: string, isFrozen: boolean): void {
      freeze.run({ showId, frozen: isFrozen ? 1 : 0 });
    },
    /** Feedback after this row counts, and none before it. */
    countFrom(showId: string, resetAfterId: number): void {
      countFrom.run({ showId, resetAfterId });
    },
    /** From now on only feedback that is still to come counts. */
    startAnew(showId: string): void {
      reset.run({ showId });
    },
  };
}
export type ModelWeightRepository = ReturnType<typeof modelWeightRepository>;
