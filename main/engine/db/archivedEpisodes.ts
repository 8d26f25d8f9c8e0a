import type { Database } from 'better-sqlite3';

/** A recording that was put away; its episode goes on reading it where it is now. */
export interface ArchivedEpisode {
  readonly episodeId: string;
  /** Where it was, relative to the library. */
  readonly wasPath: string;
  /** Where it is, absolute. */
  readonly path: string;
  readonly device: number;
  readonly inode: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly archivedAtMs: number;
}

export function archivedEpisodeRepository(db: Database) {
  const columns = `episode_id AS episodeId, was_path AS wasPath, path, device, inode, size_bytes AS sizeBytes, sha256,
                   archived_at_ms AS archivedAtMs`;
  const byId = db.prepare<[string], ArchivedEpisode>(
    `SELECT ${columns} FROM archived_episodes WHERE episode_id = ?`,
  );
  const all = db.prepare<[], ArchivedEpisode>(
    `SELECT ${columns} FROM archived_episodes ORDER BY archived_at_ms DESC, episode_id`,
  );
  const insert = db.prepare<ArchivedEpisode>(
    `INSERT INTO archived_episodes (episode_id, was_path, path, device, inode, size_bytes, sha256, archived_at_ms)
     VALUES (@episodeId, @wasPath, @path, @device, @inode, @sizeBytes, @sha256, @archivedAtMs)`,
  );
  const remove = db.prepare<[string]>('DELETE FROM archived_episodes WHERE episode_id = ?');
  const setPath = db.prepare('UPDATE episodes SET path = @path WHERE id = @episodeId');
  return {
    get: (episodeId: string): ArchivedEpisode | undefined => byId.get(episodeId),
    /** Newest first. */
    list: (): ArchivedEpisode[] => all.all(),
    /** Puts the episode's recording at its new place. */
    add(episode: ArchivedEpisode): void {
      insert.run(episode);
      setPath.run({ path: episode.path, episodeId: episode.episodeId });
    },
    /** Puts the episode's recording back at a place of the library, absolute. */
    bringBack(episodeId: string, path: string): void {
      remove.run(episodeId);
      setPath.run({ path, episodeId });
    },
  };
}
export type ArchivedEpisodeRepository = ReturnType<typeof archivedEpisodeRepository>;
