import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Proof } from '../../domain/exportedFile.ts';
import { runFfmpeg } from '../media/ffmpeg.ts';
import { fileUrl, ownInput } from '../media/inputs.ts';
import type { MediaTools } from '../media/tools.ts';
import { formatOf, inspect } from './inspect.ts';
import { type Measuring, readMeasurement } from './loudness.ts';
import type { Expectation, Measured } from './expectation.ts';
import { proofChecks } from './proofChecks.ts';
import { type CloselyHeard, listenClosely } from './proofSound.ts';

/** Decodes the finished file and checks everything that was promised about it. */
export async function prove(
  tools: MediaTools,
  path: string,
  expectation: Expectation,
  run: Measuring,
): Promise<{ proof: Proof; measured: Measured }> {
  const format = formatOf(expectation.preset);
  const [file, decoded] = await Promise.all([
    inspect(tools, path, format, run),
    decodeAndMeasure(tools, path, expectation, run),
  ]);
  const measured: Measured = {
    file,
    sound: readMeasurement(decoded),
    blackShare: shareOf(decoded, /black_start:(\S+) black_end:(\S+)/g, file.durationS),
    frozenShare: frozenShare(decoded, file.durationS),
    close: await listenTo(expectation, run.cwd),
  };
  const checks = proofChecks(expectation, measured);
  return { proof: { passed: checks.every((check) => check.passed), checks }, measured };
}

/** The pictures are judged at a sixteenth of their size: black and frozen look the same there. */
const PICTURE_WATCH = [
  'scale=iw/8:ih/8:flags=fast_bilinear',
  'blackdetect=d=0.1:pic_th=0.995:pix_th=0.02',
  'freezedetect=n=0.0005:d=0.5',
].join(',');

const SOUND_COPY = 'proof.wav';

async function listenTo({ close, channels }: Expectation, cwd: string): Promise<CloselyHeard> {
  const path = join(cwd, SOUND_COPY);
  try {
    return await listenClosely(path, channels, close);
  } finally {
    await rm(path, { force: true });
  }
}

async function decodeAndMeasure(
  tools: MediaTools,
  path: string,
  { preset }: Expectation,
  run: Measuring,
): Promise<string> {
  const measured = 'ebur128=peak=sample+true:framelog=verbose[sound]';
  const sound = `[0:a]asplit[m][copy];[m]${measured}`;
  const copy = {
    target: fileUrl(join(run.cwd, SOUND_COPY)),
    options: ['-map', '[copy]', '-c:a', 'pcm_f32le', '-f', 'wav'],
  };
  const toNowhere = (label: string) => ({ target: '-', options: ['-map', label, '-f', 'null'] });
  const { stderr } = await runFfmpeg(
    tools,
    {
      inputs: [ownInput(path, formatOf(preset))],
      ...(preset.kind === 'video'
        ? {
            filterGraph: `${sound};[0:v]${PICTURE_WATCH}[watched]`,
            outputs: [toNowhere('[sound]'), toNowhere('[watched]'), copy],
          }
        : { filterGraph: sound, outputs: [toNowhere('[sound]'), copy] }),
    },
    { ...run, logLevel: 'info' },
  );
  return stderr;
}

function shareOf(log: string, spans: RegExp, durationS: number): number {
  let sumS = 0;
  for (const [, fromS, toS] of log.matchAll(spans)) sumS += Number(toS) - Number(fromS);
  return durationS > 0 ? sumS / durationS : 0;
}

/** A freeze that lasts until the end is announced but never ended. */
function frozenShare(log: string, durationS: number): number {
  const starts = [...log.matchAll(/freeze_start: (\S+)/g)].map((match) => Number(match[1]));
  const ends = [...log.matchAll(/freeze_end: (\S+)/g)].map((match) => Number(match[1]));
  const sumS = starts.reduce((sum, startS, index) => sum + (ends[index] ?? durationS) - startS, 0);
  return durationS > 0 ? sumS / durationS : 0;
}
