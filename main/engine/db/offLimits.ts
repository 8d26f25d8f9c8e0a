import type { Database } from 'better-sqlite3';
import { OffLimits } from '../../domain/offLimits.ts';

interface OffLimitsRow {
  from_s: number;
  to_s: number;
  kind: string;
  reason: string;
}

export function offLimitsRepository(db: Database) {
  const removeFound = db.prepare<[string]>(
    "DELETE FROM off_limits WHERE episode_id = ? AND kind <> 'off-record'",
  );
  const insert = db.prepare(
    `INSERT INTO off_limits (episode_id, from_s, to_s, kind, reason) VALUES (@episodeId, @fromS, @toS, @kind, @reason)`,
  );
  const ofEpisode = db.prepare<[string], OffLimitsRow>(
    'SELECT from_s, to_s, kind, reason FROM off_limits WHERE episode_id = ? AND overruled = 0 ORDER BY from_s, to_s',
  );
  return {
    /** Puts what was found now in place of what was found before; what a person marked off the record stays. */
    replaceFound(episodeId: string, found: readonly OffLimits[]): void {
      removeFound.run(episodeId);
      for (const range of found) insert.run({ episodeId, ...range });
    },
    list(episodeId: string): OffLimits[] {
      return ofEpisode
        .all(episodeId)
        .map((row) =>
          OffLimits.parse({ fromS: row.from_s, toS: row.to_s, kind: row.kind, reason: row.reason }),
        );
    },
  };
}
export type OffLimitsRepository = ReturnType<typeof offLimitsRepository>;
