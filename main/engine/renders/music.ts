import { type Spectrum, spectrumOf } from './spectrum.ts';

/** The rate at which music is looked for. */
export const MUSIC_RATE_HZ = 12_000;

const WINDOW = 1024;
const HOP = 512;
const BLOCK_FRAMES = Math.round((3 * MUSIC_RATE_HZ) / HOP);
/** Between its words speech leaves this share of the time to whatever is under it. */
const QUIET_SHARE = 0.1;
const LOUD_SHARE = 0.9;
/** A bed that lies deeper under the speech is hardly heard. */
const DEEPEST_BED_DB = -28;
const SILENT_DB = -60;
/** Mains hum lies below, the breath of speech above. */
const FROM_HZ = 200;
const TO_HZ = 3000;
/** Neighbours that a note stands out from, but for those that the window spreads it over. */
const AROUND = 12;
const SPREAD = 2;
const STANDS_OUT = 16;
/** Speech and rooms measured at most 0.54 here, beds of chords 20 dB under speech at least 0.75. */
const TONAL_SHARE = 0.7;

/**
 * Seconds in which music is heard, alone or under speech: where the quietest moments of three seconds are not much
 * quieter than the loudest and consist of tones. Between words a voice leaves noise, and music its notes. Samples are
 * mono at 12 kHz.
 */
export function musicSeconds(samples: Float32Array): number {
  const spectrum = spectrumOf(WINDOW);
  let blocks = 0;
  for (let from = 0; from + BLOCK_FRAMES * HOP <= samples.length; from += BLOCK_FRAMES * HOP) {
    if (isMusic(samples, from, spectrum)) blocks += 1;
  }
  return (blocks * BLOCK_FRAMES * HOP) / MUSIC_RATE_HZ;
}

function isMusic(samples: Float32Array, from: number, spectrum: Spectrum): boolean {
  const frames = Array.from({ length: BLOCK_FRAMES }, (_, frame) => from + frame * HOP)
    .map((at) => ({ at, levelDb: levelDb(samples, at) }))
    .toSorted((a, b) => a.levelDb - b.levelDb);
  const quiet = frames.slice(0, Math.ceil(BLOCK_FRAMES * QUIET_SHARE));
  const loudDb = frames[Math.floor(BLOCK_FRAMES * LOUD_SHARE)]?.levelDb ?? SILENT_DB;
  const bedDb = quiet.at(-1)?.levelDb ?? SILENT_DB;
  if (loudDb < SILENT_DB || bedDb - loudDb < DEEPEST_BED_DB) return false;
  const shares = quiet.map(({ at }) => tonalShare(samples, at, spectrum));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length >= TONAL_SHARE;
}

function levelDb(samples: Float32Array, from: number): number {
  let sum = 0;
  for (let at = from; at < from + WINDOW; at += 1) sum += (samples[at] ?? 0) ** 2;
  return 10 * Math.log10(sum / WINDOW + 1e-12);
}

/** The share of the energy that is in frequencies which stand far out from those around them. */
function tonalShare(samples: Float32Array, from: number, spectrum: Spectrum): number {
  const power = new Float32Array(spectrum.bins);
  spectrum.read(samples, from, power);
  const bin = (hz: number): number => Math.round((hz * WINDOW) / MUSIC_RATE_HZ);
  let [all, tonal] = [1e-12, 0];
  for (let at = bin(FROM_HZ); at < bin(TO_HZ); at += 1) {
    const energy = power[at] ?? 0;
    all += energy;
    if (energy > STANDS_OUT * meanAround(power, at)) tonal += energy;
  }
  return tonal / all;
}

/** The geometric mean of the neighbours: one more tone among them hardly raises it. */
function meanAround(power: Float32Array, bin: number): number {
  let [sum, count] = [0, 0];
  for (let at = bin - AROUND; at <= bin + AROUND; at += 1) {
    if (Math.abs(at - bin) <= SPREAD) continue;
    sum += Math.log((power[at] ?? 0) + 1e-12);
    count += 1;
  }
  return Math.exp(sum / count);
}
