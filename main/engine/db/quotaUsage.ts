import type { Database } from 'better-sqlite3';

/** The key and day on which an ask counts. */
export interface QuotaSlot {
  readonly provider: string;
  /** Empty where a provider is asked without a key. */
  readonly keyId: string;
  /** A day of UTC, such as 2026-11-22. */
  readonly day: string;
}

export interface Reservation extends QuotaSlot {
  readonly askId: string;
}

/** How many asks counted on a key and day; an ask that is under way is reserved, one that has ended settled. */
export interface QuotaUsage extends QuotaSlot {
  readonly reserved: number;
  readonly settled: number;
}

/**
 * Asks, counted by key and day. Every ask is reserved before it is sent and then settled or released, each in a
 * transaction of the caller's. Settling or releasing what is not reserved (any more) changes nothing, so that no ask
 * counts twice.
 */
export function quotaUsageRepository(db: Database) {
  const open = db.prepare<[string], Reservation>(
    'SELECT ask_id AS askId, provider, key_id AS keyId, day FROM quota_reservations WHERE ask_id = ?',
  );
  const startingWith = db
    .prepare<{ prefix: string }, string>(
      'SELECT ask_id FROM quota_reservations WHERE substr(ask_id, 1, length(@prefix)) = @prefix',
    )
    .pluck();
  const insert = db.prepare(
    `INSERT INTO quota_reservations (ask_id, provider, key_id, day, reserved_at_ms)
     VALUES (@askId, @provider, @keyId, @day, @nowMs)`,
  );
  const countReserved = db.prepare(
    `INSERT INTO quota_usage (provider, key_id, day, reserved) VALUES (@provider, @keyId, @day, 1)
     ON CONFLICT (provider, key_id, day) DO UPDATE SET reserved = reserved + 1`,
  );
  const end = db.prepare<[string], QuotaSlot>(
    'DELETE FROM quota_reservations WHERE ask_id = ? RETURNING provider, key_id AS keyId, day',
  );
  const countEnded = db.prepare(
    `UPDATE quota_usage SET reserved = reserved - 1, settled = settled + @settled
     WHERE provider = @provider AND key_id = @keyId AND day = @day`,
  );
  const used = db
    .prepare<QuotaSlot, number>(
      `SELECT reserved + settled FROM quota_usage WHERE provider = @provider AND key_id = @keyId AND day = @day`,
    )
    .pluck();
  const all = db.prepare<[], QuotaUsage>(
    'SELECT provider, key_id AS keyId, day, reserved, settled FROM quota_usage ORDER BY day, provider, key_id',
  );
  const finish = (askId: string, settled: 0 | 1): boolean => {
    const slot = end.get(askId);
    if (slot === undefined) return false;
    countEnded.run({ ...slot, settled });
    return true;
  };
  return {
    /** The reservation of an ask whose end is not known. */
    find: (askId: string): Reservation | undefined => open.get(askId),
    reserve(reservation: Reservation, nowMs: number): void {
      insert.run({ ...reservation, nowMs });
      countReserved.run(reservation);
    },
    /** The ask counts. False when it was not reserved. */
    settle: (askId: string): boolean => finish(askId, 1),
    /** The ask does not count: the provider did not take it. False when it was not reserved. */
    release: (askId: string): boolean => finish(askId, 0),
    /** Counts every ask of this beginning whose end will never be known. */
    settleAll(prefix: string): void {
      for (const askId of startingWith.all({ prefix })) finish(askId, 1);
    },
    /** Asks of a key on a day, those under way included. */
    used: (slot: QuotaSlot): number => used.get(slot) ?? 0,
    list: (): QuotaUsage[] => all.all(),
  };
}
export type QuotaUsageRepository = ReturnType<typeof quotaUsageRepository>;
