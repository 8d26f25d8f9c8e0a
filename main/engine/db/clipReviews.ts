import type { Database } from 'better-sqlite3';
import { ClipReview } from '../../domain/clipReview.ts';
import { readJson } from './json.ts';

/** What a model answered, by everything that was asked. */
export interface ReviewerAnswer {
  readonly hash: string;
  readonly provider: string;
  readonly model: string;
  readonly answer: unknown;
}

/** A review of a clip, and the hash of what was asked for it. */
export interface StoredReview {
  readonly clipId: string;
  readonly hash: string;
  readonly review: ClipReview;
}

/** What language models said of clips: their answers as they came, and the reviews that were made of them. */
export function clipReviewRepository(db: Database) {
  const answer = db.prepare<[string], { answer: string }>(
    'SELECT answer FROM reviewer_answers WHERE hash = ?',
  );
  const saveAnswer = db.prepare(
    `INSERT INTO reviewer_answers (hash, provider, model, answer, answered_at_ms)
     VALUES (@hash, @provider, @model, @answer, @nowMs) ON CONFLICT (hash) DO NOTHING`,
  );
  const ofEpisode = db.prepare<[string], { clipId: string; hash: string; review: string }>(
    `SELECT clip_id AS clipId, hash, review FROM clip_reviews JOIN clips ON clips.id = clip_id WHERE episode_id = ?`,
  );
  const forget = db.prepare<[string]>('DELETE FROM clip_reviews WHERE clip_id = ?');
  const save = db.prepare(
    `INSERT INTO clip_reviews (clip_id, hash, review, reviewed_at_ms)
     SELECT @clipId, @hash, @review, @nowMs WHERE EXISTS (SELECT 1 FROM clips WHERE id = @clipId)`,
  );
  return {
    findAnswer(hash: string): unknown {
      const row = answer.get(hash);
      return row && readJson(row.answer);
    },
    saveAnswer(given: ReviewerAnswer, nowMs: number): void {
      saveAnswer.run({ ...given, answer: JSON.stringify(given.answer), nowMs });
    },
    /** Puts a review in the place of an earlier one; nothing happens when the clip has gone. */
    save({ clipId, hash, review }: StoredReview, nowMs: number): void {
      forget.run(clipId);
      save.run({ clipId, hash, review: JSON.stringify(review), nowMs });
    },
    ofEpisode: (episodeId: string): StoredReview[] =>
      ofEpisode
        .all(episodeId)
        .map(({ clipId, hash, review }) => ({ clipId, hash, review: ClipReview.parse(readJson(review)) })),
  };
}
export type ClipReviewRepository = ReturnType<typeof clipReviewRepository>;
