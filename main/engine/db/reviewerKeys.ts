import type { Database } from 'better-sqlite3';

/** A key of a provider as the library knows it; its secret is kept elsewhere. */
export interface ReviewerKeyRow {
  readonly id: string;
  readonly provider: string;
  readonly label: string;
  /** Asks a day; null where there is no limit. */
  readonly dailyLimit: number | null;
  readonly blockedUntilMs: number | null;
  readonly strikes: number;
  readonly rejectedAtMs: number | null;
  readonly addedAtMs: number;
}

const COLUMNS = `id, provider, label, daily_limit AS dailyLimit, blocked_until_ms AS blockedUntilMs, strikes,
                 rejected_at_ms AS rejectedAtMs, added_at_ms AS addedAtMs`;

export function reviewerKeyRepository(db: Database) {
  const ofProvider = db.prepare<[string], ReviewerKeyRow>(
    `SELECT ${COLUMNS} FROM reviewer_keys WHERE provider = ? ORDER BY added_at_ms, rowid`,
  );
  const all = db.prepare<[], ReviewerKeyRow>(
    `SELECT ${COLUMNS} FROM reviewer_keys ORDER BY provider, added_at_ms, rowid`,
  );
  const add = db.prepare(
    `INSERT INTO reviewer_keys (id, provider, label, daily_limit, added_at_ms)
     VALUES (@id, @provider, @label, @dailyLimit, @addedAtMs)`,
  );
  const remove = db.prepare<[string]>('DELETE FROM reviewer_keys WHERE id = ?');
  const block = db.prepare(
    'UPDATE reviewer_keys SET blocked_until_ms = @untilMs, strikes = strikes + 1 WHERE id = @id',
  );
  const clear = db.prepare<[string]>(
    `UPDATE reviewer_keys SET blocked_until_ms = NULL, strikes = 0, rejected_at_ms = NULL
     WHERE id = ? AND (blocked_until_ms IS NOT NULL OR strikes > 0 OR rejected_at_ms IS NOT NULL)`,
  );
  const reject = db.prepare('UPDATE reviewer_keys SET rejected_at_ms = @atMs WHERE id = @id');
  return {
    /** In the order in which they were added, which is the order in which they are used. */
    ofProvider: (provider: string): ReviewerKeyRow[] => ofProvider.all(provider),
    list: (): ReviewerKeyRow[] => all.all(),
    add(key: Pick<ReviewerKeyRow, 'id' | 'provider' | 'label' | 'dailyLimit' | 'addedAtMs'>): void {
      add.run(key);
    },
    remove: (id: string): boolean => remove.run(id).changes === 1,
    /** The provider turned it away until then. */
    block(id: string, untilMs: number): void {
      block.run({ id, untilMs });
    },
    /** The provider does not know it. */
    reject(id: string, atMs: number): void {
      reject.run({ id, atMs });
    },
    /** It was answered: whatever was held against it is over. */
    clear(id: string): void {
      clear.run(id);
    },
  };
}
export type ReviewerKeyRepository = ReturnType<typeof reviewerKeyRepository>;
