import type { Database } from 'better-sqlite3';
import { MarkedOffLimits, type OffLimits } from '../../domain/offLimits.ts';
import { lengthS, overlapS, type TimeRange } from '../../domain/time.ts';

interface OffLimitsRow {
  id: number;
  from_s: number;
  to_s: number;
  kind: string;
  reason: string;
  overruled: number;
}

const toMarked = (row: OffLimitsRow): MarkedOffLimits =>
  MarkedOffLimits.parse({
    id: row.id,
    fromS: row.from_s,
    toS: row.to_s,
    kind: row.kind,
    reason: row.reason,
    isOverruled: row.overruled === 1,
  });

const isSame = (a: OffLimits, b: OffLimits): boolean =>
  a.kind === b.kind && overlapS(a, b) > Math.min(lengthS(a), lengthS(b)) / 2;

export function offLimitsRepository(db: Database) {
  const insert = db.prepare(
    `INSERT INTO off_limits (episode_id, from_s, to_s, kind, reason) VALUES (@episodeId, @fromS, @toS, @kind, @reason)`,
  );
  const move = db.prepare(
    'UPDATE off_limits SET from_s = @fromS, to_s = @toS, reason = @reason WHERE id = @id',
  );
  const setRange = db.prepare('UPDATE off_limits SET from_s = @fromS, to_s = @toS WHERE id = @id');
  const remove = db.prepare<[number]>('DELETE FROM off_limits WHERE id = ?');
  const overrule = db.prepare<[number, number]>('UPDATE off_limits SET overruled = ? WHERE id = ?');
  const ofEpisode = db.prepare<[string], OffLimitsRow>(
    'SELECT * FROM off_limits WHERE episode_id = ? ORDER BY from_s, to_s, id',
  );
  const listMarked = (episodeId: string): MarkedOffLimits[] => ofEpisode.all(episodeId).map(toMarked);
  return {
    /**
     * Puts what was found now in place of what was found before. What a person marked or overruled stays, and what was
     * found again keeps its id.
     */
    replaceFound(episodeId: string, found: readonly OffLimits[]): void {
      const before = listMarked(episodeId).filter(({ kind }) => kind !== 'off-record');
      const overruled = before.filter(({ isOverruled }) => isOverruled);
      const old = before.filter(({ isOverruled }) => !isOverruled);
      for (const range of found) {
        if (overruled.some((other) => isSame(other, range))) continue;
        const at = old.findIndex((other) => isSame(other, range));
        const [again] = at < 0 ? [] : old.splice(at, 1);
        if (again === undefined) insert.run({ episodeId, ...range });
        else move.run({ ...range, id: again.id });
      }
      for (const { id } of old) remove.run(id);
    },
    /** What is off limits now: what was overruled is left out. */
    list(episodeId: string): MarkedOffLimits[] {
      return listMarked(episodeId).filter(({ isOverruled }) => !isOverruled);
    },
    /** What was found and what a person marked, overruled or not, in order of time. */
    listMarked,
    add(episodeId: string, range: OffLimits): void {
      insert.run({ episodeId, ...range });
    },
    setOverruled(id: number, isOverruled: boolean): void {
      overrule.run(isOverruled ? 1 : 0, id);
    },
    /** Moves every range, the overruled as well, or removes those that have no place any more; answers with these. */
    move(episodeId: string, movedRange: (range: TimeRange) => TimeRange | undefined): MarkedOffLimits[] {
      return listMarked(episodeId).filter((marked) => {
        const range = movedRange(marked);
        if (range === undefined) remove.run(marked.id);
        else setRange.run({ id: marked.id, fromS: range.fromS, toS: range.toS });
        return range === undefined;
      });
    },
    remove(id: number): void {
      remove.run(id);
    },
  };
}
export type OffLimitsRepository = ReturnType<typeof offLimitsRepository>;
