import type { Database } from 'better-sqlite3';

interface MarkRow {
  id: number;
  at_s: number;
  note: string;
}

export interface MovedMarks {
  readonly moved: number;
  readonly gone: { readonly atS: number; readonly note: string }[];
}

export function markRepository(db: Database) {
  const ofEpisode = db.prepare<[string], MarkRow>(
    'SELECT id, at_s, note FROM marks WHERE episode_id = ? ORDER BY at_s, id',
  );
  const setTime = db.prepare('UPDATE marks SET at_s = @atS WHERE id = @id');
  const remove = db.prepare<[number]>('DELETE FROM marks WHERE id = ?');
  return {
    /** Moves every mark to another clock and removes those that have no place there. */
    move(episodeId: string, movedTime: (atS: number) => number | undefined): MovedMarks {
      const marks = ofEpisode.all(episodeId);
      const gone = marks.flatMap(({ id, at_s, note }) => {
        const atS = movedTime(at_s);
        if (atS !== undefined) setTime.run({ id, atS });
        else remove.run(id);
        return atS === undefined ? [{ atS: at_s, note }] : [];
      });
      return { moved: marks.length - gone.length, gone };
    },
  };
}
export type MarkRepository = ReturnType<typeof markRepository>;
