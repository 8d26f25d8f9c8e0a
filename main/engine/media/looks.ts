import type { MediaFacts } from '../../domain/episode.ts';
import { AppError } from '../../domain/errors.ts';
import { type FfmpegInput, runFfmpeg } from './ffmpeg.ts';
import { mediaInput } from './inputs.ts';
import type { MediaTools } from './tools.ts';

const WIDTH = 32;
const HEIGHT = 18;
/** Long enough to hold a picture at any frame rate. */
const MOMENT_S = 0.2;

/** Shrinks pictures to 32x18 gray pixels: enough to tell shots apart. */
export const LOOK_FILTERS = `scale=${WIDTH}:${HEIGHT}:flags=fast_bilinear,format=gray`;

interface LooksOrder {
  readonly inputs: readonly FfmpegInput[];
  /** Ends in [looks], which LOOK_FILTERS went into. */
  readonly filterGraph: string;
}

/** The looks of pictures in their order, one for each frame that the graph gives. */
export async function readLooks(
  tools: MediaTools,
  { inputs, filterGraph }: LooksOrder,
  run: { readonly cwd: string; readonly signal?: AbortSignal | undefined },
): Promise<Uint8Array[]> {
  const output = { target: 'pipe:1', options: ['-map', '[looks]', '-f', 'rawvideo'] };
  const { stdout } = await runFfmpeg(tools, { inputs, filterGraph, outputs: [output] }, run);
  const size = WIDTH * HEIGHT;
  const count = Math.floor(stdout.length / size);
  return Array.from({ length: count }, (_, at) => stdout.subarray(at * size, (at + 1) * size));
}

/** What the camera shows at a moment, as crop boxes keep it. Throws BAD_INPUT where there is no picture then. */
export async function lookAt(
  tools: MediaTools,
  { path, facts: { video } }: { readonly path: string; readonly facts: Pick<MediaFacts, 'video'> },
  atS: number,
  run: { readonly cwd: string; readonly signal?: AbortSignal | undefined },
): Promise<string> {
  if (video === null) throw new AppError('BAD_INPUT', `${path} has no picture`);
  const inputs = [mediaInput(path, { fromS: atS, durationS: MOMENT_S })];
  const filterGraph = `[0:${video.index}]fps=30:start_time=0,${LOOK_FILTERS}[looks]`;
  const [first] = await readLooks(tools, { inputs, filterGraph }, run);
  if (first === undefined) throw new AppError('BAD_INPUT', `there is no picture at ${atS.toFixed(1)} s`);
  return Buffer.from(first).toString('base64');
}
