import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';
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

export function segmentRepository(db: Database) {
  const remove = db.prepare<[string]>('DELETE FROM transcript_segments WHERE episode_id = ?');
  const insert = db.prepare(
    `INSERT INTO transcript_segments (episode_id, position, speaker, from_s, to_s, text, words, timing)
     VALUES (@episodeId, @position, @speaker, @fromS, @toS, @text, @words, @timing)`,
  );
  const ofEpisode = db.prepare<[string], SegmentRow>(
    'SELECT * FROM transcript_segments WHERE episode_id = ? ORDER BY position',
  );
  const last = db.prepare<[string], { position: number | null }>(
    'SELECT max(position) AS position FROM transcript_segments WHERE episode_id = ?',
  );
  const add = (episodeId: string, segments: readonly Segment[], first: number): void => {
    for (const [index, segment] of segments.entries()) {
      insert.run({
        episodeId,
        position: first + index,
        speaker: segment.speaker ?? null,
        fromS: segment.fromS,
        toS: segment.toS,
        text: segment.text,
        words: JSON.stringify(segment.words),
        timing: segment.timing,
      });
    }
  };
  return {
    /** Puts sentences behind those there are, as text arrives. */
    append(episodeId: string, segments: readonly Segment[]): void {
      add(episodeId, segments, (last.get(episodeId)?.position ?? -1) + 1);
    },
    /** Puts these sentences in place of all earlier ones of the episode. */
    replace(episodeId: string, segments: readonly Segment[]): void {
      remove.run(episodeId);
      add(episodeId, segments, 0);
    },
    list(episodeId: string): Segment[] {
      return ofEpisode.all(episodeId).map(toSegment);
    },
  };
}
export type SegmentRepository = ReturnType<typeof segmentRepository>;
