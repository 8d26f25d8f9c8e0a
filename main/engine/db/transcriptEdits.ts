import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';
import {
  TranscriptEdit,
  type EditAuthor,
  type EditOperation,
  type EditState,
} from '../../domain/transcriptEdit.ts';

interface EditRow {
  id: number;
  step: number;
  author: string;
  operation: string;
  state: string;
  is_found: number;
  made_at_ms: number;
}

const toEdit = (row: EditRow): TranscriptEdit =>
  TranscriptEdit.parse({
    id: row.id,
    step: row.step,
    author: row.author,
    operation: readJson(row.operation),
    state: row.state,
    isFound: row.is_found === 1,
    madeAtMs: row.made_at_ms,
  });

export interface NewStep {
  readonly author: EditAuthor;
  readonly operations: readonly EditOperation[];
  readonly madeAtMs: number;
}

export function transcriptEditRepository(db: Database) {
  const ofEpisode = db.prepare<[string], EditRow>(
    'SELECT * FROM transcript_edits WHERE episode_id = ? ORDER BY step, id',
  );
  const ofShow = db.prepare<[string], EditRow>(
    `SELECT transcript_edits.* FROM transcript_edits JOIN episodes ON episodes.id = transcript_edits.episode_id
     WHERE episodes.show_id = ? AND author = 'person' AND transcript_edits.state = 'applied'
     ORDER BY transcript_edits.id`,
  );
  const lastStep = db
    .prepare<[string], number>('SELECT coalesce(max(step), 0) FROM transcript_edits WHERE episode_id = ?')
    .pluck();
  const insert = db.prepare(
    `INSERT INTO transcript_edits (episode_id, step, author, operation, state, made_at_ms)
     VALUES (@episodeId, @step, @author, @operation, 'applied', @madeAtMs)`,
  );
  const forgetUndone = db.prepare<[string]>(
    "DELETE FROM transcript_edits WHERE episode_id = ? AND state = 'undone' AND author = 'person'",
  );
  const revertUndone = db.prepare<[string]>(
    "UPDATE transcript_edits SET state = 'reverted' WHERE episode_id = ? AND state = 'undone'",
  );
  const setState = db.prepare('UPDATE transcript_edits SET state = @state WHERE id = @id');
  const setFound = db.prepare('UPDATE transcript_edits SET is_found = @isFound WHERE id = @id');
  const setOperation = db.prepare('UPDATE transcript_edits SET operation = @operation WHERE id = @id');
  const remove = db.prepare<[number]>('DELETE FROM transcript_edits WHERE id = ?');
  return {
    /** Every edit of an episode, in the order in which they apply. */
    list(episodeId: string): TranscriptEdit[] {
      return ofEpisode.all(episodeId).map(toEdit);
    },
    /** What people corrected by hand in all episodes of a show and did not take back, oldest first. */
    listByHand(showId: string): TranscriptEdit[] {
      return ofShow.all(showId).map(toEdit);
    },
    /**
     * Adds edits as the newest step. What was undone can no longer be redone then; what a rule did and a person
     * undid is remembered, so that the rule does not do it again.
     */
    addStep(episodeId: string, { author, operations, madeAtMs }: NewStep): number {
      forgetUndone.run(episodeId);
      revertUndone.run(episodeId);
      const step = (lastStep.get(episodeId) ?? 0) + 1;
      for (const operation of operations)
        insert.run({ episodeId, step, author, operation: JSON.stringify(operation), madeAtMs });
      return step;
    },
    setState(id: number, state: EditState): void {
      setState.run({ id, state });
    },
    setFound(id: number, isFound: boolean): void {
      setFound.run({ id, isFound: isFound ? 1 : 0 });
    },
    /** The same edit on another clock, as when the recording was replaced. */
    setOperation(id: number, operation: EditOperation): void {
      setOperation.run({ id, operation: JSON.stringify(operation) });
    },
    /** Forgets an edit whose words the recording no longer has. */
    remove(id: number): void {
      remove.run(id);
    },
  };
}
export type TranscriptEditRepository = ReturnType<typeof transcriptEditRepository>;
