import { DIGITAL_SILENCE_DBFS, type Levels, type SpeechMap } from '../../domain/levels.ts';
import { clamp, type TimeRange } from '../../domain/time.ts';

/** Shorter pauses belong to the words around them; shorter sounds are clicks. In seconds. */
const SHORTEST_SILENCE_S = 0.15;
const SHORTEST_SPEECH_S = 0.1;
/** Length over which levels are averaged, about that of a vowel: single blocks dip inside every word. */
const SMOOTHING_S = 0.05;

/** Where between the floor and the speech the line is drawn: low, so that a quieter guest stays above it. */
const LINE_AT = 0.4;
/** A gated or digitally silent recording has a floor far below anything audible; the line does not follow it down. */
const LOWEST_LINE_BELOW_SPEECH_DB = 35;
/** Speech stands at least this far above its floor; what does not is a steady sound, heard throughout or not at all. */
const LEAST_ABOVE_FLOOR_DB = 6;
const INAUDIBLE_DBFS = -65;

const QUIETEST_SPAN_S = 0.03;
const AS_QUIET_DB = 1;

/**
 * Divides an episode into speech and silence by a line between its own floor and its own speech, so that quiet shows,
 * music beds and loud rooms are treated alike. Speech level is gated like programme loudness in ITU-R BS.1770 (mean
 * power, then again over what is within 10 dB of it), so that it does not sink with the amount of silence;
 * the floor is the tenth percentile of what is not digital silence.
 */
export function mapSpeech(levels: Levels): SpeechMap {
  const { blockS, rmsDbfs } = levels;
  const histogram = histogramOf(rmsDbfs);
  const speechDbfs = speechLevel(histogram);
  const audible = histogram.map((count, bin) => (levelOfBin(bin) > DIGITAL_SILENCE_DBFS + 1 ? count : 0));
  const floorDbfs = Math.min(percentile(audible, 0.1) ?? DIGITAL_SILENCE_DBFS, speechDbfs);
  const line = speechLine(speechDbfs, floorDbfs);
  const runs = runsAbove(smooth(rmsDbfs, blocksIn(SMOOTHING_S, blockS)), line);
  const bridged = dropShort(runs, false, blocksIn(SHORTEST_SILENCE_S, blockS));
  const cleaned = dropShort(bridged, true, blocksIn(SHORTEST_SPEECH_S, blockS));
  const ranges = (isSpeech: boolean): TimeRange[] =>
    cleaned
      .filter((run) => run.isSpeech === isSpeech)
      .map(({ from, to }) => ({ fromS: inSeconds(from, blockS), toS: inSeconds(to, blockS) }));
  return { speech: ranges(true), silences: ranges(false), speechDbfs, floorDbfs };
}

/**
 * The second at which a cut is heard least: the middle of the quietest 30 ms that begin and end inside the window.
 * Among places within 1 dB of the quietest the nearest to the wanted second is taken, so that silence does not move a cut.
 */
export function quietestPoint({ blockS, rmsDbfs }: Levels, aroundS: number, withinS: number): number {
  const span = Math.max(1, Math.min(Math.round(QUIETEST_SPAN_S / blockS), rmsDbfs.length));
  const last = rmsDbfs.length - span;
  const centreOf = (block: number): number => inSeconds(block + span / 2, blockS);
  const from = clamp(Math.ceil((aroundS - withinS) / blockS - 1e-6), 0, last);
  const to = clamp(Math.floor((aroundS + withinS) / blockS + 1e-6) - span, 0, last);
  if (last < 0 || to < from) return aroundS;
  const loudness = Array.from({ length: to - from + 1 }, (_, i) =>
    meanLevel(rmsDbfs, from + i, from + i + span),
  );
  const quietest = Math.min(...loudness);
  let best: number | undefined;
  for (const [i, level] of loudness.entries()) {
    if (level > quietest + AS_QUIET_DB) continue;
    const atS = centreOf(from + i);
    if (best === undefined || Math.abs(atS - aroundS) < Math.abs(best - aroundS)) best = atS;
  }
  return best ?? aroundS;
}

const blocksIn = (seconds: number, blockS: number): number => Math.max(1, Math.round(seconds / blockS));

/** Rounded to a tenth of a millisecond: multiples of 0.01 are not exact in binary. */
const inSeconds = (blocks: number, blockS: number): number => Math.round(blocks * blockS * 1e4) / 1e4;

function meanLevel(levels: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += levels[i] ?? DIGITAL_SILENCE_DBFS;
  return sum / (to - from);
}

const BIN_DB = 0.25;
const BINS = Math.round(-DIGITAL_SILENCE_DBFS / BIN_DB) + 1;

/** How many blocks have each level, in quarters of a decibel; everything about levels as such is read from it. */
function histogramOf(levels: Float32Array): Float64Array {
  const bins = new Float64Array(BINS);
  for (let i = 0; i < levels.length; i++) {
    const above = (levels[i] ?? DIGITAL_SILENCE_DBFS) - DIGITAL_SILENCE_DBFS;
    const bin = Math.min(BINS - 1, Math.max(0, Math.round(above / BIN_DB)));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

const levelOfBin = (bin: number): number => DIGITAL_SILENCE_DBFS + bin * BIN_DB;

function percentile(bins: Float64Array, share: number): number | undefined {
  const total = bins.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let seen = 0;
  const found = bins.findIndex((count) => {
    seen += count;
    return seen >= share * total;
  });
  return levelOfBin(found);
}

const speechLevel = (bins: Float64Array): number =>
  meanPowerLevel(bins, meanPowerLevel(bins, DIGITAL_SILENCE_DBFS) - 10);

/** Level of the mean power of all blocks that reach a level. */
function meanPowerLevel(bins: Float64Array, aboveDbfs: number): number {
  let power = 0;
  let blocks = 0;
  for (const [bin, count] of bins.entries()) {
    const level = levelOfBin(bin);
    if (level < aboveDbfs) continue;
    power += count * 10 ** (level / 10);
    blocks += count;
  }
  return blocks === 0 ? DIGITAL_SILENCE_DBFS : 10 * Math.log10(power / blocks);
}

function speechLine(speechDbfs: number, floorDbfs: number): number {
  if (speechDbfs < INAUDIBLE_DBFS) return Infinity;
  if (speechDbfs - floorDbfs < LEAST_ABOVE_FLOOR_DB)
    return Math.max(INAUDIBLE_DBFS, floorDbfs - LEAST_ABOVE_FLOOR_DB);
  const between = floorDbfs + LINE_AT * (speechDbfs - floorDbfs);
  return Math.max(between, speechDbfs - LOWEST_LINE_BELOW_SPEECH_DB);
}

/** A moving average centred on each block; at the ends over what there is. */
function smooth(levels: Float32Array, width: number): Float32Array {
  const smoothed = new Float32Array(levels.length);
  const reach = Math.floor(width / 2);
  let sum = 0;
  let count = 0;
  for (let entering = 0; entering < levels.length + reach; entering++) {
    if (entering < levels.length) {
      sum += levels[entering] ?? 0;
      count += 1;
    }
    const leaving = entering - 2 * reach - 1;
    if (leaving >= 0) {
      sum -= levels[leaving] ?? 0;
      count -= 1;
    }
    if (entering >= reach) smoothed[entering - reach] = sum / count;
  }
  return smoothed;
}

/** Blocks from (inclusive) to (exclusive) that are all speech or all silence. */
interface Run {
  readonly isSpeech: boolean;
  readonly from: number;
  readonly to: number;
}

function runsAbove(levels: Float32Array, line: number): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let i = 1; i <= levels.length; i++) {
    const isSpeech = (levels[from] ?? 0) >= line;
    if (i < levels.length && (levels[i] ?? 0) >= line === isSpeech) continue;
    runs.push({ isSpeech, from, to: i });
    from = i;
  }
  return runs;
}

/** Gives runs of one kind that are too short to their neighbours; the only run there is stays what it is. */
function dropShort(runs: readonly Run[], isSpeech: boolean, leastBlocks: number): Run[] {
  if (runs.length === 1) return [...runs];
  const kept: Run[] = [];
  for (const run of runs) {
    const isTooShort = run.isSpeech === isSpeech && run.to - run.from < leastBlocks;
    const kind = isTooShort ? !isSpeech : run.isSpeech;
    const before = kept.at(-1);
    if (before?.isSpeech === kind) kept[kept.length - 1] = { ...before, to: run.to };
    else kept.push({ isSpeech: kind, from: run.from, to: run.to });
  }
  return kept;
}
