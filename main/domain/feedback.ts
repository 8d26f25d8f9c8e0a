import { z } from 'zod';
import { ClipState } from './clip.ts';

/**
 * keep, reject, trim, rating, comment: what a person said. exported: they chose it for the world. cold-open: the editor had
 * put it before the episode.
 */
export const FeedbackKind = z.enum(['keep', 'reject', 'trim', 'rating', 'comment', 'exported', 'cold-open']);
export type FeedbackKind = z.infer<typeof FeedbackKind>;

/** A clip as it was when somebody judged it: what is learned does not change with later searches. */
export const JudgedClip = z.object({
  inS: z.number(),
  outS: z.number(),
  /** 1 is the best of its episode. */
  rank: z.int(),
  score: z.number(),
  /** Points by part, before anything learned was applied. */
  parts: z.record(z.string(), z.number()),
  stateBefore: ClipState,
});
export type JudgedClip = z.infer<typeof JudgedClip>;

/** One thing that was said about a clip; it is never deleted, only taken back. */
export const Feedback = z.object({
  id: z.int(),
  clipId: z.string(),
  episodeId: z.string(),
  kind: FeedbackKind,
  rating: z.int().min(1).max(5).nullable(),
  /** The comment, or why a clip was rejected. */
  comment: z.string().nullable(),
  /** Null for what was said before clips were remembered as they were. */
  judged: JudgedClip.nullable(),
  givenAtMs: z.int(),
  undoneAtMs: z.int().nullable(),
});
export type Feedback = z.infer<typeof Feedback>;
