import type { Database } from 'better-sqlite3';
import { Mark, type NewMark } from '../../domain/mark.ts';

export type MarkTimes = Pick<Mark, 'atS' | 'toS'>;

export interface MovedMarks {
  readonly moved: number;
  readonly gone: readonly Mark[];
}

interface MarkRow {
  id: number;
  episode_id: string;
  at_s: number;
  to_s: number | null;
  note: string;
}

const toMark = (row: MarkRow): Mark =>
  Mark.parse({ id: row.id, episodeId: row.episode_id, atS: row.at_s, toS: row.to_s, note: row.note });

export function markRepository(db: Database) {
  const same = db.prepare<NewMark & { episodeId: string }, MarkRow>(
    'SELECT * FROM marks WHERE episode_id = @episodeId AND at_s = @atS AND to_s IS @toS AND note = @note',
  );
  const insert = db.prepare<NewMark & { episodeId: string; createdAtMs: number }, MarkRow>(
    `INSERT INTO marks (episode_id, at_s, to_s, note, created_at_ms)
     VALUES (@episodeId, @atS, @toS, @note, @createdAtMs) RETURNING *`,
  );
  const byId = db.prepare<[number], MarkRow>('SELECT * FROM marks WHERE id = ?');
  const ofEpisode = db.prepare<[string], MarkRow>(
    'SELECT * FROM marks WHERE episode_id = ? ORDER BY at_s, id',
  );
  const remove = db.prepare<[number]>('DELETE FROM marks WHERE id = ?');
  const setTimes = db.prepare('UPDATE marks SET at_s = @atS, to_s = @toS WHERE id = @id');
  return {
    /** Adds a mark; the same mark is added once, so that a file can be imported again. */
    add(episodeId: string, mark: NewMark, nowMs: number): Mark {
      const known = same.get({ ...mark, episodeId });
      const row = known ?? insert.get({ ...mark, episodeId, createdAtMs: nowMs });
      return Mark.parse(row && toMark(row));
    },
    get(id: number): Mark | undefined {
      const row = byId.get(id);
      return row && toMark(row);
    },
    list(episodeId: string): Mark[] {
      return ofEpisode.all(episodeId).map(toMark);
    },
    remove(id: number): void {
      remove.run(id);
    },
    /** Moves every mark to another clock and removes those that have no place there. */
    move(episodeId: string, movedTimes: (mark: MarkTimes) => MarkTimes | undefined): MovedMarks {
      const marks = ofEpisode.all(episodeId).map(toMark);
      const gone = marks.filter((mark) => {
        const { id } = mark;
        const times = movedTimes(mark);
        if (times === undefined) remove.run(id);
        else setTimes.run({ id, atS: times.atS, toS: times.toS });
        return times === undefined;
      });
      return { moved: marks.length - gone.length, gone };
    },
  };
}
export type MarkRepository = ReturnType<typeof markRepository>;
