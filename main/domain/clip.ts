import { z } from 'zod';

/** The words that earned or lost points, and where they are in the episode. */
export const Evidence = z.object({
  text: z.string(),
  fromS: z.number(),
  toS: z.number(),
  points: z.number(),
});
export type Evidence = z.infer<typeof Evidence>;

/** One named part of a score. The points of all parts add up to the score before it is clamped to 0 to 100. */
export const ScorePart = z.object({
  name: z.string(),
  points: z.number(),
  max: z.number(),
  because: z.array(Evidence),
});
export type ScorePart = z.infer<typeof ScorePart>;

export const Confidence = z.enum(['low', 'medium', 'high']);
export type Confidence = z.infer<typeof Confidence>;

/** words: found in the transcript. ear: found by pauses and loudness alone, because there were no words. */
export const FoundBy = z.enum(['words', 'ear']);
export type FoundBy = z.infer<typeof FoundBy>;

/** A range of an episode with its score, as the finder proposes it. */
export const Candidate = z.object({
  inS: z.number(),
  outS: z.number(),
  durationS: z.number(),
  score: z.number().min(0).max(100),
  confidence: Confidence,
  foundBy: FoundBy,
  /** One sentence in an editor's words: why this moment. */
  reason: z.string(),
  parts: z.array(ScorePart),
  title: z.string(),
  text: z.string(),
  speakers: z.array(z.string()),
  scorerVersion: z.string(),
});
export type Candidate = z.infer<typeof Candidate>;

export const ClipState = z.enum(['candidate', 'kept', 'rejected', 'trimmed']);
export type ClipState = z.infer<typeof ClipState>;

/** A candidate that has an identity: it can be kept, rejected, trimmed and exported. */
export const Clip = Candidate.extend({
  id: z.string(),
  episodeId: z.string(),
  state: ClipState,
  /** 1 is the best of its episode. */
  rank: z.int(),
  /** True where a new version of the recording does not have it any more; its range is that of the version that had it. */
  isCut: z.boolean().optional(),
});
export type Clip = z.infer<typeof Clip>;
