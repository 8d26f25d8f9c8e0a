import { z } from 'zod';
import { childEnvironment } from '../media/ffmpeg.ts';
import { fileUrl, INPUT_GUARDS } from '../media/inputs.ts';
import { startProgram } from '../media/program.ts';
import type { MediaTools } from '../media/tools.ts';
import type { Measuring } from './loudness.ts';
import type { RenderSource } from './order.ts';

const WALL_LIMIT_MS = 20_000;
const HD_HEIGHT = 720;

/** What a layout has to know of a source's picture. */
export interface SourcePicture {
  /** Width over height as it is shown: turned upright, and with the shape of its pixels. */
  readonly aspect: number;
  /** Options of the scale filter that bring its colours to HD's, each with a colon before it; mostly none. */
  readonly colourOptions: string;
}

const Report = z.object({
  streams: z.array(
    z.object({
      sample_aspect_ratio: z.string().optional(),
      color_space: z.string().optional(),
      color_range: z.string().optional(),
    }),
  ),
});
type Stored = z.infer<typeof Report>['streams'][number];

/** Asks ffprobe how the picture of a source is stored. */
export async function describePicture(
  tools: MediaTools,
  { path, facts: { video } }: RenderSource,
  { cwd, signal }: Measuring,
): Promise<SourcePicture> {
  if (video === null) return { aspect: 1, colourOptions: '' };
  const wanted = 'stream=sample_aspect_ratio,color_space,color_range';
  const { stdout } = await startProgram(
    tools,
    'ffprobe',
    [
      ...['-v', 'error', ...INPUT_GUARDS, '-select_streams', String(video.index)],
      ...['-show_entries', wanted, '-of', 'json', '-i', fileUrl(path)],
    ],
    {
      cwd,
      env: childEnvironment(cwd),
      extendEnv: false,
      stdin: 'ignore',
      timeout: WALL_LIMIT_MS,
      ...(signal === undefined ? {} : { cancelSignal: signal }),
    },
  ).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  const stored = Report.parse(JSON.parse(stdout)).streams[0] ?? {};
  const flat = (video.width * pixelAspect(stored.sample_aspect_ratio ?? '')) / video.height;
  const isTurned = video.rotation === 90 || video.rotation === 270;
  return { aspect: isTurned ? 1 / flat : flat, colourOptions: toHdColours(stored, video.height) };
}

/** Reads "64:45"; anything that is not a positive ratio means square, as most files leave it. */
export function pixelAspect(text: string): number {
  const [, across, down] = /^(\d+):(\d+)$/.exec(text) ?? [];
  const ratio = Number(across) / Number(down);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : 1;
}

/**
 * Files that name no colours are taken as players take them: BT.709 from 720 lines on, BT.601 below. Without a word to
 * the scale filter HD would be treated as BT.601, wrongly, and at four times the cost of scaling alone.
 */
export function toHdColours({ color_space: space, color_range: range }: Stored, height: number): string {
  const isUnknown = space === undefined || space === 'unknown';
  const isHd = space === 'bt709' || space === 'gbr' || (isUnknown && height >= HD_HEIGHT);
  const matrix = isHd ? '' : `:in_color_matrix=${matrixOf(space)}:out_color_matrix=bt709`;
  return range === 'pc' ? `${matrix}:in_range=pc:out_range=tv` : matrix;
}

/** The scale filter knows fewer names than the formats; whatever is left is of the BT.601 family. */
function matrixOf(space: string | undefined): string {
  if (space?.startsWith('bt2020') === true) return 'bt2020';
  return space === 'fcc' || space === 'smpte240m' ? space : 'smpte170m';
}
