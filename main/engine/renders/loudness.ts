import type { Loudness } from '../../domain/preset.ts';
import { runFfmpeg } from '../media/ffmpeg.ts';
import { ownInput } from '../media/inputs.ts';
import type { MediaTools } from '../media/tools.ts';
import { firstGainDb, type GainPass, HIGHEST_GAIN_DB, nearestPass, nextGainDb } from './gain.ts';

/** What EBU R 128 says about a piece of sound. */
export interface Measurement {
  /** LUFS; -70 where nothing is loud enough, or long enough, to be measured. */
  readonly integratedLufs: number;
  readonly samplePeakDbfs: number;
  readonly truePeakDbtp: number | null;
}

/** Gain and limiter for one clip, and what they do to it. */
export interface LoudnessPlan {
  readonly gainDb: number;
  readonly limiterDbfs: number;
  /** The deepest that the limiter has to reach, in dB. */
  readonly limitingDb: number;
  /** True where the sound was too quiet to be raised to the target, or could not be measured at all. */
  readonly isOutOfReach: boolean;
}

/** ebur128's absolute gate: everything below it counts as silence. */
const GATE_LUFS = -70;
const SILENT_PEAK_DBFS = -120;
const LIMITER_ATTACK_S = 0.005;

export interface Measuring {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

/** Finds gain and limiter by trying: the limiter takes back loudness that a plain gain would give. */
export async function planLoudness(
  tools: MediaTools,
  wavPath: string,
  target: Loudness,
  run: Measuring,
): Promise<LoudnessPlan> {
  const before = await measureWav(tools, wavPath, [], run);
  const limiterDbfs = target.truePeakDbtp;
  if (before.integratedLufs <= GATE_LUFS) {
    return { gainDb: 0, limiterDbfs, limitingDb: 0, isOutOfReach: true };
  }
  const passes: GainPass[] = [];
  let gainDb: number | undefined = firstGainDb(before.integratedLufs, target.integratedLufs);
  while (gainDb !== undefined) {
    const { integratedLufs } = await measureWav(tools, wavPath, loudnessFilter({ gainDb, limiterDbfs }), run);
    passes.push({ gainDb, integratedLufs });
    gainDb = nextGainDb(passes, target.integratedLufs);
  }
  const best = nearestPass(passes, target.integratedLufs)?.gainDb ?? 0;
  return {
    gainDb: best,
    limiterDbfs,
    limitingDb: Math.max(0, before.samplePeakDbfs + best - limiterDbfs),
    isOutOfReach: best >= HIGHEST_GAIN_DB,
  };
}

/** The highest peak that is left as it is; decoders differ by a few hundredths of a decibel. */
const PEAK_MARGIN_DB = 0.05;
/** How far the encoder may shift the loudness before it is worth encoding again; the proof allows 0.5 LU. */
const ENCODER_SHIFT_LU = 0.4;

/**
 * A better plan after the encoded file was measured, or undefined when it is good as it is: the limiter as much lower
 * as the peak was too high and a little more, the gain moved by what the encoder took.
 */
export function corrected(
  plan: LoudnessPlan,
  encoded: Measurement,
  target: Loudness,
): LoudnessPlan | undefined {
  const excessDb = (encoded.truePeakDbtp ?? SILENT_PEAK_DBFS) - (target.truePeakLimitDbtp - PEAK_MARGIN_DB);
  const missingLu = plan.isOutOfReach ? 0 : target.integratedLufs - encoded.integratedLufs;
  const lowerByDb = excessDb > 0 ? excessDb + 0.15 : 0;
  const raiseByDb = Math.abs(missingLu) > ENCODER_SHIFT_LU ? missingLu : 0;
  if (lowerByDb === 0 && raiseByDb === 0) return undefined;
  return {
    ...plan,
    gainDb: plan.gainDb + raiseByDb,
    limiterDbfs: plan.limiterDbfs - lowerByDb,
    limitingDb: Math.max(0, plan.limitingDb + raiseByDb + lowerByDb),
  };
}

/**
 * Gain, then the limiter as the last thing before the encoder. The limiter looks 5 ms ahead and gives its sound out
 * so much later; the silence it starts with is cut away, and its own end is filled, so that sound stays in sync.
 */
export function loudnessFilter({
  gainDb,
  limiterDbfs,
}: Pick<LoudnessPlan, 'gainDb' | 'limiterDbfs'>): string[] {
  const limit = 10 ** (limiterDbfs / 20);
  return [
    `apad=pad_len=${LIMITER_ATTACK_S * 48_000}`,
    `volume=${gainDb.toFixed(3)}dB`,
    `alimiter=limit=${limit.toFixed(4)}:level=0:attack=${LIMITER_ATTACK_S * 1000}:release=50`,
    `atrim=start=${LIMITER_ATTACK_S}`,
    'asetpts=PTS-STARTPTS',
  ];
}

async function measureWav(
  tools: MediaTools,
  wavPath: string,
  filters: readonly string[],
  run: Measuring,
): Promise<Measurement> {
  const chain = [...filters, 'ebur128=peak=sample:framelog=verbose'].join(',');
  const { stderr } = await runFfmpeg(
    tools,
    {
      inputs: [ownInput(wavPath, 'wav')],
      filterGraph: `[0:a]${chain}[a]`,
      outputs: [{ target: '-', options: ['-map', '[a]', '-f', 'null'] }],
    },
    { ...run, logLevel: 'info' },
  );
  return readMeasurement(stderr);
}

/** Reads the summary that ebur128 prints when it ends. */
export function readMeasurement(log: string): Measurement {
  const summary = log.slice(log.lastIndexOf('Summary:'));
  return {
    integratedLufs: Math.max(GATE_LUFS, numberAfter(/\bI:\s+(\S+) LUFS/, summary) ?? GATE_LUFS),
    samplePeakDbfs: peakAfter('Sample peak', summary) ?? SILENT_PEAK_DBFS,
    truePeakDbtp: peakAfter('True peak', summary),
  };
}

const peakAfter = (heading: string, summary: string): number | null =>
  numberAfter(new RegExp(`${heading}:\\s+Peak:\\s+(\\S+) dBFS`), summary);

/** Digital silence is printed as -inf, and too short a sound as nan; both mean the same here. */
function numberAfter(pattern: RegExp, text: string): number | null {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) return null;
  if (found.includes('inf') || found.includes('nan')) return SILENT_PEAK_DBFS;
  return Number(found);
}
