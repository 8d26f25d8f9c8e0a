import { z } from 'zod';

/** Where a moment was heard before: exported from there, or the same words, nearly, in another episode. */
export const SeenBefore = z.object({
  kind: z.enum(['exported', 'same-words']),
  episodeId: z.string(),
  episodeTitle: z.string(),
  fromS: z.number(),
  toS: z.number(),
  /** How much of the clip's words, or of its time, is the same: 0 to 1. */
  share: z.number(),
  /** When it was exported; null where it never was. */
  exportedAtMs: z.int().nullable(),
});
export type SeenBefore = z.infer<typeof SeenBefore>;

/** A sentence somebody said that holds the words searched for. */
export const SearchHit = z.object({
  episodeId: z.string(),
  episodeTitle: z.string(),
  showName: z.string(),
  speaker: z.string().nullable(),
  fromS: z.number(),
  toS: z.number(),
  /** The sentence, or the part of it around the words; the words themselves are marked. */
  snippet: z.array(z.object({ text: z.string(), isHit: z.boolean() })),
  /** A person marked it off the record: no clip can be made of it. */
  isOffRecord: z.boolean(),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const SearchPage = z.object({
  hits: z.array(SearchHit),
  total: z.int(),
  /** Where the next page begins; null on the last one. */
  nextOffset: z.int().nullable(),
});
export type SearchPage = z.infer<typeof SearchPage>;
