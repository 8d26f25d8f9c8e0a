import type { TimeRange } from '../../domain/time.ts';
import { SAMPLE_RATE_HZ, type SoundFile } from './soundFile.ts';

const SILENT_DBFS = -50;
const WINDOW_S = 0.01;
/** Long enough to tell a word from a click. */
const WORD_WINDOW_S = 0.03;
const PIECE_S = 5;
const NOTHING_DBFS = -120;

/** How long nothing is heard before the first sound of a file, and after its last. */
export async function edgeSilences(
  sound: SoundFile,
  channels: 1 | 2,
  durationS: number,
): Promise<{ readonly beforeS: number; readonly afterS: number }> {
  let [first, last]: [number | undefined, number] = [undefined, 0];
  for (let fromS = 0; fromS < durationS; fromS += PIECE_S) {
    const levels = levelsOf(
      await sound.read(fromS, Math.min(durationS, fromS + PIECE_S)),
      channels,
      WINDOW_S,
    );
    const heard = (level: number): boolean => level > SILENT_DBFS;
    const [begins, ends] = [levels.findIndex(heard), levels.findLastIndex(heard)];
    if (begins < 0) continue;
    first ??= fromS + begins * WINDOW_S;
    last = fromS + (ends + 1) * WINDOW_S;
  }
  return {
    beforeS: first ?? durationS,
    afterS: first === undefined ? durationS : Math.max(0, durationS - last),
  };
}

/** The level of the loudest moment of a stretch. */
export async function loudestDbfs(
  sound: SoundFile,
  channels: 1 | 2,
  { fromS, toS }: TimeRange,
): Promise<number> {
  const levels = levelsOf(await sound.read(Math.max(0, fromS), toS), channels, WORD_WINDOW_S);
  return Math.max(NOTHING_DBFS, ...levels);
}

function levelsOf(samples: Float32Array, channels: 1 | 2, windowS: number): number[] {
  const length = Math.round(windowS * SAMPLE_RATE_HZ) * channels;
  const count = Math.max(1, Math.floor(samples.length / length));
  return Array.from({ length: count }, (_, index) => {
    const window = samples.subarray(index * length, (index + 1) * length);
    const power = window.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, window.length);
    return power <= 1e-12 ? NOTHING_DBFS : 10 * Math.log10(power);
  });
}
