import { z } from 'zod';

/** A person's own time in an episode, with a note; toS is null where only a moment was marked. */
export const NewMark = z.object({
  atS: z.number().min(0),
  toS: z.number().nullable(),
  note: z.string(),
});
export type NewMark = z.infer<typeof NewMark>;

export const Mark = NewMark.extend({ id: z.int(), episodeId: z.string() });
export type Mark = z.infer<typeof Mark>;
