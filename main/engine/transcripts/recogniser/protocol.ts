import { z } from 'zod';
import { FileRole, SpeechEngine } from '../../../domain/speechModel.ts';
import { TimeRange } from '../../../domain/time.ts';
import { Word } from '../../../domain/transcript.ts';

/** Everything a child needs to load a model and hear with it. */
export const RecogniserSetup = z.object({
  engine: SpeechEngine,
  /** Absolute paths of the model's files by role. */
  files: z.partialRecord(FileRole, z.string()),
  threads: z.int().min(1),
  /** What the sums are done on: cpu, coreml, cuda. */
  provider: z.string(),
  /** BCP 47 tag where a person chose one and the model takes it; else the model decides. */
  language: z.string().nullable(),
  /** Words to listen for, where the model can. */
  hotwords: z.array(z.string()),
});
export type RecogniserSetup = z.infer<typeof RecogniserSetup>;

/** What it takes to tell voices apart: a model that hears changes of speaker, and one that knows voices again. */
export const VoicesSetup = z.object({
  segmentationPath: z.string(),
  embeddingPath: z.string(),
  threads: z.int().min(1),
  /** How many people speak, where somebody knows. */
  speakers: z.int().min(1).nullable(),
});
export type VoicesSetup = z.infer<typeof VoicesSetup>;

/** What the child is asked. Sound is named by file and range, so that no samples cross between processes. */
export const Order = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), setup: RecogniserSetup }),
  z.object({ kind: z.literal('recognise'), wavPath: z.string(), fromSample: z.int(), toSample: z.int() }),
  z.object({ kind: z.literal('findSpeech'), wavPath: z.string(), modelPath: z.string() }),
  z.object({ kind: z.literal('tellVoices'), wavPath: z.string(), setup: VoicesSetup }),
  z.object({ kind: z.literal('measureMemory') }),
]);
export type Order = z.infer<typeof Order>;

export const OrderMessage = z.object({ id: z.int(), order: Order });
export type OrderMessage = z.infer<typeof OrderMessage>;

export const Recognition = z.object({
  text: z.string(),
  /** Times from the start of the range; null where the model gives none. */
  words: z.array(Word).nullable(),
  language: z.string().nullable(),
});
export type Recognition = z.infer<typeof Recognition>;

export const FoundSpeech = z.object({ speech: z.array(TimeRange) });
/** Stretches of one voice each; voices are numbered from 0 and may overlap. */
export const FoundVoices = z.object({
  turns: z.array(TimeRange.extend({ voice: z.int().min(0) })),
});
export type FoundVoices = z.infer<typeof FoundVoices>;

export const MemoryReport = z.object({ residentBytes: z.int() });
export const Nothing = z.object({});

/** What the child answers; an order that it could not carry out is a value too, so that only a crash looks like one. */
export const Answer = z.discriminatedUnion('ok', [
  z.object({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), message: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;
