import type { Bleeps } from '../../domain/bleeps.ts';
import { lengthS, type TimeRange } from '../../domain/time.ts';
import { BEEP_HZ, rootMeanSquare } from './maskSound.ts';
import { SAMPLE_RATE_HZ, type SoundFile, withSoundFile } from './soundFile.ts';

/** What has to be listened to sample by sample: where ranges are joined, and what nobody shall hear. */
export interface CloseListening {
  readonly joinsS: readonly number[];
  readonly masked: readonly TimeRange[];
  readonly mode: Bleeps['mode'];
}

/** What was heard there. */
export interface CloselyHeard {
  /** The largest step from one sample to the next at each join; a click is a large one. */
  readonly joinStepsDbfs: readonly number[];
  /** What is left of each masked word: the level of all that is not the tone. */
  readonly leftoverDbfs: readonly number[];
}

const AROUND_JOIN_S = 0.0005;
/** Codecs smear sound over about a frame; what is heard of a neighbouring word there is not the masked one. */
const EDGE_S = 0.025;
const SILENCE_DBFS = -120;

export const needsCloseListening = ({ joinsS, masked }: CloseListening): boolean =>
  joinsS.length + masked.length > 0;

/** Listens to the decoded file: a 48 kHz float WAV of ours. */
export const listenClosely = (
  wavPath: string,
  channels: 1 | 2,
  { joinsS, masked, mode }: CloseListening,
): Promise<CloselyHeard> =>
  withSoundFile(wavPath, channels, async (sound) => {
    const joinStepsDbfs: number[] = [];
    for (const joinS of joinsS) joinStepsDbfs.push(await largestStepDbfs(sound, channels, joinS));
    const leftoverDbfs: number[] = [];
    for (const stretch of masked) leftoverDbfs.push(await leftover(sound, channels, stretch, mode));
    return { joinStepsDbfs, leftoverDbfs };
  });

async function largestStepDbfs(sound: SoundFile, channels: 1 | 2, joinS: number): Promise<number> {
  const samples = await sound.read(joinS - AROUND_JOIN_S, joinS + AROUND_JOIN_S);
  let largest = 0;
  for (let i = channels; i < samples.length; i += 1) {
    largest = Math.max(largest, Math.abs((samples[i] ?? 0) - (samples[i - channels] ?? 0)));
  }
  return toDbfs(largest);
}

async function leftover(
  sound: SoundFile,
  channels: 1 | 2,
  stretch: TimeRange,
  mode: Bleeps['mode'],
): Promise<number> {
  const edgeS = Math.min(EDGE_S, lengthS(stretch) / 4);
  const samples = await sound.read(stretch.fromS + edgeS, stretch.toS - edgeS);
  const first = samples.filter((_, index) => index % channels === 0);
  return toDbfs(rootMeanSquare(mode === 'beep' ? withoutTone(first) : first));
}

/** Takes the tone out by fitting a sine of its frequency to the samples (least squares over whole periods). */
function withoutTone(samples: Float32Array): Float32Array {
  const periodSamples = SAMPLE_RATE_HZ / BEEP_HZ;
  const count = samples.length - (samples.length % periodSamples);
  const whole = samples.subarray(0, count);
  const phase = (index: number): number => (2 * Math.PI * BEEP_HZ * index) / SAMPLE_RATE_HZ;
  const along = (wave: (angle: number) => number): number =>
    (2 / Math.max(1, count)) * whole.reduce((sum, sample, index) => sum + sample * wave(phase(index)), 0);
  const [sine, cosine] = [along(Math.sin), along(Math.cos)];
  return whole.map((sample, i) => sample - sine * Math.sin(phase(i)) - cosine * Math.cos(phase(i)));
}

const toDbfs = (level: number): number => (level <= 1e-6 ? SILENCE_DBFS : 20 * Math.log10(level));
