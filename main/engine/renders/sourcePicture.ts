import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { childEnvironment } from '../media/ffmpeg.ts';
import { missingFilters } from '../media/filters.ts';
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
  /** Filters that follow the scaling and bring high dynamic range to Rec. 709; none for all other pictures. */
  readonly colourFilters: readonly string[];
}

const Report = z.object({
  streams: z.array(
    z.object({
      sample_aspect_ratio: z.string().optional(),
      color_space: z.string().optional(),
      color_range: z.string().optional(),
      color_transfer: z.string().optional(),
      color_primaries: z.string().optional(),
    }),
  ),
});
type Stored = z.infer<typeof Report>['streams'][number];

/** What ffmpeg calls HLG and PQ. */
const HIGH_DYNAMIC_RANGE = ['arib-std-b67', 'smpte2084'] as const;

/** Asks ffprobe how the picture of a source is stored. Throws UNSUPPORTED_CODEC for HLG and PQ where ffmpeg cannot map them. */
export async function describePicture(
  tools: MediaTools,
  { path, facts: { video } }: RenderSource,
  { cwd, signal }: Measuring,
): Promise<SourcePicture> {
  if (video === null) return { aspect: 1, colourOptions: '', colourFilters: [] };
  const wanted = 'stream=sample_aspect_ratio,color_space,color_range,color_transfer,color_primaries';
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
  const aspect = isTurned ? 1 / flat : flat;
  const transfer = HIGH_DYNAMIC_RANGE.find((name) => name === stored.color_transfer);
  if (transfer === undefined)
    return { aspect, colourOptions: toHdColours(stored, video.height), colourFilters: [] };
  await assertCanToneMap(tools, path);
  return { aspect, colourOptions: '', colourFilters: toneMapping(transfer, stored) };
}

async function assertCanToneMap(tools: MediaTools, path: string): Promise<void> {
  const missing = await missingFilters(tools, ['zscale', 'tonemap']);
  if (missing.length === 0) return;
  throw new AppError(
    'UNSUPPORTED_CODEC',
    `${path} was filmed in high dynamic range, and ${tools.ffmpeg} lacks ${missing.join(' and ')} to bring it to the colours of the web`,
  );
}

/**
 * HLG and PQ to the light of Rec. 709: linear light against a white of 203 nits (ITU-R BT.2408), tone mapped by a Möbius
 * curve that leaves skin as it was and takes 1000 nits (4.9 times white) down to white, then coded again. Everything is named because the builds of 2018 do not read it off the frames.
 */
function toneMapping(
  transfer: (typeof HIGH_DYNAMIC_RANGE)[number],
  { color_space: space, color_range: range }: Stored,
): string[] {
  const matrix = space === 'bt709' ? '709' : '2020_ncl';
  const from = `tin=${transfer}:min=${matrix}:pin=2020:rin=${range === 'pc' ? 'full' : 'limited'}`;
  return [
    `zscale=${from}:p=2020:t=linear:npl=203`,
    'format=gbrpf32le',
    'zscale=p=709',
    'tonemap=tonemap=mobius:param=0.3:desat=0:peak=4.9',
    'zscale=t=709:m=709:r=limited',
  ];
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
