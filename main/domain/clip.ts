import { z } from 'zod';
import { WeighedReview } from './clipReview.ts';
import { SeenBefore } from './showMemory.ts';
import { PresetId } from './preset.ts';

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
  /** What the show's feedback multiplied the points by; absent where nothing was learned. */
  learned: z.number().optional(),
  /** Why the part had nothing to go on; absent where it could speak. */
  silent: z.string().optional(),
});
export type ScorePart = z.infer<typeof ScorePart>;

/** Words of a clip that can stand above it, and where they are said. */
export const ClipTitle = z.object({ text: z.string(), fromS: z.number(), toS: z.number() });
export type ClipTitle = z.infer<typeof ClipTitle>;

export const Confidence = z.enum(['low', 'medium', 'high']);
export type Confidence = z.infer<typeof Confidence>;

/**
 * words: found in the transcript. ear: found by pauses and loudness alone, because there were no words.
 * mark: a person marked it. coldOpen: the show opens with it.
 */
export const FoundBy = z.enum(['words', 'ear', 'mark', 'coldOpen']);
export type FoundBy = z.infer<typeof FoundBy>;

/** One end that a clip may have: a whole sentence's, with the presets whose platform takes that length. */
export const Rung = z.object({
  outS: z.number(),
  durationS: z.number(),
  /** The score that the clip would have with this end. */
  score: z.number().min(0).max(100),
  presets: z.array(PresetId),
});
export type Rung = z.infer<typeof Rung>;

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
  /** Up to three that it could have, best first; none where no words are known. */
  titles: z.array(ClipTitle),
  text: z.string(),
  speakers: z.array(z.string()),
  scorerVersion: z.string(),
  /** Ends for other lengths, shortest first; absent where they were not looked for. */
  ladder: z.array(Rung).optional(),
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
  /** Where this moment was heard before; absent where nobody has looked. */
  seenBefore: z.array(SeenBefore).optional(),
  /** What the language-model reviewer thinks; absent where it is off or was not asked. */
  review: WeighedReview.optional(),
});
export type Clip = z.infer<typeof Clip>;
