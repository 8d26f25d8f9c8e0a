import type { Database } from 'better-sqlite3';
import type { OwnedCategory } from '../../domain/storage.ts';

export type { OwnedCategory };

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

/** An owned file with its age. */
export interface RecordedFile extends OwnedFile {
  readonly createdAtMs: number;
  readonly usedAtMs: number;
}

export function ownedFileRepository(db: Database) {
  const upsert = db.prepare(
    `INSERT INTO owned_files (path, category, episode_id, device, inode, size_bytes, created_at_ms, used_at_ms)
     VALUES (@path, @category, @episodeId, @device, @inode, @sizeBytes, @nowMs, @nowMs)
     ON CONFLICT (path) DO UPDATE SET device = excluded.device, inode = excluded.inode,
       size_bytes = excluded.size_bytes, used_at_ms = excluded.used_at_ms`,
  );
  const putBack = db.prepare(
    `INSERT INTO owned_files (path, category, episode_id, device, inode, size_bytes, created_at_ms, used_at_ms)
     VALUES (@path, @category, (SELECT id FROM episodes WHERE id = @episodeId), @device, @inode, @sizeBytes, @createdAtMs, @usedAtMs)
     ON CONFLICT (path) DO NOTHING`,
  );
  const forget = db.prepare<[string]>('DELETE FROM owned_files WHERE path = ?');
  const forgetSame = db.prepare<OwnedFile>(
    `DELETE FROM owned_files WHERE path = @path AND device = @device AND inode = @inode AND size_bytes = @sizeBytes`,
  );
  const columns = `path, category, episode_id AS episodeId, device, inode, size_bytes AS sizeBytes,
                   created_at_ms AS createdAtMs, used_at_ms AS usedAtMs`;
  const all = db.prepare<[], RecordedFile>(`SELECT ${columns} FROM owned_files ORDER BY path`);
  const byPath = db.prepare<[string], RecordedFile>(`SELECT ${columns} FROM owned_files WHERE path = ?`);
  return {
    /** For a file that is gone. */
    forget(path: string): void {
      forget.run(path);
    },
    /** Forgets this very file; what was made under its name since stays recorded. */
    forgetSame(file: OwnedFile): void {
      forgetSame.run(file);
    },
    record(file: OwnedFile, nowMs: number): void {
      upsert.run({ ...file, nowMs });
    },
    /** Records a file that came back from the trash with the age it had. */
    putBack(file: RecordedFile): void {
      putBack.run(file);
    },
    list: (): RecordedFile[] => all.all(),
    get: (path: string): RecordedFile | undefined => byPath.get(path),
  };
}
export type OwnedFileRepository = ReturnType<typeof ownedFileRepository>;
