import type { Database } from 'better-sqlite3';

/** A circuit breaker as it is kept; the reviewer knows what its states mean. */
export interface BreakerRecord {
  readonly state: 'closed' | 'open' | 'half-open';
  readonly failures: number;
  readonly recent: readonly boolean[];
  readonly openings: number;
  readonly openedAtMs: number | null;
  readonly retryAtMs: number | null;
}

type BreakerRow = Omit<BreakerRecord, 'recent'> & { readonly recent: string };

export function breakerRepository(db: Database) {
  const get = db.prepare<[string], BreakerRow>(
    `SELECT state, failures, recent, openings, opened_at_ms AS openedAtMs, retry_at_ms AS retryAtMs
     FROM breakers WHERE provider = ?`,
  );
  const save = db.prepare(
    `INSERT INTO breakers (provider, state, failures, recent, openings, opened_at_ms, retry_at_ms)
     VALUES (@provider, @state, @failures, @recent, @openings, @openedAtMs, @retryAtMs)
     ON CONFLICT (provider) DO UPDATE SET state = excluded.state, failures = excluded.failures, recent = excluded.recent,
       openings = excluded.openings, opened_at_ms = excluded.opened_at_ms, retry_at_ms = excluded.retry_at_ms`,
  );
  const blockedUntil = db
    .prepare<[string], number | null>('SELECT blocked_until_ms FROM breakers WHERE provider = ?')
    .pluck();
  const block = db.prepare(
    `INSERT INTO breakers (provider, state, blocked_until_ms) VALUES (@provider, 'closed', @untilMs)
     ON CONFLICT (provider) DO UPDATE SET blocked_until_ms = excluded.blocked_until_ms`,
  );
  const remove = db.prepare<[string]>('DELETE FROM breakers WHERE provider = ?');
  return {
    /** Undefined for a provider that was never asked. */
    get(provider: string): BreakerRecord | undefined {
      const row = get.get(provider);
      return row && { ...row, recent: Array.from(row.recent, (mark) => mark === '1') };
    },
    save(provider: string, breaker: BreakerRecord): void {
      const recent = breaker.recent.map((isWell) => (isWell ? '1' : '0')).join('');
      save.run({ ...breaker, provider, recent });
    },
    /** Until when a provider does not want to be asked without a key; null where it said nothing of the kind. */
    blockedUntil: (provider: string): number | null => blockedUntil.get(provider) ?? null,
    block(provider: string, untilMs: number): void {
      block.run({ provider, untilMs });
    },
    /** As if it had never been asked. */
    reset(provider: string): void {
      remove.run(provider);
    },
  };
}
export type BreakerRepository = ReturnType<typeof breakerRepository>;
