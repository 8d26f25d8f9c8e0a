import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';

const HEADER_BYTES = 4096;
const BYTES_PER_SAMPLE = 2;

/** Where the samples begin and how fast they run; the chunks before them differ between builds of ffmpeg. */
export async function readWavHeader(
  wav: FileHandle,
  path: string,
): Promise<{ dataAt: number; sampleRateHz: number }> {
  const header = Buffer.alloc(HEADER_BYTES);
  const { bytesRead } = await wav.read(header, 0, HEADER_BYTES, 0);
  let sampleRateHz = 0;
  for (let at = 12; at + 8 <= bytesRead;) {
    const name = header.toString('latin1', at, at + 4);
    if (name === 'data' && sampleRateHz > 0) return { dataAt: at + 8, sampleRateHz };
    if (name === 'fmt ') sampleRateHz = header.readUInt32LE(at + 12);
    const chunkBytes = header.readUInt32LE(at + 4);
    at += 8 + chunkBytes + (chunkBytes % 2);
  }
  throw new AppError('INTERNAL', `${path} is not the WAV that was written there.`);
}

/** A mono 16-bit WAV of ours, read in pieces; whoever opens it closes it. */
export interface SpeechWav extends AsyncDisposable {
  readonly sampleRateHz: number;
  readonly samples: number;
  /** The samples from (inclusive) to (exclusive); fewer where the file ends before. */
  read(from: number, to: number): Promise<Int16Array>;
}

export async function openSpeechWav(path: string): Promise<SpeechWav> {
  const file = await open(path, 'r');
  try {
    const { dataAt, sampleRateHz } = await readWavHeader(file, path);
    const { size } = await file.stat();
    return {
      sampleRateHz,
      samples: Math.floor((size - dataAt) / BYTES_PER_SAMPLE),
      async read(from, to) {
        const wanted = new Int16Array(Math.max(0, to - from));
        const bytes = Buffer.from(wanted.buffer);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, dataAt + from * BYTES_PER_SAMPLE);
        return wanted.subarray(0, Math.floor(bytesRead / BYTES_PER_SAMPLE));
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
