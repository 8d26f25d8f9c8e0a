import { z } from 'zod';
import { TimeRange } from './time.ts';

/**
 * One change to a transcript, told by the words it changes and the second they are spoken at rather than by positions, so
 * that it is found again after the rest of the episode was transcribed anew.
 */
export const EditOperation = z.discriminatedUnion('kind', [
  /** Other words inside one sentence. An insertion names the word beside it in both texts. */
  TimeRange.extend({
    kind: z.literal('words'),
    from: z.string().min(1),
    /** Empty where the words were taken out. */
    to: z.string(),
    /** The words on both sides, which tell two equal words apart; empty at an end of the transcript. */
    before: z.string(),
    after: z.string(),
  }),
  /** The sentence that begins at atS goes on from the one before and takes its speaker. */
  z.object({ kind: z.literal('merge'), atS: z.number(), before: z.string(), after: z.string() }),
  /** A sentence begins at the word that is spoken at atS. */
  z.object({ kind: z.literal('split'), atS: z.number(), before: z.string(), after: z.string() }),
  /** Another name for a speaker, in the whole episode. */
  z.object({ kind: z.literal('speaker'), from: z.string().min(1), to: z.string().min(1) }),
  /** Words that a person typed for a stretch of the recording; whatever else is known of that stretch gives way to them. */
  TimeRange.extend({
    kind: z.literal('typed'),
    text: z.string().min(1),
    /** Where somebody is heard in the stretch: the words are spread over it. */
    speech: z.array(TimeRange),
  }),
]);
export type EditOperation = z.infer<typeof EditOperation>;
export type WordsOperation = Extract<EditOperation, { kind: 'words' }>;
export type TypedOperation = Extract<EditOperation, { kind: 'typed' }>;

export const EditAuthor = z.enum(['person', 'rule']);
export type EditAuthor = z.infer<typeof EditAuthor>;

/** undone: undo took it back, redo brings it again. reverted: it was taken back on its own. */
export const EditState = z.enum(['applied', 'undone', 'reverted']);
export type EditState = z.infer<typeof EditState>;

export const TranscriptEdit = z.object({
  id: z.int(),
  /** Edits made at once share a step; undo takes back one step. */
  step: z.int(),
  author: EditAuthor,
  operation: EditOperation,
  state: EditState,
  /** False where the words it changes are no longer there, as after another recognition. */
  isFound: z.boolean(),
  madeAtMs: z.int(),
});
export type TranscriptEdit = z.infer<typeof TranscriptEdit>;

/** So many steps back can be undone; older ones can still be taken back one by one. */
export const MOST_UNDO_STEPS = 50;

/** A sentence as a person sees it: if it reads differently by now, it was changed elsewhere. */
export const SentenceRef = z.object({ fromS: z.number(), text: z.string().max(100_000) });
export type SentenceRef = z.infer<typeof SentenceRef>;

/** What to look for in a transcript and what to put there. */
export const Replacement = z.object({
  from: z.string().trim().min(1).max(200),
  to: z.string().trim().max(200),
  wholeWords: z.boolean(),
  matchCase: z.boolean(),
});
export type Replacement = z.infer<typeof Replacement>;

/** A place where a replacement would change something, before it does. */
export const ReplacementHit = z.object({
  /** Number of the hit in order of time, counted from 0. */
  index: z.int(),
  speaker: z.string().optional(),
  /** The sentence as it is, and as it would be with this hit replaced. */
  before: z.string(),
  after: z.string(),
  operation: EditOperation,
});
export type ReplacementHit = z.infer<typeof ReplacementHit>;
