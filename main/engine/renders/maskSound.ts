import type { Bleeps } from '../../domain/bleeps.ts';
import type { TimeRange } from '../../domain/time.ts';
import { SAMPLE_RATE_HZ, withSoundFile } from './soundFile.ts';

/** The tone of broadcasting. */
export const BEEP_HZ = 1000;
/** A tone as strong as the speech around it sounds louder than speech; this much less does not startle. */
const BEEP_SHARE = 0.7;
/** Ramps at both ends, outside the stretch, so that neither speech nor tone clicks. */
const RAMP_S = 0.005;
/** Around the stretch, for the level that the tone takes. */
const AROUND_S = 1;

/** Silences stretches of a 48 kHz float WAV, or puts a tone in their place as loud as what is said around them. */
export async function maskSound(
  wavPath: string,
  channels: 1 | 2,
  stretches: readonly TimeRange[],
  mode: Bleeps['mode'],
): Promise<void> {
  if (stretches.length === 0) return;
  await withSoundFile(wavPath, channels, async (sound) => {
    for (const { fromS, toS } of stretches) {
      const around = await sound.read(fromS - AROUND_S, toS + AROUND_S);
      const peak = mode === 'beep' ? Math.SQRT2 * rootMeanSquare(around) * BEEP_SHARE : 0;
      const startS = Math.max(0, fromS - RAMP_S);
      const samples = await sound.read(startS, toS + RAMP_S);
      await sound.write(startS, maskedSamples(samples, channels, peak));
    }
  });
}

function maskedSamples(samples: Float32Array, channels: 1 | 2, peak: number): Float32Array {
  const frames = samples.length / channels;
  const rampFrames = RAMP_S * SAMPLE_RATE_HZ;
  return samples.map((sample, index) => {
    const frame = Math.floor(index / channels);
    // 1 inside the stretch, falling to 0 over the ramps.
    const share = Math.min(1, frame / rampFrames, (frames - 1 - frame) / rampFrames);
    const tone = peak * Math.sin((2 * Math.PI * BEEP_HZ * frame) / SAMPLE_RATE_HZ);
    return (1 - share) * sample + share * tone;
  });
}

export function rootMeanSquare(samples: Float32Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
