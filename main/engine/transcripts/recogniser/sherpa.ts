import { createRequire } from 'node:module';
import type { FileRole } from '../../../domain/speechModel.ts';
import type { RecogniserSetup, VoicesSetup } from './protocol.ts';

/** The part of sherpa-onnx-node that is used here. */
export interface Sherpa {
  readonly OfflineRecognizer: {
    createAsync(config: unknown): Promise<OfflineRecogniser>;
  };
  readonly OfflineSpeakerDiarization: new (config: unknown) => {
    readonly sampleRate: number;
    process(samples: Float32Array): unknown;
  };
  readonly Vad: new (config: unknown, bufferS: number) => VoiceActivity;
}
export interface OfflineRecogniser {
  createStream(hotwords?: string): {
    acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void;
  };
  decodeAsync(stream: unknown): Promise<unknown>;
}
export interface VoiceActivity {
  acceptWaveform(samples: Float32Array): void;
  isEmpty(): boolean;
  /** False keeps the samples inside V8: Electron refuses external buffers. */
  front(enableExternalBuffer: false): { start: number; samples: Float32Array };
  pop(): void;
  flush(): void;
}

/** Loaded at first use: the native code is 32 MB, and most of a child's work begins with it. */
export function loadSherpa(): Sherpa {
  return createRequire(import.meta.url)('sherpa-onnx-node') as Sherpa;
}

const SAMPLE_RATE_HZ = 16_000;
const MEL_BINS = 80;
const HOTWORDS_SCORE = 1.5;

/** The configuration in sherpa's own words (types.js of sherpa-onnx-node 1.13). */
export function recogniserConfig(setup: RecogniserSetup): unknown {
  const hearsHotwords = setup.hotwords.length > 0 && takesHotwords(setup);
  return {
    featConfig: { sampleRate: SAMPLE_RATE_HZ, featureDim: MEL_BINS },
    modelConfig: {
      ...modelConfig(setup),
      tokens: fileOf(setup, 'tokens'),
      numThreads: setup.threads,
      provider: setup.provider,
      debug: 0,
      ...(hearsHotwords ? { modelingUnit: 'bpe', bpeVocab: fileOf(setup, 'bpeVocab') } : {}),
    },
    ...(hearsHotwords ? { decodingMethod: 'modified_beam_search', hotwordsScore: HOTWORDS_SCORE } : {}),
  };
}

/**
 * Hotwords need a transducer that is searched by beams, and the vocabulary its word pieces come from. NeMo's are left out:
 * searched so, Parakeet invents or drops a fifth of what is said (https://github.com/k2-fsa/sherpa-onnx/issues/3267).
 */
export const takesHotwords = ({ engine, files }: Pick<RecogniserSetup, 'engine' | 'files'>): boolean =>
  engine === 'transducer' && files.bpeVocab !== undefined;

/** Several phrases in one string, as sherpa reads them. */
export const hotwordText = (words: readonly string[]): string =>
  words.map((word) => word.replaceAll('/', ' ').toUpperCase()).join('/');

function fileOf({ engine, files }: RecogniserSetup, role: FileRole): string {
  const path = files[role];
  if (path === undefined) throw new Error(`a model of kind ${engine} needs a file in the role ${role}`);
  return path;
}

function modelConfig(setup: RecogniserSetup): object {
  const file = (role: FileRole): string => fileOf(setup, role);
  switch (setup.engine) {
    case 'nemo-transducer':
    case 'transducer':
      return {
        transducer: { encoder: file('encoder'), decoder: file('decoder'), joiner: file('joiner') },
        ...(setup.engine === 'nemo-transducer' ? { modelType: 'nemo_transducer' } : {}),
      };
    case 'whisper':
      return {
        whisper: {
          encoder: file('encoder'),
          decoder: file('decoder'),
          // An empty language makes Whisper find it out; it knows languages, not regions.
          language: setup.language?.split('-')[0] ?? '',
          task: 'transcribe',
        },
      };
    case 'nemo-ctc':
      return { nemoCtc: { model: file('model') } };
    case 'zipformer-ctc':
      return { zipformerCtc: { model: file('model') } };
    case 'silero-vad':
    case 'pyannote-segmentation':
    case 'speaker-embedding':
      throw new Error(`a model of kind ${setup.engine} writes no words`);
  }
}

/** Two voices nearer to each other than this are one; sherpa's own advice where nobody knows how many people speak. */
const SAME_VOICE_DISTANCE = 0.5;

/** The configuration of diarization in sherpa's own words. */
export const voicesConfig = ({
  segmentationPath,
  embeddingPath,
  threads,
  speakers,
}: VoicesSetup): unknown => ({
  segmentation: { pyannote: { model: segmentationPath }, numThreads: threads, debug: 0, provider: 'cpu' },
  embedding: { model: embeddingPath, numThreads: threads, debug: 0, provider: 'cpu' },
  // -1 lets the distance decide.
  clustering: { numClusters: speakers ?? -1, threshold: SAME_VOICE_DISTANCE },
  minDurationOn: 0.2,
  minDurationOff: 0.5,
});

/** Silero looks at 32 ms at a time; pauses of 0.1 s are kept apart, so that a border can be put into them. */
export const voiceActivityConfig = (modelPath: string): unknown => ({
  sileroVad: {
    model: modelPath,
    threshold: 0.5,
    minSilenceDuration: 0.1,
    minSpeechDuration: 0.1,
    windowSize: SILERO_WINDOW,
    maxSpeechDuration: 3600,
  },
  sampleRate: SAMPLE_RATE_HZ,
  numThreads: 1,
  provider: 'cpu',
  debug: 0,
});
export const SILERO_WINDOW = 512;
