import { createHash } from 'node:crypto';
import type { Levels } from '../../../domain/levels.ts';
import { clamp, lengthS, type TimeRange } from '../../../domain/time.ts';
import { quietestPoint } from '../../media/speechMap.ts';

/** A piece of an episode that is recognised at once. */
export interface Chunk {
  /** What the recogniser is given. */
  readonly fed: TimeRange;
  /** The words of this piece are those whose middle lies in here; the rest belong to its neighbours. */
  readonly own: TimeRange;
}

/** Whisper takes 30 s at most, and 28 leave room for what it adds. */
export const LONGEST_CHUNK_S = 28;
/** A silence this long is not fed: models invent text in it, and it costs time. */
const NEVER_FED_S = 2;
/** Detectors clip the first and last sound of speech. */
const PADDING_S = 0.25;
/** Where a cut has to go through speech, both sides hear the words around it. */
const OVERLAP_S = 0.6;
const LONGEST_PIECE_S = LONGEST_CHUNK_S - 2 * OVERLAP_S;
/** A border is not put earlier than this, so that pieces do not become many and short. */
const SHORTEST_PIECE_S = 8;

/**
 * Cuts an episode into pieces of at most 28 s for a recogniser: at silences where there are any, else where it is
 * quietest. Speech comes in order; what lies between two pieces is silence and fed to nobody.
 */
export function cutChunks(speech: readonly TimeRange[], levels: Levels, durationS: number): Chunk[] {
  const stretches = joinOver(speech, NEVER_FED_S);
  return stretches.flatMap((stretch, index) => {
    const beforeS = stretches[index - 1]?.toS ?? -PADDING_S;
    const afterS = stretches[index + 1]?.fromS ?? durationS + PADDING_S;
    const whole = {
      fromS: Math.max(0, stretch.fromS - Math.min(PADDING_S, (stretch.fromS - beforeS) / 2)),
      toS: Math.min(durationS, stretch.toS + Math.min(PADDING_S, (afterS - stretch.toS) / 2)),
    };
    return cutStretch(whole, silencesIn(speech, stretch), levels);
  });
}

/** Stretches of speech without a silence of that length in them. */
function joinOver(speech: readonly TimeRange[], gapS: number): TimeRange[] {
  const joined: TimeRange[] = [];
  for (const range of speech) {
    const last = joined.at(-1);
    if (last !== undefined && range.fromS - last.toS < gapS)
      joined[joined.length - 1] = { fromS: last.fromS, toS: Math.max(last.toS, range.toS) };
    else joined.push(range);
  }
  return joined;
}

function silencesIn(speech: readonly TimeRange[], within: TimeRange): TimeRange[] {
  const inside = speech.filter((range) => range.fromS >= within.fromS && range.toS <= within.toS);
  return inside.flatMap((range, index) => {
    const next = inside[index + 1];
    return next === undefined || next.fromS <= range.toS ? [] : [{ fromS: range.toS, toS: next.fromS }];
  });
}

interface Border {
  readonly atS: number;
  /** Whether somebody speaks here. */
  readonly isForced: boolean;
}

function cutStretch(whole: TimeRange, silences: readonly TimeRange[], levels: Levels): Chunk[] {
  const chunks: Chunk[] = [];
  let start: Border = { atS: whole.fromS, isForced: false };
  while (whole.toS - start.atS > LONGEST_PIECE_S) {
    const end = nextBorder(start.atS, silences, levels);
    chunks.push(chunkBetween(start, end));
    start = end;
  }
  chunks.push(chunkBetween(start, { atS: whole.toS, isForced: false }));
  return chunks;
}

/** The middle of the longest silence in reach, else the quietest place in the last third. */
function nextBorder(startS: number, silences: readonly TimeRange[], levels: Levels): Border {
  const reach = { fromS: startS + SHORTEST_PIECE_S, toS: startS + LONGEST_PIECE_S };
  let best: TimeRange | undefined;
  for (const silence of silences) {
    const middleS = (silence.fromS + silence.toS) / 2;
    if (middleS < reach.fromS || middleS > reach.toS) continue;
    // Of equal silences the later one: fewer pieces.
    if (best === undefined || lengthS(silence) >= lengthS(best)) best = silence;
  }
  if (best !== undefined) return { atS: (best.fromS + best.toS) / 2, isForced: false };
  const withinS = LONGEST_PIECE_S / 6;
  const atS = quietestPoint(levels, reach.toS - withinS, withinS);
  return { atS: clamp(atS, reach.fromS, reach.toS), isForced: true };
}

function chunkBetween(start: Border, end: Border): Chunk {
  const fromS = start.isForced ? Math.max(0, start.atS - OVERLAP_S) : start.atS;
  const toS = end.isForced ? end.atS + OVERLAP_S : end.atS;
  return { fed: { fromS, toS }, own: { fromS: start.atS, toS: end.atS } };
}

/** Raised when the same sound would be heard differently: other rules for words, times or loops. */
const RULES_VERSION = 1;

/** All that decides what is heard in a piece, beside its samples. */
export interface HearingRecipe {
  readonly modelId: string;
  /** sha256 of the model's files by name. */
  readonly modelFiles: Readonly<Record<string, string>>;
  readonly language: string | null;
  readonly hotwords: readonly string[];
}

/** sha256 of the samples and of everything that decides what is heard in them. */
export function hashChunk(samples: Int16Array, recipe: HearingRecipe): string {
  const { modelId, modelFiles, language, hotwords } = recipe;
  const files = Object.entries(modelFiles).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([RULES_VERSION, modelId, files, language, hotwords]))
    .update(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest('hex');
}
