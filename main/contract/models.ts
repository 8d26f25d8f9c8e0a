import { z } from 'zod';
import { Job } from '../domain/job.ts';
import { SpeechModel } from '../domain/speechModel.ts';
import { call } from './call.ts';

const modelId = z.string().min(1).max(200);

export const modelCalls = {
  /** The speech models that can be had or are here. */
  'models.list': call(z.strictObject({}), z.array(SpeechModel)),
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
