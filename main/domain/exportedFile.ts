import { z } from 'zod';
import { PresetId } from './preset.ts';

const Measured = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** One thing measured on the finished file, beside the limit it has to keep. */
export const ProofCheck = z.object({
  name: z.string(),
  passed: z.boolean(),
  value: Measured,
  limit: Measured,
});
export type ProofCheck = z.infer<typeof ProofCheck>;

/** Proof sheet: the finished file was decoded again, and this is what was found. */
export const Proof = z.object({ passed: z.boolean(), checks: z.array(ProofCheck) });
export type Proof = z.infer<typeof Proof>;

/** What lies beside an export under the same stem: subtitles, a picture of it, how it was made. */
export const CompanionKind = z.enum(['srt', 'vtt', 'poster', 'recipe']);
export type CompanionKind = z.infer<typeof CompanionKind>;
export const Companion = z.object({ kind: CompanionKind, path: z.string() });
export type Companion = z.infer<typeof Companion>;

/** One rendered file. Width and height are null for sound alone. */
export const ExportedFile = z.object({
  id: z.string(),
  clipId: z.string(),
  preset: PresetId,
  path: z.string(),
  bytes: z.int(),
  durationS: z.number(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  integratedLufs: z.number(),
  truePeakDbtp: z.number(),
  proof: Proof,
  /** Sentences for a person: what was left as it was, what is hard to read. */
  warnings: z.array(z.string()),
  companions: z.array(Companion),
  exportedAtMs: z.int(),
});
export type ExportedFile = z.infer<typeof ExportedFile>;
