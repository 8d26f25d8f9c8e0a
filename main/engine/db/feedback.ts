import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Feedback, JudgedClip, type FeedbackKind } from '../../domain/feedback.ts';
import { Trim, type StoredTrim } from '../../domain/trim.ts';
import { readJson } from './json.ts';

export interface NewFeedback {
  readonly clipId: string;
  readonly kind: FeedbackKind;
  readonly rating?: number | undefined;
  readonly comment?: string | undefined;
  readonly judged: JudgedClip;
  readonly trim?: Trim | undefined;
  readonly givenAtMs: number;
}

interface FeedbackRow {
  id: number;
  clip_id: string;
  episode_id: string;
  kind: string;
  rating: number | null;
  comment: string | null;
  detail: string | null;
  given_at_ms: number;
  undone_at_ms: number | null;
}

/** The clip as it was when it was judged, and for a trim what it takes to take it back. */
const Detail = z.object({ judged: JudgedClip.optional(), trim: Trim.optional() });
const readDetail = (detail: string | null): z.infer<typeof Detail> =>
  detail === null ? {} : Detail.parse(readJson(detail));

const toFeedback = (row: FeedbackRow): Feedback =>
  Feedback.parse({
    id: row.id,
    clipId: row.clip_id,
    episodeId: row.episode_id,
    kind: row.kind,
    rating: row.rating,
    comment: row.comment,
    judged: readDetail(row.detail).judged ?? null,
    givenAtMs: row.given_at_ms,
    undoneAtMs: row.undone_at_ms,
  });

/** What was said about clips. Rows are only ever added, or marked as taken back. */
export function feedbackRepository(db: Database) {
  const insert = db.prepare(
    `INSERT INTO feedback (clip_id, episode_id, show_id, kind, rating, comment, detail, given_at_ms)
     SELECT clips.id, clips.episode_id, episodes.show_id, @kind, @rating, @comment, @detail, @givenAtMs
     FROM clips JOIN episodes ON episodes.id = clips.episode_id WHERE clips.id = @clipId`,
  );
  const ofClip = db.prepare<[string], FeedbackRow>('SELECT * FROM feedback WHERE clip_id = ? ORDER BY id');
  const standing = db.prepare<[string, number], FeedbackRow>(
    'SELECT * FROM feedback WHERE show_id = ? AND id > ? AND undone_at_ms IS NULL ORDER BY id',
  );
  const undo = db.prepare(
    'UPDATE feedback SET undone_at_ms = @nowMs WHERE id = @id AND undone_at_ms IS NULL',
  );
  const trimsOfEpisode = db.prepare<[string], FeedbackRow>(
    `SELECT * FROM feedback WHERE episode_id = ? AND detail ->> 'trim' IS NOT NULL AND undone_at_ms IS NULL ORDER BY id`,
  );
  const setDetail = db.prepare('UPDATE feedback SET detail = @detail WHERE id = @id');
  const lastTrim = db.prepare<[string], { id: number; detail: string | null }>(
    `SELECT id, detail FROM feedback WHERE clip_id = ? AND kind = 'trim' AND undone_at_ms IS NULL AND detail ->> 'trim' IS NOT NULL
     ORDER BY id DESC LIMIT 1`,
  );
  return {
    add({ clipId, kind, rating, comment, judged, trim, givenAtMs }: NewFeedback): void {
      insert.run({
        clipId,
        kind,
        rating: rating ?? null,
        comment: comment ?? null,
        detail: JSON.stringify({ judged, trim }),
        givenAtMs,
      });
    },
    /** Everything ever said about a clip, oldest first, what was taken back included. */
    listOfClip(clipId: string): Feedback[] {
      return ofClip.all(clipId).map(toFeedback);
    },
    /** What still stands about the clips of a show, oldest first, from after the given row. */
    listStanding(showId: string, afterId = 0): Feedback[] {
      return standing.all(showId, afterId).map(toFeedback);
    },
    /** The newest trim of a clip that still stands. */
    lastTrim(clipId: string): StoredTrim | undefined {
      const row = lastTrim.get(clipId);
      if (row === undefined) return undefined;
      const { trim } = readDetail(row.detail);
      return trim && { id: row.id, trim };
    },
    /** Moves what trims could be taken back to to another clock; one whose old cut is gone can no longer be taken back. */
    moveTrims(episodeId: string, moved: (trim: Trim) => Trim | undefined): void {
      for (const { id, detail } of trimsOfEpisode.all(episodeId)) {
        const { judged, trim } = readDetail(detail);
        if (trim !== undefined) setDetail.run({ id, detail: JSON.stringify({ judged, trim: moved(trim) }) });
      }
    },
    takeBack(id: number, nowMs: number): void {
      undo.run({ id, nowMs });
    },
  };
}
export type FeedbackRepository = ReturnType<typeof feedbackRepository>;
