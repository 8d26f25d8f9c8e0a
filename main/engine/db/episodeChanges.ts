import type { Database } from 'better-sqlite3';

/** What tells one process that another one has changed something about an episode. */
export function episodeChangeRepository(db: Database) {
  const all = db.prepare<[], [string, number]>('SELECT episode_id, version FROM episode_changes').raw();
  return {
    /** Of each episode that anything was ever decided on, a number that rises with every decision. */
    versions: (): ReadonlyMap<string, number> => new Map(all.all()),
    /** A number that moves only when another connection has written. */
    dataVersion: (): unknown => db.pragma('data_version', { simple: true }),
  };
}
export type EpisodeChangeRepository = ReturnType<typeof episodeChangeRepository>;
