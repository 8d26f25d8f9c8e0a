import type { Database } from 'better-sqlite3';

interface Run {
  readonly hash: number;
  readonly atS: number;
}

/** More places than this and a run of words is a turn of phrase. */
const MOST_PLACES = 200;

/** Runs of words by their hash, so that the same words are found again in any episode. */
export function wordRunRepository(db: Database) {
  const remove = db.prepare<[string]>('DELETE FROM word_runs WHERE episode_id = ?');
  const insert = db.prepare<[number, string, number]>('INSERT OR IGNORE INTO word_runs VALUES (?, ?, ?)');
  const setCurrent = db.prepare<[string]>('UPDATE episodes SET word_runs_current = 1 WHERE id = ?');
  const outdated = db
    .prepare<[], string>(
      `SELECT id FROM episodes WHERE word_runs_current = 0
       AND EXISTS (SELECT 1 FROM transcript_segments WHERE episode_id = episodes.id) ORDER BY id`,
    )
    .pluck();
  const ofEpisode = db.prepare<[string], Run>(
    'SELECT hash, at_s AS atS FROM word_runs WHERE episode_id = ? ORDER BY at_s, hash',
  );
  const places = db.prepare<[number, string, number], { episodeId: string; atS: number }>(
    `SELECT episode_id AS episodeId, at_s AS atS FROM word_runs WHERE hash = ? AND episode_id <> ?
     ORDER BY episode_id, at_s LIMIT ?`,
  );
  return {
    /** The episodes whose words have changed, or were never looked at. */
    outdated: (): string[] => outdated.all(),
    /** Puts these runs in place of all earlier ones of the episode. */
    replace(episodeId: string, runs: readonly Run[]): void {
      remove.run(episodeId);
      for (const { hash, atS } of runs) insert.run(hash, episodeId, atS);
      setCurrent.run(episodeId);
    },
    list: (episodeId: string): Run[] => ofEpisode.all(episodeId),
    /** Where else than in one episode these runs are said; one that is said everywhere is said nowhere. */
    findElsewhere(hashes: Iterable<number>, episodeId: string): (Run & { readonly episodeId: string })[] {
      return [...new Set(hashes)].flatMap((hash) => {
        const found = places.all(hash, episodeId, MOST_PLACES + 1);
        return found.length > MOST_PLACES ? [] : found.map((place) => ({ hash, ...place }));
      });
    },
  };
}
export type WordRunRepository = ReturnType<typeof wordRunRepository>;
