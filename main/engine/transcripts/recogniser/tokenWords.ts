import { z } from 'zod';
import { clamp, toMilliseconds } from '../../../domain/time.ts';
import type { Word } from '../../../domain/transcript.ts';
import type { Recognition } from './protocol.ts';

/** What sherpa says of a stream; lists that a model does not fill are empty. */
export const SherpaResult = z.object({
  text: z.string(),
  lang: z.string().default(''),
  tokens: z.array(z.string()).default([]),
  timestamps: z.array(z.number()).default([]),
  /** How long each token lasts, in seconds; only models that predict it (TDT) fill it. */
  durations: z.array(z.number()).default([]),
  ys_log_probs: z.array(z.number()).default([]),
});
export type SherpaResult = z.infer<typeof SherpaResult>;

const SAMPLE_RATE_HZ = 16_000;
const BLOCK_SAMPLES = 160;
const BLOCK_S = BLOCK_SAMPLES / SAMPLE_RATE_HZ;
/** A sound this far below the loudest of its word has ended; in decibels. */
const ENDED_BELOW_DB = 20;
/** Shorter holes are stops inside a word, as before the release of a "t". */
const HOLE_S = 0.05;
/** Nothing that anybody says goes on for longer after its last token. */
const LONGEST_TAIL_S = 0.6;
const SHORTEST_WORD_S = 0.04;

/** What was recognised, with words where the model times its tokens. */
export function toRecognition(result: SherpaResult, samples: Float32Array): Recognition {
  const language = result.lang.replace(/^<\|(.*)\|>$/u, '$1');
  return {
    text: result.text.trim(),
    words: result.timestamps.length === result.tokens.length ? wordsOfTokens(result, samples) : null,
    language: language === '' ? null : language,
  };
}

interface Piece {
  text: string;
  readonly fromS: number;
  /** When the last token begins, and ends where the model says so. */
  lastFromS: number;
  lastToS: number | undefined;
  readonly logProbabilities: number[];
}

/**
 * Joins tokens to words: one begins where a token begins with a blank. Tokens say when they begin; a word ends where the
 * next begins or its sound is over, whichever comes first.
 */
export function wordsOfTokens(result: SherpaResult, samples: Float32Array): Word[] {
  const pieces = joinTokens(result);
  const soundS = samples.length / SAMPLE_RATE_HZ;
  const blocks = blockLevels(samples);
  return pieces.map((piece, index) => {
    const nextS = pieces[index + 1]?.fromS ?? soundS;
    const fromS = clamp(piece.fromS, 0, soundS);
    const heardS = piece.lastToS ?? endOfSound(blocks, fromS, piece.lastFromS);
    const toS = Math.max(Math.min(heardS, nextS), Math.min(fromS + SHORTEST_WORD_S, nextS));
    return {
      text: piece.text.trim(),
      fromS: toMilliseconds(fromS),
      toS: toMilliseconds(Math.max(fromS, toS)),
      confidence: confidenceOf(piece.logProbabilities),
    };
  });
}

function joinTokens({ tokens, timestamps, durations, ys_log_probs: logs }: SherpaResult): Piece[] {
  const pieces: Piece[] = [];
  tokens.forEach((raw, index) => {
    const token = raw.replaceAll('▁', ' ');
    const fromS = timestamps[index] ?? 0;
    const durationS = durations[index];
    const toS = durationS === undefined ? undefined : fromS + durationS;
    const log = logs[index];
    const last = pieces.at(-1);
    if (token.trim() === '' && last === undefined) return;
    if (last === undefined || token.startsWith(' ')) {
      const known = log === undefined ? [] : [log];
      pieces.push({ text: token, fromS, lastFromS: fromS, lastToS: toS, logProbabilities: known });
      return;
    }
    last.text += token;
    last.lastFromS = fromS;
    last.lastToS = toS;
    if (log !== undefined) last.logProbabilities.push(log);
  });
  return pieces.filter(({ text }) => text.trim() !== '');
}

/** The geometric mean of the tokens' probabilities; null where the model gives none. */
function confidenceOf(logs: readonly number[]): number | null {
  if (logs.length === 0) return null;
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return Math.round(clamp(Math.exp(mean), 0, 1) * 1000) / 1000;
}

function blockLevels(samples: Float32Array): Float32Array {
  const levels = new Float32Array(Math.floor(samples.length / BLOCK_SAMPLES));
  for (let block = 0; block < levels.length; block++) {
    let sum = 0;
    for (let i = block * BLOCK_SAMPLES; i < (block + 1) * BLOCK_SAMPLES; i++) sum += (samples[i] ?? 0) ** 2;
    levels[block] = sum === 0 ? -100 : 10 * Math.log10(sum / BLOCK_SAMPLES);
  }
  return levels;
}

/** Where the sound that the last token stands in dies away. */
function endOfSound(levels: Float32Array, fromS: number, lastFromS: number): number {
  const first = Math.floor(fromS / BLOCK_S);
  const last = Math.round(lastFromS / BLOCK_S);
  const limit = Math.min(levels.length, last + Math.round(LONGEST_TAIL_S / BLOCK_S));
  let loudest = -100;
  for (let block = first; block < limit; block++) loudest = Math.max(loudest, levels[block] ?? -100);
  let quiet = 0;
  for (let block = last; block < limit; block++) {
    const isQuiet = (levels[block] ?? -100) < loudest - ENDED_BELOW_DB;
    quiet = isQuiet ? quiet + 1 : 0;
    if (quiet >= HOLE_S / BLOCK_S) return (block + 1 - quiet) * BLOCK_S;
  }
  return limit * BLOCK_S;
}
