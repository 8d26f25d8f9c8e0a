import { z } from 'zod';

/** How a model is loaded; each kind has its own set of file roles. */
export const SpeechEngine = z.enum([
  'nemo-transducer',
  'transducer',
  'whisper',
  'nemo-ctc',
  'zipformer-ctc',
  'silero-vad',
  'pyannote-segmentation',
  'speaker-embedding',
]);
export type SpeechEngine = z.infer<typeof SpeechEngine>;

/** What a model is for: words, where somebody speaks, or who speaks. */
export const SpeechModelKind = z.enum(['recogniser', 'voice-activity', 'speakers']);
export type SpeechModelKind = z.infer<typeof SpeechModelKind>;

export const FileRole = z.enum(['encoder', 'decoder', 'joiner', 'model', 'tokens', 'bpeVocab']);
export type FileRole = z.infer<typeof FileRole>;

/** A file of a model as it lies in the model's folder. */
export const SpeechModelFile = z.object({
  role: FileRole,
  name: z.string().regex(/^[\w.-]+$/u),
});
export type SpeechModelFile = z.infer<typeof SpeechModelFile>;

/** What is known of a model wherever it came from. */
export const SpeechModelDescription = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/u),
  name: z.string(),
  engine: SpeechEngine,
  files: z.array(SpeechModelFile).min(1),
  /** BCP 47 tags; one entry "*" stands for about a hundred languages. */
  languages: z.array(z.string()),
  licence: z.string(),
  /** Memory while it works; null where nobody has measured it. */
  memoryMb: z.number().nullable(),
  /** False for models that write words alone, without full stops and capitals. */
  writesPunctuation: z.boolean(),
});
export type SpeechModelDescription = z.infer<typeof SpeechModelDescription>;

/** How fast a model is on this machine: seconds of work for one second of sound. */
export const Benchmark = z.object({
  realTimeFactor: z.number().positive(),
  threads: z.int().min(1),
  provider: z.string(),
  measuredAtMs: z.int(),
});
export type Benchmark = z.infer<typeof Benchmark>;

/** A model as people and hosts see it. */
export const SpeechModel = SpeechModelDescription.extend({
  kind: SpeechModelKind,
  /** Null where the catalogue does not know it before the download. */
  sizeBytes: z.int().nullable(),
  isInstalled: z.boolean(),
  /** Whether episodes without words are transcribed with it. */
  isChosen: z.boolean(),
  benchmark: Benchmark.nullable(),
});
export type SpeechModel = z.infer<typeof SpeechModel>;

export function kindOf(engine: SpeechEngine): SpeechModelKind {
  switch (engine) {
    case 'nemo-transducer':
    case 'transducer':
    case 'whisper':
    case 'nemo-ctc':
    case 'zipformer-ctc':
      return 'recogniser';
    case 'silero-vad':
      return 'voice-activity';
    case 'pyannote-segmentation':
    case 'speaker-embedding':
      return 'speakers';
  }
}
