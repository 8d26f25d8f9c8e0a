import { z } from 'zod';
import { NameRule } from '../domain/show.ts';
import { call } from './call.ts';
import { EditOutcome } from './transcript.ts';

const showId = z.string().min(1);

/** The corrections that a show makes in every transcript, and those that could be added. */
export const NamesList = z.object({
  names: z.array(NameRule),
  /** Corrections that were made by hand at least twice. */
  offers: z.array(NameRule),
});
export type NamesList = z.infer<typeof NamesList>;

export const nameCalls = {
  'names.list': call(z.strictObject({ showId }), NamesList),
  /** Adds a rule, or changes what the one with the same "from" puts there. */
  'names.add': call(z.strictObject({ showId, rule: NameRule }), NamesList),
  'names.remove': call(z.strictObject({ showId, from: z.string().min(1) }), NamesList),
  /** Applies the list of its show to an episode that is there already, as one step that can be undone. */
  'names.apply': call(z.strictObject({ episodeId: z.string().min(1) }), EditOutcome),
};
