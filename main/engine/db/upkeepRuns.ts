import type { Database } from 'better-sqlite3';

/** When each piece of upkeep was done last, by any process. */
export function upkeepRunRepository(db: Database) {
  const last = db.prepare<[string], number>('SELECT last_at_ms FROM upkeep_runs WHERE name = ?').pluck();
  const save = db.prepare(
    'INSERT INTO upkeep_runs (name, last_at_ms) VALUES (@name, @atMs) ON CONFLICT (name) DO UPDATE SET last_at_ms = excluded.last_at_ms',
  );
  return {
    lastAtMs: (name: string): number | undefined => last.get(name),
    save(name: string, atMs: number): void {
      save.run({ name, atMs });
    },
  };
}
export type UpkeepRunRepository = ReturnType<typeof upkeepRunRepository>;
