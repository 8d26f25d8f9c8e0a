import type { Levels } from '../../domain/levels.ts';
import { clamp, toMilliseconds, type TimeRange } from '../../domain/time.ts';
import type { Segment, Word } from '../../domain/transcript.ts';
import { spokenWeight } from './words.ts';

/** Words are placed on a grid this fine, in seconds. */
const STEP_S = 0.02;
/** Subtitles begin a little early and end a little late: words are looked for this far outside, up to the neighbours. */
const REACH_S = 0.4;
/** Nobody says a sentence in one cue for longer; whatever claims to is not timed. */
const LONGEST_S = 30;
/** Speech that is no louder than this over what lies around it shows no words. */
const LEAST_CONTRAST_DB = 10;
/** A word takes between these shares of the time that its letters let expect. */
const SHORTEST_SHARE = 0.35;
const LONGEST_SHARE = 2.6;

/** What a choice of places costs; fitted on synthetic speech whose word times are known. */
const COST = {
  /** For the square of how much longer or shorter a word is than expected, as a logarithm. */
  length: 23,
  /** For a step of silence inside a word. */
  quiet: 0.36,
  /** For a step of speech that no word has. */
  unsaid: 0.33,
  /** For the square of how far a word begins from where it was said to, in half seconds. */
  away: 0.4,
  /** For a border between two words that lies in full voice. */
  loudBorder: 1.7,
};

/**
 * Moves the words of sentences that were timed only as a whole to where the sound has them: words lie where somebody is
 * heard, pauses between them, and borders where it is quietest. Words that a source has timed itself stay. No word changes
 * its text, its order or its sentence. Rests after each sentence, so that the caller can let other work go on.
 */
export function* snapWordsInSteps(segments: readonly Segment[], levels: Levels): Generator<void, Segment[]> {
  const snapped: Segment[] = [];
  for (const [index, segment] of segments.entries()) {
    const before = snapped[index - 1]?.toS ?? 0;
    const after = segments[index + 1]?.fromS ?? levels.rmsDbfs.length * levels.blockS;
    snapped.push(snapSentence(segment, { fromS: before, toS: after }, levels));
    yield;
  }
  return snapped;
}

function snapSentence(segment: Segment, room: TimeRange, levels: Levels): Segment {
  const { words, fromS, toS, timing } = segment;
  if (timing === 'word' || words.length === 0 || toS - fromS > LONGEST_S) return segment;
  const window = {
    fromS: Math.min(fromS, Math.max(room.fromS, fromS - REACH_S)),
    toS: Math.max(toS, Math.min(room.toS, toS + REACH_S)),
  };
  const placed = placeWords(words, voiceIn(levels, window), window);
  if (placed === undefined) return segment;
  return { ...segment, words: placed, fromS: placed[0]?.fromS ?? fromS, toS: placed.at(-1)?.toS ?? toS };
}

/** How much of a voice is heard in each step, from 0 to 1; undefined where it does not stand out from what is around it. */
function voiceIn({ rmsDbfs, blockS }: Levels, { fromS, toS }: TimeRange): Float64Array | undefined {
  const steps = Math.floor((toS - fromS) / STEP_S);
  const blocks = Math.round(STEP_S / blockS);
  const first = Math.round(fromS / blockS);
  const dbfs = Float64Array.from({ length: steps }, (_, step) => {
    let sum = 0;
    for (let block = 0; block < blocks; block += 1) sum += rmsDbfs[first + step * blocks + block] ?? -90;
    return Math.max(-90, sum / blocks);
  });
  const sorted = dbfs.slice().sort();
  const quiet = sorted[Math.floor(steps * 0.05)] ?? -90;
  const loud = sorted[Math.floor(steps * 0.9)] ?? -90;
  // A pause is quiet beside the words around it, however quiet the room is.
  const floor = Math.max(quiet, loud - 40);
  if (loud - floor < LEAST_CONTRAST_DB) return undefined;
  return dbfs.map((level) => clamp((level - floor) / (loud - floor), 0, 1));
}

/** Sums from the beginning: what lies between two steps is a subtraction. */
function totals(voice: Float64Array, valueOf: (heard: number) => number): Float64Array {
  const sums = new Float64Array(voice.length + 1);
  voice.forEach((heard, step) => (sums[step + 1] = (sums[step] ?? 0) + valueOf(heard)));
  return sums;
}

/** Half a second. */
const AWAY_STEPS = 0.5 / STEP_S;

/** A step with less of a voice than this is silence. */
const SILENT = 0.3;

interface Expected {
  readonly steps: number;
  readonly least: number;
  readonly most: number;
}

/** How long each word takes where its letters share out what is spoken. */
function expectedLengths(words: readonly Word[], voice: Float64Array): Expected[] {
  const spoken = voice.reduce((sum, heard) => sum + (heard >= SILENT ? 1 : 0), 0);
  const weights = words.map(({ text }) => Math.max(1, spokenWeight(text)));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => {
    const steps = Math.max(1, (spoken * weight) / all);
    return {
      steps,
      least: Math.max(1, Math.floor(steps * SHORTEST_SHARE)),
      most: Math.ceil(steps * LONGEST_SHARE) + 1,
    };
  });
}

/** The cheapest places of all words in order, by dynamic programming over the steps; undefined where they have no room. */
function placeWords(
  words: readonly Word[],
  voice: Float64Array | undefined,
  window: TimeRange,
): Word[] | undefined {
  if (voice === undefined) return undefined;
  const steps = voice.length;
  const quiet = totals(voice, (heard) => (heard < SILENT ? COST.quiet : 0));
  const borderAt = (step: number): number =>
    COST.loudBorder * Math.min(voice[step - 1] ?? 0, voice[step] ?? 0);
  const logarithms = Float64Array.from(voice, (_, length) => Math.log(length));
  const expected = expectedLengths(words, voice);
  const beganAt: Int32Array[] = [];
  const waited: Uint8Array[] = [];
  let costs = new Float64Array(steps + 1).fill(Infinity);
  costs[0] = 0;
  waited.push(waitThrough(costs, voice));
  for (const [index, { steps: usual, least, most }] of expected.entries()) {
    const logOfUsual = Math.log(usual);
    const saidAt = ((words[index]?.fromS ?? 0) - window.fromS) / STEP_S;
    const next = new Float64Array(steps + 1).fill(Infinity);
    const began = new Int32Array(steps + 1).fill(-1);
    for (let from = 0; from < steps; from += 1) {
      const away = (from - saidAt) / AWAY_STEPS;
      const base = (costs[from] ?? Infinity) + borderAt(from) + COST.away * away * away;
      if (base === Infinity) continue;
      for (let to = from + least; to <= Math.min(steps, from + most); to += 1) {
        const stretch = (logarithms[to - from] ?? 0) - logOfUsual;
        const cost = base + COST.length * stretch * stretch + (quiet[to] ?? 0) - (quiet[from] ?? 0);
        if (cost >= (next[to] ?? Infinity)) continue;
        next[to] = cost;
        began[to] = from;
      }
    }
    beganAt.push(began);
    costs = next;
    waited.push(waitThrough(costs, voice));
  }
  return costs[steps] === Infinity ? undefined : traceBack(words, { beganAt, waited, steps }, window);
}

/** Lets time pass between words where that is cheaper, and says where it did. */
function waitThrough(costs: Float64Array, voice: Float64Array): Uint8Array {
  const waited = new Uint8Array(costs.length);
  for (let step = 1; step < costs.length; step += 1) {
    const cost = (costs[step - 1] ?? Infinity) + COST.unsaid * (voice[step - 1] ?? 0);
    if (cost >= (costs[step] ?? Infinity)) continue;
    costs[step] = cost;
    waited[step] = 1;
  }
  return waited;
}

interface Trace {
  readonly beganAt: readonly Int32Array[];
  readonly waited: readonly Uint8Array[];
  readonly steps: number;
}

function traceBack(words: readonly Word[], { beganAt, waited, steps }: Trace, { fromS }: TimeRange): Word[] {
  const placed: Word[] = [];
  let step = steps;
  for (let at = words.length - 1; at >= 0; at -= 1) {
    while (waited[at + 1]?.[step] === 1) step -= 1;
    const from = beganAt[at]?.[step] ?? 0;
    const word = words[at];
    if (word !== undefined)
      placed[at] = {
        ...word,
        fromS: toMilliseconds(fromS + from * STEP_S),
        toS: toMilliseconds(fromS + step * STEP_S),
      };
    step = from;
  }
  return placed;
}
