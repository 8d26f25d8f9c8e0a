import { z } from 'zod';
import { Job } from '../domain/job.ts';
import { SpeechModel } from '../domain/speechModel.ts';
import { call } from './call.ts';

const modelId = z.string().min(1).max(200);

/** What matters for speech models on this machine. */
export const ModelMachine = z.object({
  /** What the installed models take on disk. */
  usedBytes: z.int(),
  /** What is free on the disk they lie on; null where the system does not say. */
  freeBytes: z.int().nullable(),
  memoryBytes: z.int(),
  threads: z.int(),
  /** Who chose the model that transcribes: a variable, a person, or nobody, and then it is the newest one here. */
  chosenBy: z.enum(['environment', 'person', 'nobody']),
});
export type ModelMachine = z.infer<typeof ModelMachine>;

export const modelCalls = {
  /** The speech models that can be had or are here. */
  'models.list': call(z.strictObject({}), z.array(SpeechModel)),
  'models.machine': call(z.strictObject({}), ModelMachine),
  /** Fetches a model behind everything else; the episodes named are transcribed when it has come. */
  'models.download': call(
    z.strictObject({ modelId, thenTranscribe: z.array(z.string().min(1)).max(1000).optional() }),
    z.object({ job: Job }),
  ),
  /** Copies a model from disk into the library, after it was loaded once. */
  'models.import': call(z.strictObject({ path: z.string().min(1).max(4096) }), SpeechModel),
  'models.remove': call(z.strictObject({ modelId }), z.object({ freedBytes: z.int() })),
  /** Measures how fast a model is on this machine. */
  'models.benchmark': call(z.strictObject({ modelId }), SpeechModel),
  /** Which model transcribes episodes that come without words; null means none. */
  'models.choose': call(z.strictObject({ modelId: modelId.nullable() }), z.array(SpeechModel)),
};
