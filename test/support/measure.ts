import { execa } from 'execa';
import { z } from 'zod';
import { findTools } from '../../main/engine/media/tools.ts';

const Stream = z.object({
  codec_type: z.string(),
  codec_name: z.string(),
  profile: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  pix_fmt: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  sample_rate: z.string().optional(),
  channels: z.number().optional(),
  duration: z.string().optional(),
});

/** What ffprobe says of a finished file: a measurement that shares no code with the product's own proof sheet. */
export async function probeFile(path: string): Promise<{
  durationS: number;
  video: z.infer<typeof Stream> | undefined;
  audio: z.infer<typeof Stream> | undefined;
}> {
  const { ffprobe } = await findTools();
  const { stdout } = await execa(ffprobe, [
    '-v',
    'error',
    '-of',
    'json',
    '-show_streams',
    '-show_format',
    path,
  ]);
  const report = z
    .object({ format: z.object({ duration: z.string() }), streams: z.array(Stream) })
    .parse(JSON.parse(stdout));
  const first = (kind: string) => report.streams.find((stream) => stream.codec_type === kind);
  return { durationS: Number(report.format.duration), video: first('video'), audio: first('audio') };
}

/** The distinct distances between neighbouring pictures, in milliseconds; one value means a constant frame rate. */
export async function frameDistancesMs(path: string): Promise<number[]> {
  const { ffprobe } = await findTools();
  const { stdout } = await execa(ffprobe, [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'packet=pts',
    '-of',
    'csv=p=0',
    path,
  ]);
  const { stdout: base } = await execa(ffprobe, [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'stream=time_base',
    '-of',
    'csv=p=0',
    path,
  ]);
  const [over = 1, under = 1] = base.trim().split('/').map(Number);
  const times = stdout
    .split('\n')
    .map((line) => Number.parseInt(line, 10))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const distances = times.slice(1).map((time, index) => ((time - (times[index] ?? 0)) * over * 1000) / under);
  return [...new Set(distances.map((ms) => Math.round(ms * 1000) / 1000))];
}

/** Integrated loudness (EBU R 128) and true peak (ITU-R BS.1770) of a file's sound. */
export async function loudnessOf(path: string): Promise<{ integratedLufs: number; truePeakDbtp: number }> {
  const { ffmpeg } = await findTools();
  const { stderr } = await execa(ffmpeg, [
    '-nostdin',
    '-hide_banner',
    '-i',
    path,
    '-map',
    '0:a:0',
    '-af',
    'ebur128=peak=true',
    '-f',
    'null',
    '-',
  ]);
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const read = (pattern: RegExp): number => Number(pattern.exec(summary)?.[1] ?? Number.NaN);
  return { integratedLufs: read(/I:\s+(-?[\d.]+) LUFS/), truePeakDbtp: read(/Peak:\s+(-?[\d.]+) dBFS/) };
}

/** One picture of the file as gray or RGB bytes. */
export async function frameAt(path: string, atS: number, width: number, height: number): Promise<Buffer> {
  const { ffmpeg } = await findTools();
  const { stdout } = await execa(
    ffmpeg,
    [
      '-nostdin',
      '-v',
      'error',
      '-ss',
      atS.toFixed(3),
      '-i',
      path,
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
      '-s',
      `${width}x${height}`,
      '-',
    ],
    { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
  );
  return Buffer.from(stdout);
}
