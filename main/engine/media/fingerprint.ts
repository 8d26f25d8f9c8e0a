import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { attempt, inspectFile } from './sourceFile.ts';

const SAMPLE_BYTES = 1024 * 1024;

export interface Fingerprint {
  /** `<size in bytes>-<SHA-256 in hex of the first, the middle and the last MiB>`. */
  readonly fingerprint: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

/**
 * Tells a recording apart from others, and knows it again after it was moved or renamed, by reading at most 3 MiB of it.
 * Two files of one size that differ only between the samples look alike: good enough to find a file, not to prove it.
 * Throws FILE_MISSING, NOT_REGULAR_FILE, EMPTY_FILE or NO_PERMISSION.
 */
export async function fingerprint(path: string): Promise<Fingerprint> {
  const { sizeBytes, modifiedAtMs } = await inspectFile(path);
  const sha256 = await attempt(basename(path), () => hashSamples(path, sizeBytes));
  return { fingerprint: `${sizeBytes}-${sha256}`, sizeBytes, modifiedAtMs };
}

async function hashSamples(path: string, sizeBytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.alloc(SAMPLE_BYTES);
    for (const { at, length } of samplesOf(sizeBytes)) {
      const { bytesRead } = await file.read(buffer, 0, length, at);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/** Which bytes are read; a file of up to 3 MiB is read whole. */
export function samplesOf(sizeBytes: number): { at: number; length: number }[] {
  if (sizeBytes <= 3 * SAMPLE_BYTES) {
    return Array.from({ length: Math.ceil(sizeBytes / SAMPLE_BYTES) }, (_, i) => ({
      at: i * SAMPLE_BYTES,
      length: Math.min(SAMPLE_BYTES, sizeBytes - i * SAMPLE_BYTES),
    }));
  }
  const middle = Math.floor((sizeBytes - SAMPLE_BYTES) / 2);
  return [0, middle, sizeBytes - SAMPLE_BYTES].map((at) => ({ at, length: SAMPLE_BYTES }));
}
