import { open } from 'node:fs/promises';
import { dataOffset, SAMPLE_RATE_HZ } from './soundFile.ts';

const BYTES_PER_SAMPLE = 4;
const READ_BLOCKS = 50;

/**
 * How loud each stretch of a 48 kHz float WAV is: root mean square of blocks of blockS seconds, as a share of the
 * loud ones (the 95th percentile), 0 to 1.
 */
export async function readBars(wavPath: string, channels: 1 | 2, blockS: number): Promise<number[]> {
  const file = await open(wavPath, 'r');
  try {
    const from = await dataOffset(file);
    const blockBytes = Math.round(blockS * SAMPLE_RATE_HZ) * channels * BYTES_PER_SAMPLE;
    const buffer = Buffer.alloc(blockBytes * READ_BLOCKS);
    const levels: number[] = [];
    for (let at = from; ;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      for (let block = 0; block < bytesRead; block += blockBytes) {
        levels.push(rootMeanSquare(buffer.subarray(block, Math.min(bytesRead, block + blockBytes))));
      }
      at += bytesRead;
      if (bytesRead < buffer.length) return relativeToLoud(levels);
    }
  } finally {
    await file.close();
  }
}

function rootMeanSquare(bytes: Buffer): number {
  const count = Math.floor(bytes.length / BYTES_PER_SAMPLE);
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += bytes.readFloatLE(i * BYTES_PER_SAMPLE) ** 2;
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

function relativeToLoud(levels: readonly number[]): number[] {
  const sorted = levels.toSorted((a, b) => a - b);
  const loud = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  return levels.map((level) => (loud === 0 ? 0 : Math.min(1, level / loud)));
}
