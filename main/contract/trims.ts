import { z } from 'zod';
import { Clip } from '../domain/clip.ts';
import { Fix } from '../domain/fix.ts';
import { DoubtfulWords, Segment } from '../domain/transcript.ts';
import { call } from './call.ts';

const clipId = z.string().min(1);
const seconds = z.number().min(0).max(1e6);

export const trimCalls = {
  /** A clip with its sentences, the words that may not be what was said, the evidence of each part, and better cuts. */
  'clips.explain': call(
    z.strictObject({ clipId }),
    z.object({
      clip: Clip,
      sentences: z.array(Segment),
      doubtful: z.array(DoubtfulWords),
      fixes: z.array(Fix),
    }),
  ),
  /** Cuts a clip as the offer at this place of clips.explain says. */
  'clips.applyFix': call(z.strictObject({ clipId, fix: z.int().min(0).max(100) }), Clip),
  /** Cuts a clip to the whole sentences nearest to a range, or with snap false to the nearest words, and scores it anew. */
  'clips.trim': call(
    z.strictObject({ clipId, inS: seconds, outS: seconds, snap: z.boolean().optional() }),
    Clip,
  ),
  /** Takes the last trim of a clip back. */
  'clips.undo': call(z.strictObject({ clipId }), Clip),
};
