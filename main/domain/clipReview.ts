import { z } from 'zod';
import { TimeRange } from './time.ts';

/** Words of a clip, and where they are said in the episode. */
const Said = TimeRange.extend({ text: z.string() });

/** Why a language model thinks so, in its words, with the clip's own words it points at. */
export const ReviewReason = z.object({ why: z.string(), quote: Said });
export type ReviewReason = z.infer<typeof ReviewReason>;

/** What a language model thinks of a clip. Every quote, title, hook and hashtag was found in the clip's words. */
export const ClipReview = z.object({
  provider: z.string(),
  model: z.string(),
  /** 0 to 10; 5 neither gives nor takes points. */
  verdict: z.number().min(0).max(10),
  reasons: z.array(ReviewReason),
  titles: z.array(Said),
  hooks: z.array(Said),
  hashtags: z.array(z.string()),
  /** What the model offered and was not taken, each with the rule it breaks. */
  refused: z.array(z.object({ text: z.string(), why: z.string() })),
  /** Sentences for a person, such as that some of the words were kept from the model. */
  notes: z.array(z.string()),
});
export type ClipReview = z.infer<typeof ClipReview>;

/** A review as it weighs on a clip: the most points it can give or take, those it does, and whether they count. */
export const WeighedReview = ClipReview.extend({
  points: z.number(),
  share: z.number(),
  isCounted: z.boolean(),
});
export type WeighedReview = z.infer<typeof WeighedReview>;
