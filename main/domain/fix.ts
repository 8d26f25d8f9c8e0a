import { z } from 'zod';

/** What a fix does to the clip: where its new edge lies, against the one it has. */
export const FixKind = z.enum(['startAtQuestion', 'start', 'endAtLanding', 'end']);
export type FixKind = z.infer<typeof FixKind>;

/** A better cut of a clip, offered with what it would earn. */
export const Fix = z.object({
  kind: FixKind,
  /** The clip's range after it, seconds on the episode's clock. */
  inS: z.number(),
  outS: z.number(),
  /** In an editor's words: what changes and why it is better. */
  why: z.string(),
  /** Points gained, by scoring the new range. */
  worth: z.number(),
});
export type Fix = z.infer<typeof Fix>;
