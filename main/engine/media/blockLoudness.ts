import { runFfmpeg, type RunOptions } from './ffmpeg.ts';
import { mediaInput } from './inputs.ts';
import type { MediaTools } from './tools.ts';

/** Blocks of 400 ms by their loudness: tenths of LUFS as text, and how many blocks had it. */
export type LoudnessHistogram = Readonly<Record<string, number>>;

/** A block is 400 ms long and begins every 100 ms, so what lies before a piece reaches this far into it. */
const BLOCK_S = 0.4;
const HOP_S = 0.1;

/** The gates of ITU-R BS.1770-4: silence, and what is 10 LU below the mean of the rest. */
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = 10;

export interface PieceOrder {
  readonly path: string;
  readonly streamIndex: number;
  readonly fromS: number;
  readonly toS: number;
}

/** Measures the blocks that end within a piece of a recording. */
export async function measureBlocks(
  tools: MediaTools,
  { path, streamIndex, fromS, toS }: PieceOrder,
  run: Pick<RunOptions, 'signal' | 'cwd'>,
): Promise<LoudnessHistogram> {
  const startS = Math.max(0, fromS - (BLOCK_S - HOP_S));
  const { stderr } = await runFfmpeg(
    tools,
    {
      inputs: [mediaInput(path, { fromS: startS, durationS: toS - startS })],
      filterGraph: `[0:${streamIndex}]ebur128=framelog=info[sound]`,
      outputs: [{ target: '-', options: ['-map', '[sound]', '-f', 'null'] }],
    },
    { ...run, logLevel: 'info' },
  );
  return histogramOf(stderr, startS === fromS ? BLOCK_S : fromS - startS);
}

/** Reads one line for every 100 ms, leaving out the blocks that are not whole. */
export function histogramOf(log: string, skipS: number): LoudnessHistogram {
  const histogram: Record<string, number> = {};
  for (const [, atS, momentary] of log.matchAll(/ t:\s*([\d.]+)\s.*?\bM:\s*(-?[\d.]+)/g)) {
    if (Number(atS) < skipS - HOP_S / 2) continue;
    const loudness = Number(momentary);
    if (!(loudness > ABSOLUTE_GATE_LUFS)) continue;
    const key = loudness.toFixed(1);
    histogram[key] = (histogram[key] ?? 0) + 1;
  }
  return histogram;
}

/** Integrated loudness of blocks by ITU-R BS.1770-4 (two gates); null where nothing is loud enough to count. */
export function integratedLufs(pieces: readonly LoudnessHistogram[]): number | null {
  const blocks = new Map<number, number>();
  for (const piece of pieces)
    for (const [key, count] of Object.entries(piece)) {
      const loudness = Number(key);
      blocks.set(loudness, (blocks.get(loudness) ?? 0) + count);
    }
  const ungated = meanLufs([...blocks]);
  if (ungated === null) return null;
  return meanLufs([...blocks].filter(([loudness]) => loudness > ungated - RELATIVE_GATE_LU));
}

/** Loudness is the logarithm of energy: what is averaged is the energy. */
function meanLufs(blocks: readonly (readonly [number, number])[]): number | null {
  let energy = 0;
  let count = 0;
  for (const [loudness, times] of blocks) {
    energy += times * 10 ** ((loudness + 0.691) / 10);
    count += times;
  }
  return count === 0 ? null : -0.691 + 10 * Math.log10(energy / count);
}
