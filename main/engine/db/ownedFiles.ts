import type { Database } from 'better-sqlite3';

export type OwnedCategory = 'episode-copy' | 'analysis' | 'model' | 'export' | 'backup' | 'log';

/** A file that Soundbite made inside the library; only such files may ever be cleaned up. */
export interface OwnedFile {
  /** Relative to the library. */
  readonly path: string;
  readonly category: OwnedCategory;
  readonly episodeId: string | null;
  readonly device: number;
  readonly inode: number;
  readonly sizeBytes: number;
}

export function ownedFileRepository(db: Database) {
  const upsert = db.prepare(
    `INSERT INTO owned_files (path, category, episode_id, device, inode, size_bytes, created_at_ms, used_at_ms)
     VALUES (@path, @category, @episodeId, @device, @inode, @sizeBytes, @nowMs, @nowMs)
     ON CONFLICT (path) DO UPDATE SET device = excluded.device, inode = excluded.inode,
       size_bytes = excluded.size_bytes, used_at_ms = excluded.used_at_ms`,
  );
  const forget = db.prepare<[string]>('DELETE FROM owned_files WHERE path = ?');
  return {
    /** For a file that is gone. */
    forget(path: string): void {
      forget.run(path);
    },
    record(file: OwnedFile, nowMs: number): void {
      upsert.run({ ...file, nowMs });
    },
  };
}
export type OwnedFileRepository = ReturnType<typeof ownedFileRepository>;
