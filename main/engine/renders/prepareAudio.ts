import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { AudioStream } from '../../domain/episode.ts';
import { lengthS } from '../../domain/time.ts';
import type { RecipeRange } from '../../domain/recipe.ts';
import { type FfmpegInput, runFfmpeg } from '../media/ffmpeg.ts';
import { fileUrl, mediaInput } from '../media/inputs.ts';
import type { MediaTools } from '../media/tools.ts';
import type { Measuring } from './loudness.ts';
import type { RenderSource, SourcedRange } from './order.ts';
import { groupReads, type ReadPlan } from './reads.ts';
import { SAMPLE_RATE_HZ } from './soundFile.ts';

/** Long enough that no cut clicks, short enough that no consonant is lost. */
const FADE_S = 0.015;
/** Decoders need a moment before the cut to be right at it: MP3 keeps bits, Opus and AAC overlap their frames. */
const PREROLL_S = 0.5;

/** Decodes the ranges once, in order, into one 48 kHz float WAV; returns its path. Throws NO_SOUND. */
export async function prepareAudio(
  tools: MediaTools,
  ranges: readonly SourcedRange[],
  channels: 1 | 2,
  run: Measuring,
): Promise<string> {
  const path = join(run.cwd, 'sound.wav');
  const { inputs, chains } = readSound(ranges, channels);
  const joined = ranges.map((_, index) => `[r${index}]`).join('') + `concat=n=${ranges.length}:v=0:a=1[a]`;
  await runFfmpeg(
    tools,
    {
      inputs,
      filterGraph: [...chains, joined].join(';'),
      outputs: [
        {
          target: fileUrl(path),
          options: [...['-map', '[a]', '-map_metadata', '-1'], ...['-c:a', 'pcm_f32le', '-f', 'wav']],
        },
      ],
    },
    run,
  );
  return path;
}

/** The files that are read, and chains that end in [r0], [r1], …: each range cut to the sample, with short fades. */
function readSound(ranges: readonly SourcedRange[], channels: 1 | 2): ReadPlan {
  const inputs: FfmpegInput[] = [];
  const chains: string[] = [];
  let first = 0;
  for (const { source, fromS, toS, ranges: own } of groupReads(ranges)) {
    const seekS = fromS - Math.min(PREROLL_S, fromS);
    const label = (index: number): string => `[g${first + index}]`;
    const split = own.length > 1 ? `,asplit=${own.length}` : '';
    const stream = firstAudio(source);
    chains.push(
      `[${inputs.length}:${stream.index}]${soundChain(stream, channels)}${split}` +
        own.map((_, index) => label(index)).join(''),
      ...own.map(({ range }, index) => `${label(index)}${rangeChain(range, seekS)}[r${first + index}]`),
    );
    inputs.push(mediaInput(source.path, { fromS: seekS, durationS: toS - seekS }));
    first += own.length;
  }
  return { inputs, chains };
}

function firstAudio(source: RenderSource): AudioStream {
  const stream = source.facts.audio[0];
  if (stream === undefined) throw new AppError('NO_SOUND', `${source.path} has no sound`);
  return stream;
}

/** Places the sound by its timestamps and fills what is missing with silence. */
const soundChain = (stream: AudioStream, channels: 1 | 2): string =>
  [
    `aresample=${SAMPLE_RATE_HZ}:async=1:first_pts=0`,
    channelFilter(stream.channels, channels),
    'aformat=sample_fmts=flt',
  ].join(',');

/** Cuts a range to the sample; both its ends are silent, so that no join clicks. */
function rangeChain(range: RecipeRange, seekS: number): string {
  const durationS = lengthS(range);
  return [
    `atrim=start=${(range.fromS - seekS).toFixed(6)}:end=${(range.toS - seekS).toFixed(6)}`,
    'asetpts=PTS-STARTPTS',
    'apad',
    `atrim=end=${durationS.toFixed(6)}`,
    `afade=t=in:d=${FADE_S}`,
    `afade=t=out:st=${Math.max(0, durationS - FADE_S).toFixed(6)}:d=${FADE_S}`,
  ].join(',');
}

/** A mono voice is copied to both sides as it is: ffmpeg's own mix would take 3 dB off it. */
function channelFilter(from: number, to: 1 | 2): string {
  if (to === 1) return 'aformat=channel_layouts=mono';
  return from === 1 ? 'pan=stereo|c0=c0|c1=c0' : 'aformat=channel_layouts=stereo';
}

/** Clips are stereo; a podcast file stays as mono as it was recorded. */
export const channelsFor = (kind: 'video' | 'audio', ranges: readonly SourcedRange[]): 1 | 2 =>
  kind === 'audio' && ranges.every(({ source }) => firstAudio(source).channels === 1) ? 1 : 2;
