import { z } from 'zod';
import { NameRule } from '../domain/show.ts';
import { TranscriptFileFormat } from '../domain/transcript.ts';
import { Replacement, ReplacementHit, SentenceRef, TranscriptEdit } from '../domain/transcriptEdit.ts';
import { call } from './call.ts';

const episodeId = z.string().min(1);

/** What came of an edit, of undo or of redo. */
export const EditOutcome = z.object({
  edits: z.array(TranscriptEdit),
  /** Clips whose words, score or title may be others now. */
  rescored: z.array(z.string()),
  /** Corrections made by hand more than once, which could be rules of the show. */
  offers: z.array(NameRule),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
});
export type EditOutcome = z.infer<typeof EditOutcome>;

const EditRequest = z.discriminatedUnion('kind', [
  /** Other words for a sentence; an empty text takes it out. */
  z.strictObject({ kind: z.literal('words'), sentence: SentenceRef, text: z.string().max(100_000) }),
  /** The sentence goes on with the one after it. */
  z.strictObject({ kind: z.literal('merge'), sentence: SentenceRef }),
  /** A sentence of its own from the word of that number on, counted from 0. */
  z.strictObject({ kind: z.literal('split'), sentence: SentenceRef, beforeWord: z.int().min(1) }),
  /** Another name for a speaker of the episode. */
  z.strictObject({
    kind: z.literal('speaker'),
    from: z.string().min(1),
    to: z.string().trim().min(1).max(200),
  }),
]);

export const transcriptCalls = {
  'transcript.edit': call(z.strictObject({ episodeId, edit: EditRequest }), EditOutcome),
  /** Every place that a replacement would change; nothing is changed. */
  'transcript.preview': call(
    z.strictObject({ episodeId, replacement: Replacement }),
    z.array(ReplacementHit),
  ),
  /** Replaces everywhere but in the hits named by their index, as one step. */
  'transcript.replace': call(
    z.strictObject({
      episodeId,
      replacement: Replacement,
      except: z.array(z.int()).max(100_000).default([]),
    }),
    EditOutcome,
  ),
  /** The transcript of an episode, or of one clip on its own clock, as the text of a file and a name for it. */
  'transcript.export': call(
    z.strictObject({ id: z.string().min(1), format: TranscriptFileFormat }),
    z.object({ text: z.string(), fileName: z.string() }),
  ),
  'transcript.undo': call(z.strictObject({ episodeId }), EditOutcome),
  'transcript.redo': call(z.strictObject({ episodeId }), EditOutcome),
  /** Takes one edit back whatever came after it, or puts it in force again. */
  'transcript.setEdit': call(
    z.strictObject({ episodeId, editId: z.int(), state: z.enum(['applied', 'reverted']) }),
    EditOutcome,
  ),
  'transcript.edits': call(
    z.strictObject({ episodeId }),
    z.object({ edits: z.array(TranscriptEdit), canUndo: z.boolean(), canRedo: z.boolean() }),
  ),
};
