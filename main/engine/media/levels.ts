import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { DIGITAL_SILENCE_DBFS, type Levels } from '../../domain/levels.ts';
import { readWavHeader } from './speechWav.ts';

/** Length of one level block in seconds. */
export const LEVEL_BLOCK_S = 0.01;

const READ_BYTES = 1024 * 1024;

/** Collects samples into blocks and gives each block's root mean square in dBFS. */
export class LevelMeter {
  readonly #samplesPerBlock: number;
  #sumOfSquares = 0;
  #samples = 0;

  constructor(samplesPerBlock: number) {
    this.#samplesPerBlock = samplesPerBlock;
  }

  /** The levels of the blocks that these samples complete. */
  read(samples: Int16Array): Float32Array {
    const levels = new Float32Array(Math.floor((this.#samples + samples.length) / this.#samplesPerBlock));
    let at = 0;
    for (let block = 0; block < levels.length; block++) {
      const end = at + this.#samplesPerBlock - this.#samples;
      levels[block] = toDbfs((this.#sumOfSquares + sumOfSquares(samples, at, end)) / this.#samplesPerBlock);
      this.#sumOfSquares = 0;
      this.#samples = 0;
      at = end;
    }
    this.#sumOfSquares += sumOfSquares(samples, at, samples.length);
    this.#samples += samples.length - at;
    return levels;
  }

  /** The level of the samples left over at the end; empty when there are none. */
  rest(): Float32Array {
    return this.#samples === 0
      ? new Float32Array(0)
      : Float32Array.of(toDbfs(this.#sumOfSquares / this.#samples));
  }
}

function sumOfSquares(samples: Int16Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) {
    const sample = samples[i] ?? 0;
    sum += sample * sample;
  }
  return sum;
}

/** Full scale is a square wave at the largest sample. */
function toDbfs(meanSquare: number): number {
  if (meanSquare === 0) return DIGITAL_SILENCE_DBFS;
  return Math.max(DIGITAL_SILENCE_DBFS, 10 * Math.log10(meanSquare / (32_768 * 32_768)));
}

/**
 * Measures a mono 16-bit WAV of ours block by block and writes the levels beside it (float32, little endian, no header).
 * Reads 1 MiB at a time, so memory does not grow with the length.
 */
export async function measureLevels(
  wavPath: string,
  levelsPath: string,
  signal?: AbortSignal,
): Promise<{ durationS: number; loudestDbfs: number }> {
  const partial = `${levelsPath}.partial`;
  const wav = await open(wavPath, 'r');
  try {
    const { dataAt, sampleRateHz } = await readWavHeader(wav, wavPath);
    const levels = await open(partial, 'w');
    try {
      const measured = await copyLevels(wav, dataAt, sampleRateHz, levels, signal);
      await levels.close();
      await rename(partial, levelsPath);
      return measured;
    } finally {
      await levels.close();
      await rm(partial, { force: true });
    }
  } finally {
    await wav.close();
  }
}

async function copyLevels(
  wav: FileHandle,
  dataAt: number,
  sampleRateHz: number,
  levels: FileHandle,
  signal?: AbortSignal,
): Promise<{ durationS: number; loudestDbfs: number }> {
  const meter = new LevelMeter(Math.round(sampleRateHz * LEVEL_BLOCK_S));
  const buffer = Buffer.alloc(READ_BYTES);
  let loudestDbfs = DIGITAL_SILENCE_DBFS;
  const write = async (block: Float32Array) => {
    for (const level of block) loudestDbfs = Math.max(loudestDbfs, level);
    await levels.write(Buffer.from(block.buffer, block.byteOffset, block.byteLength));
  };
  let at = dataAt;
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await wav.read(buffer, 0, READ_BYTES, at);
    const samples = new Int16Array(buffer.buffer, buffer.byteOffset, Math.floor(bytesRead / 2));
    if (samples.length === 0) break;
    await write(meter.read(samples));
    at += samples.length * 2;
  }
  await write(meter.rest());
  return { durationS: (at - dataAt) / 2 / sampleRateHz, loudestDbfs };
}

/** Reads what measureLevels wrote, whole: 1.4 MB an hour. */
export async function readLevels(levelsPath: string): Promise<Levels> {
  const bytes = await readFile(levelsPath);
  const rmsDbfs = new Float32Array(Math.floor(bytes.byteLength / Float32Array.BYTES_PER_ELEMENT));
  new Uint8Array(rmsDbfs.buffer).set(bytes.subarray(0, rmsDbfs.byteLength));
  return { blockS: LEVEL_BLOCK_S, rmsDbfs };
}
