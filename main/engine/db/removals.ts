import type { Database } from 'better-sqlite3';
import type { OwnedCategory, RemovalReason, UndoableCleanup } from '../../domain/storage.ts';
import type { RecordedFile } from './ownedFiles.ts';

/**
 * intended: about to move. removed: in the trash. restoring: about to come back. undone: back in its place.
 * emptying: about to go for good. emptied: gone.
 */
export type RemovalState = 'intended' | 'removed' | 'restoring' | 'undone' | 'emptying' | 'emptied';

/** A file that a cleanup took away, or is about to. */
export interface Removal extends RecordedFile {
  readonly id: number;
  readonly run: string;
  readonly reason: RemovalReason;
  readonly state: RemovalState;
  /** Relative to the library; null when the system's trash has it. */
  readonly keptAs: string | null;
  readonly changedAtMs: number;
}

interface RemovalRow extends Omit<Removal, 'category' | 'reason'> {
  readonly category: string;
  readonly reason: string;
}

const COLUMNS = `id, run, path, category, episode_id AS episodeId, device, inode, size_bytes AS sizeBytes,
  created_at_ms AS createdAtMs, used_at_ms AS usedAtMs, reason, state, kept_as AS keptAs, changed_at_ms AS changedAtMs`;

/** Only this file writes the two columns, so their words are those of the types. */
const toRemoval = (row: RemovalRow): Removal => ({
  ...row,
  category: row.category as OwnedCategory,
  reason: row.reason as RemovalReason,
});

export function removalRepository(db: Database) {
  const insert = db
    .prepare<Record<string, unknown>, number>(
      `INSERT INTO removals (run, path, category, episode_id, device, inode, size_bytes, created_at_ms, used_at_ms, reason,
                             state, changed_at_ms)
       VALUES (@run, @path, @category, @episodeId, @device, @inode, @sizeBytes, @createdAtMs, @usedAtMs, @reason,
               'intended', @nowMs) RETURNING id`,
    )
    .pluck();
  const drop = db.prepare<[number]>(`DELETE FROM removals WHERE id = ? AND state = 'intended'`);
  const setState = db.prepare(
    `UPDATE removals SET state = @to, changed_at_ms = @nowMs WHERE id = @id AND state = @from`,
  );
  const setKeptAs = db.prepare('UPDATE removals SET kept_as = @keptAs WHERE id = @id');
  const unsettled = db.prepare<[], RemovalRow>(
    `SELECT ${COLUMNS} FROM removals WHERE state IN ('intended', 'restoring', 'emptying') ORDER BY id`,
  );
  const hasUnsettled = db
    .prepare<[], number>(
      `SELECT EXISTS (SELECT 1 FROM removals WHERE state IN ('intended', 'restoring', 'emptying'))
           OR EXISTS (SELECT 1 FROM removals WHERE journaled IS NOT state AND state IN ('removed', 'undone', 'emptied'))`,
    )
    .pluck();
  const inTrash = db.prepare<[], RemovalRow>(
    `SELECT ${COLUMNS} FROM removals WHERE state = 'removed' AND kept_as IS NOT NULL ORDER BY changed_at_ms, id`,
  );
  const ofRun = db.prepare<[string], RemovalRow>(`SELECT ${COLUMNS} FROM removals WHERE run = ? ORDER BY id`);
  const untold = db.prepare<[], RemovalRow>(
    `SELECT ${COLUMNS} FROM removals WHERE journaled IS NOT state AND state IN ('removed', 'undone', 'emptied') ORDER BY id`,
  );
  const told = db.prepare(`UPDATE removals SET journaled = @state WHERE id = @id AND state = @state`);
  const undoable = db.prepare<[], UndoableCleanup>(
    `SELECT run, max(changed_at_ms) AS atMs, count(*) AS files, sum(size_bytes) AS sizeBytes
     FROM removals WHERE state = 'removed' AND kept_as IS NOT NULL AND reason <> 'archived'
     GROUP BY run ORDER BY max(id) DESC LIMIT 1`,
  );
  return {
    /** Writes down that a file is about to move to the trash; answers the removal's number. */
    intend(run: string, file: RecordedFile, reason: RemovalReason, nowMs: number): number {
      const id = insert.get({ ...file, run, reason, nowMs });
      if (id === undefined) throw new Error('a removal was written and has no number');
      return id;
    },
    /** For a file that stayed where it was. */
    drop(id: number): void {
      drop.run(id);
    },
    setState: (id: number, from: RemovalState, to: RemovalState, nowMs: number): boolean =>
      setState.run({ id, from, to, nowMs }).changes === 1,
    setKeptAs(id: number, keptAs: string | null): void {
      setKeptAs.run({ id, keptAs });
    },
    listUnsettled: (): Removal[] => unsettled.all().map(toRemoval),
    /** Whether a process was killed in the middle: of moving files, or of telling the journal. */
    hasUnsettled: (): boolean => hasUnsettled.get() === 1,
    /** What lies in the library's own trash, the oldest first. */
    listInTrash: (): Removal[] => inTrash.all().map(toRemoval),
    listOfRun: (run: string): Removal[] => ofRun.all(run).map(toRemoval),
    /** Settled removals whose state the journal does not tell of yet. */
    listUntold: (): Removal[] => untold.all().map(toRemoval),
    setTold({ id, state }: Pick<Removal, 'id' | 'state'>): void {
      told.run({ id, state });
    },
    lastUndoable: (): UndoableCleanup | undefined => undoable.get(),
  };
}
export type RemovalRepository = ReturnType<typeof removalRepository>;
