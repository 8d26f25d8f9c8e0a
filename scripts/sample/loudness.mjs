/** Brings the voices to one loudness (ITU-R BS.1770, measured by ffmpeg) and holds their peaks under a ceiling. */

import { run } from './run.mjs';

const PASSES = 3; // limiting takes a little loudness away, so measure and correct again
const LOOK_AHEAD_S = 0.005;

export async function levelSentences(sentences, { speechLufs, ceilingDbfs, sampleRateHz }) {
  let levelled = sentences;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const gain = fromDb(speechLufs - (await measureLufs(joinSamples(levelled), sampleRateHz)));
    levelled = levelled.map((samples) =>
      limitPeaks(
        samples.map((x) => x * gain),
        fromDb(ceilingDbfs),
        sampleRateHz,
      ),
    );
  }
  return levelled;
}

export async function measureLufs(samples, sampleRateHz) {
  const { stderr } = await run(
    'ffmpeg',
    [
      ...['-hide_banner', '-nostats', '-f', 'f32le', '-ar', String(sampleRateHz), '-ac', '1', '-i', 'pipe:0'],
      ...['-af', 'loudnorm=print_format=json', '-f', 'null', '-'],
    ],
    new Uint8Array(samples.buffer),
  );
  return Number(JSON.parse(stderr.slice(stderr.lastIndexOf('{'), stderr.lastIndexOf('}') + 1)).input_i);
}

/** Turns the sound down smoothly around each peak: the gain falls before the peak arrives and rises after it has gone. */
function limitPeaks(samples, ceiling, sampleRateHz) {
  const reach = Math.round(LOOK_AHEAD_S * sampleRateHz);
  const wanted = samples.map((x) => Math.min(1, ceiling / Math.max(Math.abs(x), 1e-9)));
  const gains = movingMean(movingMinimum(wanted, reach), reach);
  return samples.map((x, index) => x * gains[index]);
}

/** The least value within `reach` places on either side. */
function movingMinimum(values, reach) {
  const result = new Float32Array(values.length);
  const rising = []; // places whose values could still be the least; only ever rising
  for (let i = 0; i < values.length + reach; i += 1) {
    while (i < values.length && rising.length > 0 && values[rising.at(-1)] >= values[i]) rising.pop();
    if (i < values.length) rising.push(i);
    if (rising[0] < i - 2 * reach) rising.shift();
    if (i >= reach) result[i - reach] = values[rising[0]];
  }
  return result;
}

/** The mean within `reach` places on either side; the ends repeat. */
function movingMean(values, reach) {
  const at = (index) => values[Math.min(values.length - 1, Math.max(0, index))];
  const result = new Float32Array(values.length);
  let sum = 0;
  for (let i = -reach; i < reach; i += 1) sum += at(i);
  for (let i = 0; i < values.length; i += 1) {
    sum += at(i + reach);
    result[i] = sum / (2 * reach + 1);
    sum -= at(i - reach);
  }
  return result;
}

export const fromDb = (db) => 10 ** (db / 20);

export function joinSamples(parts) {
  const joined = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
