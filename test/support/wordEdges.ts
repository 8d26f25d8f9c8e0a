import { readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import type { TimeRange } from '../../main/domain/time.ts';

/** Mono samples between -1 and 1. */
export interface Samples {
  readonly rateHz: number;
  readonly values: Float32Array;
}

/** Reads a mono 16-bit WAV whole. */
export async function readMono(path: string): Promise<Samples> {
  return toSamples(await readFile(path));
}

function toSamples(bytes: Buffer): Samples {
  const dataAt = bytes.indexOf('data', 12, 'latin1') + 8;
  const rateHz = bytes.readUInt32LE(24);
  const values = Float32Array.from(
    { length: Math.floor((bytes.length - dataAt) / 2) },
    (_, i) => bytes.readInt16LE(dataAt + 2 * i) / 32_768,
  );
  return { rateHz, values };
}

export async function writeMono(path: string, { rateHz, values }: Samples): Promise<void> {
  const bytes = Buffer.alloc(44 + values.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + values.length * 2, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rateHz, 24);
  bytes.writeUInt32LE(rateHz * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(values.length * 2, 40);
  values.forEach((value, i) => bytes.writeInt16LE(Math.round(value * 32_000), 44 + 2 * i));
  await writeFile(path, bytes);
}

/** One word as espeak-ng says it, without the silence around it. */
export async function sayWord(word: string, voice = 'en-us'): Promise<Samples> {
  const { stdout } = await execa('espeak-ng', ['-v', voice, '-s', '150', '--stdout', word], {
    encoding: 'buffer',
    timeout: 20_000,
  });
  const { rateHz, values } = toSamples(Buffer.from(stdout));
  const isHeard = (value: number): boolean => Math.abs(value) > 0.003;
  const from = values.findIndex(isHeard);
  const to = values.findLastIndex(isHeard) + 1;
  return { rateHz, values: values.subarray(from, to) };
}

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How loud a stretch of samples is, as the root mean square in dBFS. */
export function dbfsOf({ rateHz, values }: Samples, { fromS, toS }: TimeRange): number {
  const stretch = values.subarray(
    Math.max(0, Math.round(fromS * rateHz)),
    Math.max(0, Math.round(toS * rateHz)),
  );
  const power = stretch.reduce((sum, value) => sum + value * value, 0) / Math.max(1, stretch.length);
  return power === 0 ? -120 : 10 * Math.log10(power);
}

const CUT_S = 0.01;
const WITHIN_S = 0.25;
const STEP_S = 0.0025;
/** Ten milliseconds measured between the steps of the levels may be this much quieter than those on them. */
const BETWEEN_STEPS_DB = 2;

/** What is said right beside a cut, on each side. */
const BESIDE_S = 0.35;

export interface CutVerdict {
  readonly atS: number;
  /** At least 20 dB under the speech. */
  readonly isSilent: boolean;
  /** The quietest 10 ms within 0.25 s, and at least 6 dB under what is heard on both sides of it. */
  readonly isQuietest: boolean;
}

/** Judges a cut by the samples alone. */
export function judgeCut(samples: Samples, atS: number, speechDbfs: number): CutVerdict {
  const around = (centreS: number): number =>
    dbfsOf(samples, { fromS: centreS - CUT_S / 2, toS: centreS + CUT_S / 2 });
  const level = around(atS);
  let quietest = Infinity;
  for (let s = Math.max(CUT_S, atS - WITHIN_S); s <= atS + WITHIN_S; s += STEP_S)
    quietest = Math.min(quietest, around(s));
  const beside = [
    { fromS: atS - BESIDE_S, toS: atS - CUT_S / 2 },
    { fromS: atS + CUT_S / 2, toS: atS + BESIDE_S },
  ];
  const isUnderBoth = beside.every((range) => dbfsOf(samples, range) - level >= 6);
  return {
    atS,
    isSilent: speechDbfs - level >= 20,
    isQuietest: level <= quietest + BETWEEN_STEPS_DB && isUnderBoth,
  };
}
