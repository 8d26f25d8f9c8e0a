import { rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import type { Benchmark, SpeechEngine } from '../../../domain/speechModel.ts';
import { kindOf } from '../../../domain/speechModel.ts';
import type { RecogniserSetup } from '../recogniser/protocol.ts';
import { createRecogniser, findSpeech } from '../recogniser/recogniser.ts';
import type { SpawnRecogniser } from '../recogniser/recogniserProcess.ts';

const RATE_HZ = 16_000;
const SOUND_S = 20;
const SYLLABLE_S = 0.18;
const THREAD_COUNTS = [1, 2, 4, 8] as const;

export interface ProbeOptions {
  readonly spawn: SpawnRecogniser;
  /** A private folder that exists. */
  readonly workDir: string;
  readonly signal?: AbortSignal | undefined;
}

type Files = RecogniserSetup['files'];

/**
 * Loads a model and lets it hear a moment of sound. Throws SPEECH_MODEL_UNUSABLE when it cannot, also when native code
 * ended the child over it.
 */
export async function probeLoad(engine: SpeechEngine, files: Files, options: ProbeOptions): Promise<void> {
  await withSound(options.workDir, async (wavPath) => {
    try {
      if (kindOf(engine) === 'recogniser') {
        using recogniser = createRecogniser(options.spawn, {
          ...plain(engine, files),
          threads: 1,
          provider: 'cpu',
        });
        await recogniser.hear(wavPath, { fromS: 0, toS: 2 }, 1, options.signal);
      } else if (kindOf(engine) === 'voice-activity') {
        await findSpeech(options.spawn, wavPath, files.model ?? '', options.signal);
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError('SPEECH_MODEL_UNUSABLE', error.message, { cause: error });
    }
  });
}

const plain = (engine: SpeechEngine, files: Files) => ({ engine, files, language: null, hotwords: [] });

/**
 * How fast a recogniser is here, and with how many threads and on what it is fastest. Measured on 20 s of made-up
 * syllables, each way once after a first hearing that warms it up.
 */
export async function measureSpeed(
  engine: SpeechEngine,
  files: Files,
  options: ProbeOptions,
): Promise<Benchmark> {
  return withSound(options.workDir, async (wavPath) => {
    let best: Benchmark | undefined;
    for (const provider of wantedProviders()) {
      for (const threads of THREAD_COUNTS.filter((count) => count <= availableParallelism())) {
        using recogniser = createRecogniser(options.spawn, { ...plain(engine, files), threads, provider });
        await recogniser.hear(wavPath, { fromS: 0, toS: 4 }, 2, options.signal);
        const startedMs = performance.now();
        await recogniser.hear(wavPath, { fromS: 0, toS: SOUND_S }, SOUND_S / 2, options.signal);
        const realTimeFactor = (performance.now() - startedMs) / 1000 / SOUND_S;
        // What a provider that is not there falls back to is measured as itself.
        const found = { realTimeFactor, threads, provider: recogniser.provider, measuredAtMs: Date.now() };
        if (best === undefined || realTimeFactor < best.realTimeFactor) best = found;
      }
    }
    if (best === undefined) throw new Error('this machine has no processor');
    return best;
  });
}

/** The npm builds of sherpa-onnx know Core ML on a Mac and the processor everywhere. */
const wantedProviders = (): readonly string[] =>
  process.platform === 'darwin' ? ['coreml', 'cpu'] : ['cpu'];

async function withSound<T>(workDir: string, act: (wavPath: string) => Promise<T>): Promise<T> {
  const path = join(workDir, 'probe.wav');
  await writeFile(path, wavOf(syllables()));
  try {
    return await act(path);
  } finally {
    await rm(path, { force: true });
  }
}

/** Buzzes that rise and fall like syllables, of changing pitch: no words, but the work is that of speech. */
function syllables(): Int16Array {
  const samples = new Int16Array(RATE_HZ * SOUND_S);
  for (let i = 0; i < samples.length; i++) {
    const atS = i / RATE_HZ;
    const syllable = Math.floor(atS / SYLLABLE_S);
    const swell = Math.sin((Math.PI * (atS % SYLLABLE_S)) / SYLLABLE_S) ** 2;
    const pitchHz = 110 + 17 * (syllable % 7);
    let sum = 0;
    for (let harmonic = 1; harmonic <= 12; harmonic++)
      sum += Math.sin(2 * Math.PI * pitchHz * harmonic * atS) / harmonic;
    samples[i] = Math.round(6_000 * swell * sum * (syllable % 9 === 0 ? 0 : 1));
  }
  return samples;
}

function wavOf(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE_HZ, 24);
  header.writeUInt32LE(RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
