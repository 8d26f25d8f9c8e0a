import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AudioStream } from '../../domain/episode.ts';
import { firstChannelFilter, SPEECH_RATE_HZ, speechFilter } from './downmix.ts';
import { fileUrl, mediaInput } from './inputs.ts';
import { runFfmpeg } from './ffmpeg.ts';
import { measureLevels } from './levels.ts';
import type { MediaTools } from './tools.ts';

export { readLevels } from './levels.ts';

export interface AnalysisRequest {
  /** The recording, untouched. */
  readonly path: string;
  readonly audio: AudioStream;
  /** Measured length, for progress. */
  readonly durationS: number;
  /** A private folder that exists. */
  readonly outDir: string;
}

export interface AnalysisOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Files that listening to an episode is done from. */
export interface Analysis {
  /** 16 kHz mono 16-bit WAV on the episode's clock. */
  readonly wavPath: string;
  /** Levels of 10 ms blocks; read them with readLevels. */
  readonly levelsPath: string;
  /** Length of the sound as decoded, in seconds. */
  readonly durationS: number;
}

/** No block this loud: nothing that anybody said. */
const SILENT_DBFS = -65;
const DECODING_SHARE = 0.9;
/** One damaged timestamp hours ahead must not fill the disk with the silence before it. */
const longestS = (durationS: number): number => 2 * durationS + 60;

/**
 * Decodes an episode's sound once into speech.wav and measures levels.f32 from that file.
 * Takes 115 MB of disk and 1.4 MB of levels an hour; memory is flat in length, but a day of sound takes 2.8 GB, so the
 * caller checks the disk first. Both files appear under their names only when they are complete.
 * Throws the errors of runFfmpeg, or the signal's reason.
 */
export async function analyse(
  tools: MediaTools,
  request: AnalysisRequest,
  options: AnalysisOptions = {},
): Promise<Analysis> {
  const { audio, outDir } = request;
  const wavPath = join(outDir, 'speech.wav');
  const levelsPath = join(outDir, 'levels.f32');
  await decodeSpeech(tools, request, speechFilter(audio), wavPath, options);
  let measured = await measureLevels(wavPath, levelsPath, options.signal);
  if (audio.channels === 2 && measured.loudestDbfs < SILENT_DBFS) {
    await decodeSpeech(tools, request, firstChannelFilter(), wavPath, options);
    measured = await measureLevels(wavPath, levelsPath, options.signal);
  }
  options.onProgress?.(1);
  return { wavPath, levelsPath, durationS: measured.durationS };
}

async function decodeSpeech(
  tools: MediaTools,
  { path, audio, durationS, outDir }: AnalysisRequest,
  filter: string,
  wavPath: string,
  { signal, onProgress }: AnalysisOptions,
): Promise<void> {
  const partial = `${wavPath}.partial`;
  await rm(partial, { force: true });
  try {
    await runFfmpeg(
      tools,
      {
        inputs: [mediaInput(path)],
        outputs: [
          {
            target: fileUrl(partial),
            options: [
              ...['-map', `0:${audio.index}`, '-map_metadata', '-1', '-sn', '-dn', '-vn'],
              ...['-af', filter, '-ac', '1', '-ar', String(SPEECH_RATE_HZ), '-c:a', 'pcm_s16le'],
              ...['-t', longestS(durationS).toFixed(3)],
              ...['-fflags', '+bitexact', '-f', 'wav'],
            ],
          },
        ],
      },
      {
        cwd: outDir,
        signal,
        expectedS: durationS,
        onProgress: (fraction) => onProgress?.(fraction * DECODING_SHARE),
      },
    );
    await rename(partial, wavPath);
  } finally {
    await rm(partial, { force: true });
  }
}
