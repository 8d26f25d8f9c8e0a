import { z } from 'zod';
import { Clip } from '../domain/clip.ts';
import { TimeRange } from '../domain/time.ts';
import { Segment } from '../domain/transcript.ts';
import { call } from './call.ts';
import { EditOutcome } from './transcript.ts';

const clipId = z.string().min(1);
const text = z.string().max(20_000);

/** Typed words as they lie over the speech of a clip. */
export const TypedWords = z.object({
  /** As it was typed; empty where nothing was. */
  text: z.string(),
  /** The edit that is in force for this clip, to be taken back by transcript.setEdit; null where nothing was typed. */
  editId: z.int().nullable(),
  sentences: z.array(Segment),
  /** Where somebody is heard in the clip. */
  speech: z.array(TimeRange),
  words: z.int(),
  speechS: z.number(),
  /** How much of the speech the words reach over. */
  coveredS: z.number(),
});
export type TypedWords = z.infer<typeof TypedWords>;

export const typingCalls = {
  /** How a text would lie over the speech of a clip, before it is put there; left out, what was typed for it last. */
  'typing.layOut': call(z.strictObject({ clipId, text: text.optional() }), TypedWords),
  /** Puts the words that a person typed under a clip, in place of all others; one step that transcript.undo takes back. */
  'typing.apply': call(
    z.strictObject({ clipId, text: text.trim().min(1) }),
    EditOutcome.extend({ clip: Clip, typed: TypedWords }),
  ),
};
