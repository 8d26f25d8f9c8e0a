import { z } from 'zod';
import { TimeRange } from './time.ts';

/**
 * otio, edl, fcpxml: the kept clips one after another, for editing programs. csv: their times for LosslessCut.
 * soundbites, soundbites-json: Podcasting 2.0, for the feed. chapters: Podcasting 2.0 chapters of the whole episode.
 * srt, vtt: what is said in all of it.
 */
export const INTERCHANGE_FORMATS = [
  'otio',
  'edl',
  'fcpxml',
  'csv',
  'soundbites',
  'soundbites-json',
  'chapters',
  'srt',
  'vtt',
] as const;
export const InterchangeFormat = z.enum(INTERCHANGE_FORMATS);
export type InterchangeFormat = z.infer<typeof InterchangeFormat>;

/** What can be read back once it was edited. */
export const EditableFormat = z.enum(['otio', 'edl']);
export type EditableFormat = z.infer<typeof EditableFormat>;

/** A clip that an edited list cuts otherwise. */
export const CutChange = z.object({
  clipId: z.string(),
  title: z.string(),
  before: TimeRange,
  /** What the list says. */
  asked: TimeRange,
  /** What becomes of it: no clip begins or ends inside a word. */
  after: TimeRange,
  score: z.object({ before: z.number(), after: z.number() }),
});
export type CutChange = z.infer<typeof CutChange>;

/** An edited list held against the clips of its episode. */
export const CutComparison = z.object({
  changes: z.array(CutChange),
  /** Clips that are cut as they were, to half a frame. */
  unchanged: z.int(),
  /** Sentences about what of the list has no effect, and why. */
  notes: z.array(z.string()),
  applied: z.boolean(),
});
export type CutComparison = z.infer<typeof CutComparison>;
