import type { Database } from 'better-sqlite3';
import type { TimeRange } from '../../domain/time.ts';
import { OffLimits } from '../../domain/offLimits.ts';

interface OffLimitsRow {
  id: number;
  from_s: number;
  to_s: number;
  kind: string;
  reason: string;
}

const toOffLimits = (row: OffLimitsRow): OffLimits =>
  OffLimits.parse({ fromS: row.from_s, toS: row.to_s, kind: row.kind, reason: row.reason });

export function offLimitsRepository(db: Database) {
  const removeFound = db.prepare<[string]>(
    "DELETE FROM off_limits WHERE episode_id = ? AND kind <> 'off-record'",
  );
  const insert = db.prepare(
    `INSERT INTO off_limits (episode_id, from_s, to_s, kind, reason) VALUES (@episodeId, @fromS, @toS, @kind, @reason)`,
  );
  const ofEpisode = db.prepare<[string], OffLimitsRow>(
    'SELECT id, from_s, to_s, kind, reason FROM off_limits WHERE episode_id = ? AND overruled = 0 ORDER BY from_s, to_s',
  );
  const allOfEpisode = db.prepare<[string], OffLimitsRow>(
    'SELECT id, from_s, to_s, kind, reason FROM off_limits WHERE episode_id = ? ORDER BY from_s, to_s',
  );
  const setRange = db.prepare('UPDATE off_limits SET from_s = @fromS, to_s = @toS WHERE id = @id');
  const remove = db.prepare<[number]>('DELETE FROM off_limits WHERE id = ?');
  return {
    /** Moves every range, those overruled by a person as well, or removes those that have no place any more; answers with these. */
    move(episodeId: string, moved: (range: TimeRange) => TimeRange | undefined): OffLimits[] {
      return allOfEpisode.all(episodeId).flatMap((row) => {
        const range = moved({ fromS: row.from_s, toS: row.to_s });
        if (range !== undefined) setRange.run({ id: row.id, fromS: range.fromS, toS: range.toS });
        else remove.run(row.id);
        return range === undefined ? [toOffLimits(row)] : [];
      });
    },
    /** Puts what was found now in place of what was found before; what a person marked off the record stays. */
    replaceFound(episodeId: string, found: readonly OffLimits[]): void {
      removeFound.run(episodeId);
      for (const range of found) insert.run({ episodeId, ...range });
    },
    list(episodeId: string): OffLimits[] {
      return ofEpisode.all(episodeId).map(toOffLimits);
    },
  };
}
export type OffLimitsRepository = ReturnType<typeof offLimitsRepository>;
