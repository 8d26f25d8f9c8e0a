import type { MediaFacts } from '../../domain/episode.ts';
import { AppError } from '../../domain/errors.ts';
import { lengthS, type TimeRange } from '../../domain/time.ts';
import { runFfmpeg } from './ffmpeg.ts';
import { mediaInput } from './inputs.ts';
import type { MediaTools } from './tools.ts';

const WIDTH = 32;
const HEIGHT = 18;
const RATE = 30;

/** Pictures of a range at 32x18 gray pixels, 30 a second from its start: enough to tell shots apart. */
export interface Looks {
  readonly perS: typeof RATE;
  readonly pictures: readonly Uint8Array[];
}

/** Decodes a range's picture once and shrinks it, at the very times at which a render shows it. */
export async function readLooks(
  tools: MediaTools,
  source: { readonly path: string; readonly facts: Pick<MediaFacts, 'video'> },
  range: TimeRange,
  run: { readonly cwd: string; readonly signal?: AbortSignal | undefined },
): Promise<Looks> {
  const { video } = source.facts;
  if (video === null) return { perS: RATE, pictures: [] };
  const { stdout } = await runFfmpeg(
    tools,
    {
      inputs: [mediaInput(source.path, { fromS: range.fromS, durationS: lengthS(range) })],
      filterGraph: `[0:${video.index}]fps=${RATE}:start_time=0,scale=${WIDTH}:${HEIGHT}:flags=fast_bilinear,format=gray[looks]`,
      outputs: [{ target: 'pipe:1', options: ['-map', '[looks]', '-f', 'rawvideo'] }],
    },
    run,
  );
  const size = WIDTH * HEIGHT;
  const count = Math.floor(stdout.length / size);
  const pictures = Array.from({ length: count }, (_, at) => stdout.subarray(at * size, (at + 1) * size));
  return { perS: RATE, pictures };
}

/** What the camera shows at a moment, as crop boxes keep it. Throws BAD_INPUT where there is no picture then. */
export async function lookAt(
  tools: MediaTools,
  source: Parameters<typeof readLooks>[1],
  atS: number,
  run: Parameters<typeof readLooks>[3],
): Promise<string> {
  const { pictures } = await readLooks(tools, source, { fromS: atS, toS: atS + 0.2 }, run);
  const [first] = pictures;
  if (first === undefined) throw new AppError('BAD_INPUT', `there is no picture at ${atS.toFixed(1)} s`);
  return Buffer.from(first).toString('base64');
}
