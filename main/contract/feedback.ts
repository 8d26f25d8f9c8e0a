import { z } from 'zod';
import { Clip } from '../domain/clip.ts';
import { Feedback } from '../domain/feedback.ts';
import { call } from './call.ts';

const clipId = z.string().min(1);
const words = z.string().trim().min(1).max(2000);

/** A clip and everything ever said about it, oldest first, what was taken back included. */
export const ClipFeedback = z.object({ clip: Clip, feedback: z.array(Feedback) });
export type ClipFeedback = z.infer<typeof ClipFeedback>;

export const feedbackCalls = {
  /** Keeps, rejects, rates (1 to 5) or comments a clip; at least one of them, each stored for ever. */
  'feedback.give': call(
    z.strictObject({
      clipId,
      decision: z.enum(['keep', 'reject']).optional(),
      reason: words.optional(),
      rating: z.int().min(1).max(5).optional(),
      comment: words.optional(),
    }),
    ClipFeedback,
  ),
  /** Takes back the last keep or reject that still stands; the clip is again what it was before. */
  'feedback.undo': call(z.strictObject({ clipId }), ClipFeedback),
  'feedback.list': call(z.strictObject({ clipId }), ClipFeedback),
};
