import type { Bleeps } from '../../domain/bleeps.ts';
import { lengthS, type TimeRange } from '../../domain/time.ts';
import { BEEP_HZ, rootMeanSquare } from './maskSound.ts';
import { MUSIC_RATE_HZ, musicSeconds } from './music.ts';
import { edgeSilences, loudestDbfs } from './proofEnds.ts';
import { delayS } from './proofSync.ts';
import { SAMPLE_RATE_HZ, type SoundFile, withSoundFile } from './soundFile.ts';

/** What is listened to sample by sample. */
export interface CloseListening {
  /** The prepared sound, which the file was made of. */
  readonly preparedPath: string;
  readonly durationS: number;
  readonly joinsS: readonly number[];
  readonly masked: readonly TimeRange[];
  readonly mode: Bleeps['mode'];
  /** Where the first and the last word are said; undefined where nobody knows. */
  readonly firstWord?: TimeRange | undefined;
  readonly lastWord?: TimeRange | undefined;
}

/** What was heard there. */
export interface CloselyHeard {
  /** The largest step from one sample to the next at each join; a click is a large one. */
  readonly joinStepsDbfs: readonly number[];
  /** What is left of each masked word: the level of all that is not the tone. */
  readonly leftoverDbfs: readonly number[];
  readonly silence: { readonly beforeS: number; readonly afterS: number };
  /** The loudest moment of the word. */
  readonly firstWordDbfs: number | undefined;
  readonly lastWordDbfs: number | undefined;
  /** How much later the sound is than the one it was made of; null where there is nothing to compare. */
  readonly delayS: number | null;
  readonly musicS: number;
}

const AROUND_JOIN_S = 0.0005;
/** Codecs smear sound over about a frame; what is heard of a neighbouring word there is not the masked one. */
const EDGE_S = 0.025;
const SILENCE_DBFS = -120;

/** Listens to the decoded file: a 48 kHz float WAV of ours. */
export const listenClosely = (
  wavPath: string,
  channels: 1 | 2,
  { preparedPath, durationS, joinsS, masked, mode, firstWord, lastWord }: CloseListening,
): Promise<CloselyHeard> =>
  withSoundFile(wavPath, channels, async (sound) => {
    const joinStepsDbfs: number[] = [];
    for (const joinS of joinsS) joinStepsDbfs.push(await largestStepDbfs(sound, channels, joinS));
    const leftoverDbfs: number[] = [];
    for (const stretch of masked) leftoverDbfs.push(await leftover(sound, channels, stretch, mode));
    const level = async (word: TimeRange | undefined): Promise<number | undefined> =>
      word && loudestDbfs(sound, channels, word);
    const made = await monoOf(sound, channels, durationS);
    const prepared = await withSoundFile(preparedPath, channels, (file) => monoOf(file, channels, durationS));
    return {
      joinStepsDbfs,
      leftoverDbfs,
      silence: await edgeSilences(sound, channels, durationS),
      firstWordDbfs: await level(firstWord),
      lastWordDbfs: await level(lastWord),
      delayS: delayS(prepared, made),
      musicS: musicSeconds(made),
    };
  });

const PIECE_S = 5;
const STEP = SAMPLE_RATE_HZ / MUSIC_RATE_HZ;

/** All of a file as mono at 12 kHz, read in pieces. */
async function monoOf(sound: SoundFile, channels: 1 | 2, durationS: number): Promise<Float32Array> {
  const mono = new Float32Array(Math.floor(durationS * MUSIC_RATE_HZ));
  const share = 1 / (STEP * channels);
  for (let fromS = 0; fromS < durationS; fromS += PIECE_S) {
    const samples = await sound.read(fromS, Math.min(durationS, fromS + PIECE_S));
    const first = fromS * MUSIC_RATE_HZ;
    for (let at = 0; at < samples.length; at += 1) {
      const index = first + Math.floor(at / (STEP * channels));
      if (index < mono.length) mono[index] = (mono[index] ?? 0) + (samples[at] ?? 0) * share;
    }
  }
  return mono;
}

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
