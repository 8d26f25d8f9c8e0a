import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { AppError } from '../../domain/errors.ts';
import { VIDEO_ENCODERS, type VideoEncoder } from '../../domain/videoEncoder.ts';
import { runFfmpeg } from '../media/ffmpeg.ts';
import { fileUrl, ownInput } from '../media/inputs.ts';
import type { MediaTools } from '../media/tools.ts';
import { inspect } from './inspect.ts';
import type { Measuring } from './loudness.ts';
import { encoderOptions } from './videoEncoders.ts';

/** What an encoder made of the test picture. */
export interface Trial {
  readonly tookMs: number;
  readonly sizeBytes: number;
  /** Likeness to the picture that went in, 1 for the same. */
  readonly ssim: number;
  /** Undefined where the file is what every platform takes. */
  readonly fault: string | undefined;
}

/** The encoder to use, and for each other one that this ffmpeg knows a sentence that says why not. */
export interface EncoderChoice {
  readonly encoder: VideoEncoder;
  readonly reasons: readonly string[];
}

const FRAMES = 60;
const PICTURE = `testsrc2=s=1080x1920:r=30,noise=alls=6:allf=t:all_seed=1,format=yuv420p,trim=end_frame=${FRAMES}`;
const WALL_LIMIT_MS = 20_000;
/** Less likeness than this is seen; a larger file than this is not worth the time saved. */
const LOST_SSIM = 0.01;
const LARGEST_SHARE = 1.5;
const SLOWEST_SHARE = 0.8;

/** Why an encoder is not used in place of x264; undefined where it has proved itself. */
export function whyNot(trial: Trial, x264: Trial): string | undefined {
  if (trial.fault !== undefined) return trial.fault;
  if (trial.ssim < x264.ssim - LOST_SSIM) return `its picture is worse (SSIM ${trial.ssim.toFixed(4)})`;
  if (trial.sizeBytes > x264.sizeBytes * LARGEST_SHARE) return 'its files are too large';
  return trial.tookMs > x264.tookMs * SLOWEST_SHARE ? 'it is hardly faster' : undefined;
}

/**
 * Tries the hardware encoders that this ffmpeg was built with on a picture of two seconds: the first that makes a file
 * that platforms take, as like, about as small and clearly faster than x264, is used. An encoder that is there in name
 * only, as most are, is turned down by its error.
 */
export async function chooseEncoder(tools: MediaTools, run: Measuring): Promise<EncoderChoice> {
  const { stdout } = await execa(tools.ffmpeg, ['-hide_banner', '-encoders'], {
    stdin: 'ignore',
    timeout: WALL_LIMIT_MS,
  });
  const known = new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/u)[1]));
  const candidates = VIDEO_ENCODERS.filter((encoder) => encoder !== 'libx264' && known.has(encoder));
  const reasons: string[] = [];
  // Most are turned down by their error at once; x264 is only timed where one of them works.
  let x264: Trial | undefined;
  for (const encoder of candidates) {
    const trial = await tryEncoder(tools, encoder, run).catch((error: unknown) => {
      run.signal?.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      return undefined;
    });
    if (trial !== undefined) x264 ??= await tryEncoder(tools, 'libx264', run);
    const reason =
      trial === undefined || x264 === undefined ? 'it does not work on this machine' : whyNot(trial, x264);
    if (reason === undefined) return { encoder, reasons };
    reasons.push(`${encoder}: ${reason}`);
  }
  return { encoder: 'libx264', reasons };
}

async function tryEncoder(tools: MediaTools, encoder: VideoEncoder, run: Measuring): Promise<Trial> {
  const path = join(run.cwd, `trial-${encoder}.mp4`);
  try {
    const startedMs = performance.now();
    await runFfmpeg(
      tools,
      {
        inputs: [],
        filterGraph: `${PICTURE}[picture]`,
        outputs: [
          { target: fileUrl(path), options: ['-map', '[picture]', ...encoderOptions(encoder), '-f', 'mp4'] },
        ],
      },
      run,
    );
    const tookMs = performance.now() - startedMs;
    const { size: sizeBytes } = await stat(path);
    return {
      tookMs,
      sizeBytes,
      ssim: await likeness(tools, path, run),
      fault: await faultOf(tools, path, run),
    };
  } finally {
    await rm(path, { force: true });
  }
}

async function faultOf(tools: MediaTools, path: string, run: Measuring): Promise<string | undefined> {
  const { video, frameTimesS } = await inspect(tools, path, 'mp4', run);
  if (video?.profile !== 'High' || video.pix_fmt !== 'yuv420p')
    return 'its files are not what platforms take';
  return frameTimesS.length === FRAMES ? undefined : 'it loses pictures';
}

async function likeness(tools: MediaTools, path: string, run: Measuring): Promise<number> {
  const { stderr } = await runFfmpeg(
    tools,
    {
      inputs: [ownInput(path, 'mp4')],
      filterGraph: `${PICTURE}[picture];[0:v][picture]ssim[compared]`,
      outputs: [{ target: '-', options: ['-map', '[compared]', '-f', 'null'] }],
    },
    { ...run, logLevel: 'info' },
  );
  return Number(/All:([\d.]+)/u.exec(stderr)?.[1] ?? 0);
}
