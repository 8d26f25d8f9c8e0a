import { z } from 'zod';
import { CutComparison, EditableFormat, InterchangeFormat } from '../domain/interchange.ts';
import { call } from './call.ts';

/** Lists of a thousand clips stay far below this. */
const LONGEST_TEXT = 10_000_000;

export const interchangeCalls = {
  /** The kept clips of an episode, its chapters or its words, as the text of a file for other programs. */
  'interchange.write': call(
    z.strictObject({ episodeId: z.string().min(1), format: InterchangeFormat }),
    z.object({
      text: z.string(),
      fileName: z.string(),
      entries: z.int().nullable(),
      notes: z.array(z.string()),
    }),
  ),
  /** What an edited list would change of the clips it was made of; with apply it is changed, each clip undoably. */
  'interchange.read': call(
    z.strictObject({
      episodeId: z.string().min(1),
      format: EditableFormat,
      text: z.string().max(LONGEST_TEXT),
      apply: z.boolean().default(false),
    }),
    CutComparison,
  ),
};
