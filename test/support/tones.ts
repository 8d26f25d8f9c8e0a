import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Word } from '../../main/domain/transcript.ts';
import { root } from './cli.ts';

/** A real recogniser whose words are tones; see NOTICE.md there. */
export const toneModel = join(root, 'test/fixtures/tone-ctc');

const RATE_HZ = 16_000;
const WORDS = readFileSync(join(toneModel, 'tokens.txt'), 'utf8')
  .split('\n')
  .map((line) => line.split(' ')[0]?.replace('▁', '') ?? '')
  .filter((word) => /^[a-z]+$/u.test(word));

export type ToneWord = Pick<Word, 'text' | 'fromS' | 'toS'>;

/** mulberry32: the same recording in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface ToneOptions {
  readonly durationS: number;
  readonly seed: number;
  /** The longest silence between two words; a short one leaves no place to cut but between the words. */
  readonly longestPauseS?: number;
}

/**
 * Writes a recording of random tone words, 0.1 to 0.3 s each with 0.09 s and more between them and a faint noise
 * beneath, and answers which words were said when. Written in pieces, so that hours of it take no memory.
 */
export function writeTones(path: string, { durationS, seed, longestPauseS = 3 }: ToneOptions): ToneWord[] {
  const random = seededRandom(seed);
  const words: ToneWord[] = [];
  const total = Math.round(durationS * RATE_HZ);
  const file = openSync(path, 'w');
  writeSync(file, header(total));
  let at = 0;
  const write = (samples: Int16Array): void => {
    writeSync(file, Buffer.from(samples.buffer));
    at += samples.length;
  };
  const silence = (seconds: number): void => {
    const length = Math.min(total - at, Math.round(seconds * RATE_HZ));
    write(Int16Array.from({ length }, () => Math.round((random() - 0.5) * 40)));
  };
  silence(0.5);
  let last = -1;
  while (at < total - RATE_HZ) {
    const word = Math.floor(random() * WORDS.length);
    if (word === last) continue;
    last = word;
    const length = Math.round((0.1 + 0.2 * random()) * RATE_HZ);
    words.push({ text: WORDS[word] ?? '', fromS: at / RATE_HZ, toS: (at + length) / RATE_HZ });
    const hz = 500 + 170 * word;
    write(Int16Array.from({ length }, (_, i) => 16_000 * Math.sin((2 * Math.PI * hz * i) / RATE_HZ)));
    const kind = random();
    const pauseS =
      kind < 0.7 ? 0.09 + 0.05 * random() : kind < 0.95 ? 0.2 + 0.3 * random() : 0.8 + 2.2 * random();
    silence(Math.min(pauseS, longestPauseS));
  }
  silence(1);
  closeSync(file);
  return words;
}

function header(samples: number): Buffer {
  const bytes = Buffer.alloc(44);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE_HZ, 24);
  bytes.writeUInt32LE(RATE_HZ * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples * 2, 40);
  return bytes;
}

/** A word as it was said, without the marks and capitals that a rule has put in. */
export const plainWord = (text: string): string => text.toLowerCase().replace(/[.?]$/u, '');
