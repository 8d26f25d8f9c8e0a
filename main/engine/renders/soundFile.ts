import { open } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';

export const SAMPLE_RATE_HZ = 48_000;
const BYTES_PER_SAMPLE = 4;

/** A 48 kHz float WAV of ours, opened at its samples; the samples of both channels alternate. */
export interface SoundFile {
  /** Samples from a moment on, as many as there are up to the other. */
  read(fromS: number, toS: number): Promise<Float32Array>;
  /** Replaces the samples from a moment on. */
  write(fromS: number, samples: Float32Array): Promise<void>;
}

/** Opens a WAV that we wrote, lends it, and closes it again. */
export async function withSoundFile<T>(
  path: string,
  channels: 1 | 2,
  use: (sound: SoundFile) => Promise<T>,
): Promise<T> {
  const file = await open(path, 'r+');
  const frameBytes = BYTES_PER_SAMPLE * channels;
  try {
    const from = await dataOffset(file);
    const at = (timeS: number): number => Math.max(0, Math.round(timeS * SAMPLE_RATE_HZ)) * frameBytes;
    return await use({
      async read(fromS, toS) {
        const bytes = Buffer.alloc(Math.max(0, at(toS) - at(fromS)));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, from + at(fromS));
        return toSamples(bytes.subarray(0, bytesRead));
      },
      async write(fromS, samples) {
        const bytes = Buffer.alloc(samples.length * BYTES_PER_SAMPLE);
        samples.forEach((sample, index) => bytes.writeFloatLE(sample, index * BYTES_PER_SAMPLE));
        await file.write(bytes, 0, bytes.length, from + at(fromS));
      },
    });
  } finally {
    await file.close();
  }
}

function toSamples(bytes: Buffer): Float32Array {
  const samples = new Float32Array(Math.floor(bytes.length / BYTES_PER_SAMPLE));
  for (let i = 0; i < samples.length; i += 1) samples[i] = bytes.readFloatLE(i * BYTES_PER_SAMPLE);
  return samples;
}

/** Where the samples start: the chunks of a RIFF file follow one another, each with its name and size. */
export async function dataOffset(file: Awaited<ReturnType<typeof open>>): Promise<number> {
  const header = Buffer.alloc(8);
  for (let at = 12; ; at += 8 + header.readUInt32LE(4)) {
    const { bytesRead } = await file.read(header, 0, 8, at);
    if (bytesRead < 8) throw new AppError('INTERNAL', 'the prepared sound has no data chunk');
    if (header.toString('latin1', 0, 4) === 'data') return at + 8;
  }
}
