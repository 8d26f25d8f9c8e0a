import { rename, rm } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';
import { runFfmpeg } from './ffmpeg.ts';
import { fileUrl, mediaInput } from './inputs.ts';
import type { MediaTools } from './tools.ts';

export interface MixOptions {
  readonly cwd: string;
  /** Length of the longest file; the mix is exactly as long. */
  readonly durationS: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** amix takes more, but a conversation does not. */
const MOST_MICROPHONES = 32;

/**
 * Mixes the microphones of one conversation into a mono 48 kHz 24-bit FLAC, every voice at the level it was recorded at.
 * Where voices add up beyond -1 dBFS a limiter holds them; nothing clips, because the sum is made in floating point.
 * The file appears under its name only when it is complete. Throws BAD_INPUT for fewer than 2 or more than 32 files,
 * the errors of runFfmpeg, or the signal's reason.
 */
export async function mixMicrophones(
  tools: MediaTools,
  paths: readonly string[],
  outPath: string,
  options: MixOptions,
): Promise<void> {
  if (paths.length < 2 || paths.length > MOST_MICROPHONES) {
    throw new AppError('BAD_INPUT', `A mix is made of 2 to ${MOST_MICROPHONES} files, not ${paths.length}.`);
  }
  const partial = `${outPath}.partial`;
  await rm(partial, { force: true });
  try {
    await runFfmpeg(
      tools,
      {
        inputs: paths.map((path) => mediaInput(path)),
        filterGraph: mixGraph(paths.length),
        outputs: [
          {
            target: fileUrl(partial),
            options: [
              ...['-map', '[mix]', '-map_metadata', '-1', '-t', options.durationS.toFixed(6)],
              ...['-c:a', 'flac', '-sample_fmt', 's32', '-bits_per_raw_sample', '24', '-f', 'flac'],
            ],
          },
        ],
      },
      {
        cwd: options.cwd,
        signal: options.signal,
        expectedS: options.durationS,
        onProgress: options.onProgress,
      },
    );
    await rename(partial, outPath);
  } finally {
    await rm(partial, { force: true });
  }
}

/**
 * amix divides by the number of voices, which volume makes good; builds before 2021 cannot be told not to. They also
 * turn the others up when a voice ends, so every voice is padded without end and the output is cut to length.
 * rematrix_maxval keeps a voice recorded on both channels at its level: the fold-down would add 3 dB.
 */
export function mixGraph(voices: number): string {
  const indexes = Array.from({ length: voices }, (_, i) => i);
  const prepared = indexes.map(
    (i) =>
      `[${i}:a:0]aresample=48000:async=1:first_pts=0:rematrix_maxval=1,` +
      `aformat=sample_fmts=fltp:channel_layouts=mono,apad[v${i}]`,
  );
  const all = indexes.map((i) => `[v${i}]`).join('');
  const sum = `amix=inputs=${voices}:duration=longest,volume=${voices}:precision=float`;
  return [...prepared, `${all}${sum},alimiter=limit=0.891:level=0:attack=5:release=50[mix]`].join(';');
}
