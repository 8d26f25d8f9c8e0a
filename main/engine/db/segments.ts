import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';
import type { TimeRange } from '../../domain/time.ts';
import { Segment } from '../../domain/transcript.ts';

interface SegmentRow {
  speaker: string | null;
  from_s: number;
  to_s: number;
  text: string;
  words: string;
  timing: string;
}

const toSegment = (row: SegmentRow): Segment =>
  Segment.parse({
    ...(row.speaker === null ? {} : { speaker: row.speaker }),
    fromS: row.from_s,
    toS: row.to_s,
    text: row.text,
    words: readJson(row.words),
    timing: row.timing,
  });

const toRow = (segment: Segment): SegmentRow => ({
  speaker: segment.speaker ?? null,
  from_s: segment.fromS,
  to_s: segment.toS,
  text: segment.text,
  words: JSON.stringify(segment.words),
  timing: segment.timing,
});

const isSame = (a: SegmentRow, b: SegmentRow): boolean =>
  a.words === b.words &&
  a.text === b.text &&
  a.speaker === b.speaker &&
  a.from_s === b.from_s &&
  a.to_s === b.to_s &&
  a.timing === b.timing;

type Table = 'transcript_base' | 'transcript_segments';

function writerOf(db: Database, table: Table) {
  const remove = db.prepare<[string, number]>(`DELETE FROM ${table} WHERE episode_id = ? AND position >= ?`);
  const insert = db.prepare(
    `INSERT INTO ${table} (episode_id, position, speaker, from_s, to_s, text, words, timing)
     VALUES (@episodeId, @position, @speaker, @from_s, @to_s, @text, @words, @timing)`,
  );
  const update = db.prepare(
    `UPDATE ${table} SET speaker = @speaker, from_s = @from_s, to_s = @to_s, text = @text, words = @words,
                         timing = @timing WHERE episode_id = @episodeId AND position = @position`,
  );
  const ofEpisode = db.prepare<[string], SegmentRow>(
    `SELECT speaker, from_s, to_s, text, words, timing FROM ${table} WHERE episode_id = ? ORDER BY position`,
  );
  const within = db.prepare<{ episodeId: string; fromS: number; toS: number }, SegmentRow>(
    `SELECT speaker, from_s, to_s, text, words, timing FROM ${table}
     WHERE episode_id = @episodeId AND from_s < @toS AND to_s > @fromS ORDER BY position`,
  );
  const last = db.prepare<[string], { position: number | null }>(
    `SELECT max(position) AS position FROM ${table} WHERE episode_id = ?`,
  );
  return {
    /** Writes only the rows that are different: an edit of one sentence must not cost as much as an import. */
    put(episodeId: string, segments: readonly Segment[]): void {
      const before = ofEpisode.all(episodeId);
      for (const [position, segment] of segments.entries()) {
        const row = toRow(segment);
        const old = before[position];
        if (old === undefined) insert.run({ ...row, episodeId, position });
        else if (!isSame(old, row)) update.run({ ...row, episodeId, position });
      }
      if (before.length > segments.length) remove.run(episodeId, segments.length);
    },
    append(episodeId: string, segments: readonly Segment[]): void {
      const first = (last.get(episodeId)?.position ?? -1) + 1;
      for (const [index, segment] of segments.entries())
        insert.run({ ...toRow(segment), episodeId, position: first + index });
    },
    list: (episodeId: string): Segment[] => ofEpisode.all(episodeId).map(toSegment),
    listWithin: (episodeId: string, { fromS, toS }: TimeRange): Segment[] =>
      within.all({ episodeId, fromS, toS }).map(toSegment),
  };
}

export function segmentRepository(db: Database) {
  const base = writerOf(db, 'transcript_base');
  const result = writerOf(db, 'transcript_segments');
  return {
    /** Puts these sentences, as they came from a file or a recogniser, in place of all earlier ones of the episode. */
    replace(episodeId: string, segments: readonly Segment[]): void {
      base.put(episodeId, segments);
      result.put(episodeId, segments);
    },
    /** Puts sentences behind those there are, as text arrives. */
    append(episodeId: string, segments: readonly Segment[]): void {
      base.append(episodeId, segments);
      result.append(episodeId, segments);
    },
    /** The same where edits may concern what arrives: what people see is then put together anew. */
    appendBase(episodeId: string, segments: readonly Segment[]): void {
      base.append(episodeId, segments);
    },
    /** The sentences as people see them after edits; what they came from stays as it is. */
    setResult(episodeId: string, segments: readonly Segment[]): void {
      result.put(episodeId, segments);
    },
    list: result.list,
    /** The sentences that are said in a range, those it cuts into included. */
    listWithin: result.listWithin,
    /** The sentences as they came, before any edit. */
    listBase: base.list,
  };
}
export type SegmentRepository = ReturnType<typeof segmentRepository>;
