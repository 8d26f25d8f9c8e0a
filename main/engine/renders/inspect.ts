import { z } from 'zod';
import type { Preset } from '../../domain/preset.ts';
import { childEnvironment } from '../media/ffmpeg.ts';
import { fileUrl } from '../media/inputs.ts';
import { startProgram } from '../media/program.ts';
import type { MediaTools } from '../media/tools.ts';
import type { Measuring } from './loudness.ts';

const WALL_LIMIT_MS = 60_000;
const OUTPUT_CAP_BYTES = 64 * 1024 * 1024;

const Stream = z.object({
  codec_type: z.string(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  r_frame_rate: z.string().optional(),
  sample_rate: z.coerce.number().optional(),
  channels: z.number().optional(),
  start_time: z.coerce.number().optional(),
});
const Packet = z.object({ codec_type: z.string(), pts_time: z.coerce.number().optional() });
const Probe = z.object({
  streams: z.array(Stream),
  format: z.object({ duration: z.coerce.number(), size: z.coerce.number() }),
  packets: z.array(Packet).default([]),
});

export type InspectedStream = z.infer<typeof Stream>;

/** What the finished file says of itself, and when each of its pictures is shown. */
export interface Inspection {
  readonly durationS: number;
  readonly sizeBytes: number;
  readonly video: InspectedStream | undefined;
  readonly audio: InspectedStream | undefined;
  /** Presentation times in order. */
  readonly frameTimesS: readonly number[];
}

/** The demuxer for each kind of file that we write. */
export const formatOf = (preset: Preset): 'mp4' | 'mp3' =>
  preset.kind === 'audio' && preset.container === 'mp3' ? 'mp3' : 'mp4';

/** Reads streams, duration and picture times of a file that we wrote. */
export async function inspect(
  tools: MediaTools,
  path: string,
  format: 'mp4' | 'mp3',
  { cwd, signal }: Measuring,
): Promise<Inspection> {
  const entries =
    'stream=codec_type,codec_name,profile,pix_fmt,width,height,r_frame_rate,sample_rate,channels,start_time:format=duration,size:packet=codec_type,pts_time';
  const guarded = ['-protocol_whitelist', 'file', '-f', format, '-i', fileUrl(path)];
  const { stdout } = await startProgram(
    tools,
    'ffprobe',
    ['-hide_banner', '-v', 'error', '-of', 'json', '-show_entries', entries, ...guarded],
    {
      cwd,
      env: childEnvironment(cwd),
      extendEnv: false,
      stdin: 'ignore',
      timeout: WALL_LIMIT_MS,
      maxBuffer: OUTPUT_CAP_BYTES,
      ...(signal === undefined ? {} : { cancelSignal: signal }),
    },
  ).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  return toInspection(Probe.parse(JSON.parse(stdout)));
}

const toInspection = ({ streams, format, packets }: z.infer<typeof Probe>): Inspection => ({
  durationS: format.duration,
  sizeBytes: format.size,
  video: streams.find((stream) => stream.codec_type === 'video'),
  audio: streams.find((stream) => stream.codec_type === 'audio'),
  frameTimesS: packets
    .filter((packet) => packet.codec_type === 'video')
    .map((packet) => packet.pts_time ?? 0)
    .sort((a, b) => a - b),
});
