/** Turns one sentence into sound: espeak-ng speaks, ffmpeg resamples, and the silence at both ends is cut away. */

import { run } from './run.mjs';

const EDGE_WINDOW_S = 0.004;
const EDGE_BELOW_PEAK_DB = 42;
const EDGE_MARGIN_S = 0.012;

/** Samples of one spoken sentence, beginning and ending where the voice does. */
export async function speak(text, voice, sampleRateHz) {
  const wav = await run('espeak-ng', [
    ...['-v', voice.espeakVoice, '-p', String(voice.pitch), '-s', String(voice.wordsPerMinute)],
    ...['--stdout', text],
  ]);
  const pcm = await run(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-i', 'pipe:0'],
      // A rumble filter, and a little less of the buzz around 3.4 kHz that makes a formant voice tiring.
      ...['-af', 'highpass=f=70,equalizer=f=3400:t=q:w=1:g=-2.5'],
      ...['-ar', String(sampleRateHz), '-ac', '1', '-f', 'f32le', 'pipe:1'],
    ],
    wav.stdout,
  );
  return softenEdges(trimSilence(toFloats(pcm.stdout), sampleRateHz), sampleRateHz);
}

export function toFloats(buffer) {
  return new Float32Array(buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength));
}

function trimSilence(samples, sampleRateHz) {
  const window = Math.round(EDGE_WINDOW_S * sampleRateHz);
  const margin = Math.round(EDGE_MARGIN_S * sampleRateHz);
  const levels = windowLevels(samples, window);
  const threshold = levels.reduce((a, b) => Math.max(a, b), 0) * 10 ** (-EDGE_BELOW_PEAK_DB / 20);
  const first = levels.findIndex((level) => level >= threshold);
  const last = levels.findLastIndex((level) => level >= threshold);
  return samples.slice(
    Math.max(0, first * window - margin),
    Math.min(samples.length, (last + 1) * window + margin),
  );
}

/** Root mean square of each whole window. */
function windowLevels(samples, window) {
  return Array.from({ length: Math.floor(samples.length / window) }, (_, index) => {
    let energy = 0;
    for (let i = index * window; i < (index + 1) * window; i += 1) energy += samples[i] ** 2;
    return Math.sqrt(energy / window);
  });
}

/** The margin on each side rises from and falls to nothing, so that a cut in the middle of noise cannot click. */
function softenEdges(samples, sampleRateHz) {
  const length = Math.round((EDGE_MARGIN_S / 2) * sampleRateHz);
  const softened = samples.slice();
  for (let i = 0; i < length; i += 1) {
    softened[i] *= i / length;
    softened[samples.length - 1 - i] *= i / length;
  }
  return softened;
}
