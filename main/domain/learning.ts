import { z } from 'zod';

/** One move of the weights of a show, and why. */
export const LearningStep = z.object({
  part: z.string(),
  before: z.number(),
  after: z.number(),
  because: z.string(),
  changedAtMs: z.int(),
});
export type LearningStep = z.infer<typeof LearningStep>;

/**
 * How often the higher scored of two judged clips is the one that was liked better, 0.5 being chance. Learned is measured on
 * clips that were held out from the learning.
 */
export const Agreement = z.object({
  clips: z.int(),
  pairs: z.int(),
  unlearned: z.number(),
  learned: z.number(),
});
export type Agreement = z.infer<typeof Agreement>;

const Kept = z.object({ kept: z.int(), of: z.int() });

/** How well the scores of a show foretold what was kept. */
export const HitRate = z.object({
  decisions: z.int(),
  top: Kept,
  bottom: Kept,
  /** Share of pairs of a kept and a rejected clip in which the kept one had the higher score; null without such pairs. */
  agreement: z.number().nullable(),
  isBetterThanChance: z.boolean(),
  /** The same in a sentence for the podcaster. */
  sentence: z.string(),
});
export type HitRate = z.infer<typeof HitRate>;

/** What a show has taught the scorer. */
export const ShowLearning = z.object({
  showId: z.string(),
  showName: z.string(),
  /** Signals that count now, and how many are needed before anything moves. */
  signals: z.int(),
  signalsNeeded: z.int(),
  isFrozen: z.boolean(),
  /** Feedback up to this number was set aside by a reset; 0 where none was. */
  setAsideTo: z.int(),
  /** What the points of a part are multiplied by; a part that is not named has not moved. */
  multipliers: z.record(z.string(), z.number()),
  agreement: Agreement.nullable(),
  hitRate: HitRate.nullable(),
  /** Newest first. */
  ledger: z.array(LearningStep),
});
export type ShowLearning = z.infer<typeof ShowLearning>;
