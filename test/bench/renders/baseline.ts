import { rm } from 'node:fs/promises';
import { execa } from 'execa';
import { ffmpegArguments, type FfmpegCommand } from '../../../main/engine/media/ffmpeg.ts';
import type { MediaTools } from '../../../main/engine/media/tools.ts';
import { encodeCommand, type EncodeOrder } from '../../../main/engine/renders/encode.ts';
import { cpuOf } from './cpu.ts';

/** The yardsticks: plain ffmpeg doing only what nobody can leave out. */
const run = (tools: MediaTools, args: readonly string[], cwd?: string) =>
  execa(tools.ffmpeg, ['-nostdin', '-v', 'error', '-y', ...args], {
    stdin: 'ignore',
    ...(cwd === undefined ? {} : { cwd }),
  });

/** Decodes the span from its key frame on, to nowhere. */
export const bareDecode = async (tools: MediaTools, path: string, fromS: number, durationS: number) =>
  (
    await cpuOf(() =>
      run(tools, [
        ...['-ss', String(fromS), '-t', String(durationS), '-i', path],
        ...['-map', '0:v', '-map', '0:a', '-f', 'null', '-'],
      ]),
    )
  ).cpuS;

/** x264 alone on the very frames that the render encodes, with its own options; the frames come from a raw file. */
export async function x264Alone(
  tools: MediaTools,
  order: EncodeOrder,
  workDir: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const raw = `${order.targetPath}.y4m`;
  await rm(raw, { force: true });
  const command = encodeCommand(order);
  const [movie] = command.outputs;
  if (movie === undefined) throw new Error('an encode without an output');
  const frames: FfmpegCommand = {
    ...command,
    outputs: [
      { target: raw, options: ['-map', '[shown]', '-r', '30', '-f', 'yuv4mpegpipe'] },
      { target: '-', options: ['-map', '[sound]', '-f', 'null'] },
    ],
  };
  await execa(tools.ffmpeg, ['-nostdin', '-v', 'error', ...ffmpegArguments(frames)], {
    cwd: workDir,
    env,
    stdin: 'ignore',
  });
  const from = movie.options.indexOf('-c:v');
  const to = movie.options.indexOf('-c:a');
  const encoder = movie.options.slice(from, to);
  const { cpuS } = await cpuOf(() => run(tools, ['-i', raw, ...encoder, '-f', 'mp4', `${raw}.mp4`]));
  await rm(raw);
  return cpuS;
}

/** The range's sound as AAC, nothing else. */
export const plainAac = async (tools: MediaTools, path: string, fromS: number, durationS: number) =>
  (
    await cpuOf(() =>
      run(tools, [
        ...['-ss', String(fromS), '-t', String(durationS), '-i', path, '-vn'],
        ...['-c:a', 'aac', '-b:a', '160k', '-ar', '48000', '-ac', '2', `${path}.plain.m4a`],
      ]),
    )
  ).cpuS;
