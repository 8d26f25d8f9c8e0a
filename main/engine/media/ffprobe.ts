import { basename } from 'node:path';
import { z } from 'zod';
import { AppError, type RefusalReason } from '../../domain/errors.ts';
import { childEnvironment } from './ffmpeg.ts';
import { fileUrl, INPUT_GUARDS } from './inputs.ts';
import { startProgram } from './program.ts';
import type { MediaTools } from './tools.ts';

/** What one run of ffprobe claims about a file: claims, because headers lie. */
export interface ProbeReport {
  readonly format: string;
  readonly durationS: number | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly streams: readonly ProbedStream[];
}

export interface ProbedStream {
  readonly index: number;
  readonly kind: 'audio' | 'video' | 'subtitle' | 'other';
  /** Null when this build knows no decoder of that name. */
  readonly codec: string | null;
  readonly isAttachedPicture: boolean;
  readonly durationS: number | null;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly channelLayout: string;
  readonly width: number;
  readonly height: number;
  /** Frames a second over the whole stream, and the rate on which every timestamp falls. */
  readonly averageRate: number | null;
  readonly baseRate: number | null;
  /** As the display matrix says it; not normalised, because files carry nonsense here. */
  readonly rotationDeg: number | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  /** A private folder. */
  readonly cwd: string;
}

const WALL_LIMIT_MS = 20_000;
const STDOUT_CAP_BYTES = 8 * 1024 * 1024;
const KILL_AFTER_MS = 1_000;

const Numeric = z.coerce.number().nullable().catch(null);
const Text = z.string().catch('');
const Tags = z.record(z.string(), z.string()).catch({});
const RawStream = z.object({
  index: z.int(),
  codec_type: Text,
  codec_name: Text,
  disposition: z.record(z.string(), z.number()).catch({}),
  duration: Numeric,
  sample_rate: Numeric,
  channels: Numeric,
  channel_layout: Text,
  width: Numeric,
  height: Numeric,
  avg_frame_rate: Text,
  r_frame_rate: Text,
  side_data_list: z.array(z.object({ rotation: Numeric })).catch([]),
  tags: Tags,
});
const RawReport = z.object({
  streams: z.array(RawStream).catch([]),
  format: z
    .object({ format_name: Text, duration: Numeric, tags: Tags })
    .catch({ format_name: '', duration: null, tags: {} }),
});

/**
 * Asks ffprobe what is in a file that a person chose.
 * Throws UNSUPPORTED_FORMAT or UNREADABLE_MEDIA when ffprobe refuses it, or takes longer than 20 s or says more than 8 MiB.
 */
export async function probe(tools: MediaTools, path: string, options: ProbeOptions): Promise<ProbeReport> {
  options.signal?.throwIfAborted();
  const args = ['-v', 'error', ...INPUT_GUARDS, '-of', 'json', '-show_format', '-show_streams'];
  const ended = await startProgram(tools, 'ffprobe', [...args, '-i', fileUrl(path)], {
    cwd: options.cwd,
    env: childEnvironment(options.cwd),
    extendEnv: false,
    stdin: 'ignore',
    maxBuffer: STDOUT_CAP_BYTES,
    timeout: WALL_LIMIT_MS,
    forceKillAfterDelay: KILL_AFTER_MS,
    reject: false,
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });
  options.signal?.throwIfAborted();
  if (ended instanceof Error) {
    if (ended.code === 'ENOENT' || ended.code === 'EACCES') {
      throw new AppError('FFMPEG_MISSING', `${tools.ffprobe} does not run: ${ended.code}`, { cause: ended });
    }
    const { reason, detail } = probeRefusal(ended);
    throw new AppError(reason, `${basename(path)}: ${detail}`, { cause: ended });
  }
  const report = parseReport(ended.stdout);
  if (report === undefined) {
    throw new AppError('UNREADABLE_MEDIA', `${basename(path)}: ffprobe gave no readable answer.`);
  }
  return report;
}

interface FailedProbe {
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly isMaxBuffer: boolean;
}

/** Why ffprobe would not open a file: a format that is not on the whitelist, or anything else. */
export function probeRefusal(failed: FailedProbe): { reason: RefusalReason; detail: string } {
  if (failed.timedOut) return { reason: 'UNREADABLE_MEDIA', detail: 'ffprobe gave up after 20 seconds.' };
  if (failed.isMaxBuffer) return { reason: 'UNREADABLE_MEDIA', detail: 'its header is larger than 8 MiB.' };
  // Newer builds refuse a playlist with a recording's extension before the whitelist does.
  if (/not on whitelist|not detecting m3u8/i.test(failed.stderr)) {
    const demuxer = /^\[(\S+) @/m.exec(failed.stderr)?.[1];
    const named = demuxer === undefined ? '' : ` (${demuxer})`;
    return {
      reason: 'UNSUPPORTED_FORMAT',
      detail: `what is in it${named} is not a recording in a format that is opened.`,
    };
  }
  const said = /^(?:\[[^\]]*\] )?(?:file:.*: )?(.+)$/m.exec(failed.stderr.trim())?.[1];
  return {
    reason: 'UNREADABLE_MEDIA',
    detail: `ffprobe could not open it (${said ?? 'it gave no reason'}).`,
  };
}

/** Reads ffprobe's JSON and forgives whatever a damaged file makes it leave out; undefined when it is no such JSON. */
export function parseReport(json: string): ProbeReport | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(json === '' ? '{}' : json);
  } catch {
    return undefined;
  }
  const parsed = RawReport.safeParse(raw);
  if (!parsed.success) return undefined;
  const { format, streams } = parsed.data;
  return {
    format: format.format_name,
    durationS: format.duration,
    tags: lowerCased(format.tags),
    streams: streams.map(toStream),
  };
}

function toStream(raw: z.infer<typeof RawStream>): ProbedStream {
  return {
    index: raw.index,
    kind: kindOf(raw.codec_type),
    // Builds before 2020 write "unknown" where newer ones leave the field out.
    codec: ['', 'unknown', 'none'].includes(raw.codec_name) ? null : raw.codec_name,
    isAttachedPicture: raw.disposition['attached_pic'] === 1,
    durationS: raw.duration,
    sampleRateHz: raw.sample_rate ?? 0,
    channels: raw.channels ?? 0,
    channelLayout: raw.channel_layout === 'unknown' ? '' : raw.channel_layout,
    width: raw.width ?? 0,
    height: raw.height ?? 0,
    averageRate: rateOf(raw.avg_frame_rate),
    baseRate: rateOf(raw.r_frame_rate),
    rotationDeg: raw.side_data_list.find(({ rotation }) => rotation !== null)?.rotation ?? null,
    tags: lowerCased(raw.tags),
  };
}

function kindOf(codecType: string): ProbedStream['kind'] {
  return codecType === 'audio' || codecType === 'video' || codecType === 'subtitle' ? codecType : 'other';
}

/** "30000/1001" as a number; "0/0" means that nobody knows. */
function rateOf(fraction: string): number | null {
  const [over, under] = fraction.split('/').map(Number);
  const rate = (over ?? NaN) / (under ?? 1);
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}

/** Every container has its own habit of writing TITLE, title or Title. */
const lowerCased = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]));
