import { z } from 'zod';
import { Mark } from '../domain/mark.ts';
import { call } from './call.ts';

const episodeId = z.string().min(1);
const taken = z.object({ marks: z.array(Mark), notes: z.array(z.string()) });

export const markCalls = {
  /** Marks a moment, or with toS a range; it becomes a clip of whole sentences that is offered before all others. */
  'marks.add': call(
    z.strictObject({
      episodeId,
      atS: z.number().min(0).max(1e6),
      toS: z.number().min(0).max(1e6).optional(),
      note: z.string().max(300).optional(),
    }),
    Mark,
  ),
  'marks.list': call(z.strictObject({ episodeId }), z.array(Mark)),
  /** Removes one mark, or all that came together; their clips go with them unless a person has decided on them. */
  'marks.remove': call(
    z.union([
      z.strictObject({ markId: z.int() }),
      z.strictObject({ markIds: z.array(z.int()).min(1).max(10_000) }),
    ]),
    z.object({}),
  ),
  /** Adds the marks of a file or of a text that was pasted or dropped: typed lines, CSV, SRT, EDL, LosslessCut, Reaper. */
  'marks.import': call(
    z.union([
      z.strictObject({ episodeId, path: z.string().min(1).max(4096) }),
      z.strictObject({ episodeId, text: z.string().max(2_000_001) }),
    ]),
    taken,
  ),
};
