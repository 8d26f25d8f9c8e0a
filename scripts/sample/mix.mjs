/** Puts the sentences on a timeline, lays the sound of a quiet room under them, and fades both ends. */

import { fromDb } from './loudness.mjs';

const CHIME_NOTES = [
  { atS: 0, pitchHz: 523.25 },
  { atS: 0.28, pitchHz: 783.99 },
];
const CHIME_LENGTH_S = 1.6;

/** Gives every line with samples its `fromSample` and `toSample`; returns the placed lines and the whole length. */
export function layOut(lines, { sampleRateHz, leadInS }) {
  let clock = Math.round(leadInS * sampleRateHz);
  const placed = lines.map((line) => {
    const fromSample = clock;
    const toSample = fromSample + line.samples.length;
    clock = toSample + Math.round(line.pauseAfterS * sampleRateHz);
    return { ...line, fromSample, toSample };
  });
  return { placed, lengthInSamples: clock };
}

export function mixDown({ placed, lengthInSamples }, sound) {
  const mix = roomTone(lengthInSamples, sound.roomToneDbfs, sound.roomToneSeed);
  for (const { samples, fromSample } of placed) samples.forEach((x, index) => (mix[fromSample + index] += x));
  return fadeEnds(mix, sound);
}

/** Two soft bell notes, each a fundamental and two partials that die away sooner. */
export function chime({ sampleRateHz, chimePeakDbfs }) {
  const samples = new Float32Array(Math.round(CHIME_LENGTH_S * sampleRateHz));
  for (const { atS, pitchHz } of CHIME_NOTES) {
    for (let i = Math.round(atS * sampleRateHz); i < samples.length; i += 1) {
      const t = i / sampleRateHz - atS;
      const attack = Math.min(1, t / 0.008);
      const tail = Math.min(1, (CHIME_LENGTH_S - atS - t) / 0.2);
      samples[i] += attack * tail * bell(t, pitchHz);
    }
  }
  const peak = samples.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return samples.map((x) => (x / peak) * fromDb(chimePeakDbfs));
}

function bell(t, pitchHz) {
  const partial = (multiple, weight, decayS) =>
    weight * Math.exp(-t / decayS) * Math.sin(2 * Math.PI * multiple * pitchHz * t);
  return partial(1, 1, 0.45) + partial(2, 0.25, 0.25) + partial(3.01, 0.08, 0.12);
}

/** Pink noise by Voss and McCartney's method: each row changes half as often as the one before. */
function roomTone(length, levelDbfs, seed) {
  const random = seededNoise(seed);
  const rows = Float32Array.from({ length: 14 }, random);
  const noise = new Float32Array(length);
  let sum = rows.reduce((a, b) => a + b, 0);
  for (let i = 0; i < length; i += 1) {
    const row = Math.min(rows.length - 1, trailingZeros(i + 1));
    sum -= rows[row];
    rows[row] = random();
    sum += rows[row];
    noise[i] = sum + random();
  }
  return scaleToLevel(noise, levelDbfs);
}

function scaleToLevel(samples, levelDbfs) {
  const mean = samples.reduce((a, b) => a + b, 0) / samples.length;
  const rms = Math.sqrt(samples.reduce((a, b) => a + (b - mean) ** 2, 0) / samples.length);
  return samples.map((x) => ((x - mean) / rms) * fromDb(levelDbfs));
}

const trailingZeros = (n) => 31 - Math.clz32(n & -n);

/** The same numbers between -1 and 1 for the same seed, everywhere (mulberry32). */
function seededNoise(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

function fadeEnds(samples, { sampleRateHz, fadeInS, fadeOutS }) {
  const inLength = fadeInS * sampleRateHz;
  const outLength = fadeOutS * sampleRateHz;
  return samples.map(
    (x, i) => x * Math.min(1, (i + 1) / inLength) * Math.min(1, (samples.length - i) / outLength),
  );
}
