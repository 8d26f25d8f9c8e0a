import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { AudioStream } from '../../domain/episode.ts';
import { lengthS } from '../../domain/time.ts';
import type { RecipeRange } from '../../domain/recipe.ts';
import { runFfmpeg } from '../media/ffmpeg.ts';
import { fileUrl, mediaInput } from '../media/inputs.ts';
import type { MediaTools } from '../media/tools.ts';
import type { Measuring } from './loudness.ts';
import type { RenderSource } from './order.ts';

/** A range beside the file it is cut from. */
export interface SourcedRange {
  readonly range: RecipeRange;
  readonly source: RenderSource;
}

export const SAMPLE_RATE_HZ = 48_000;
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
  const chains = ranges.map(
    ({ range, source }, index) =>
      `[${index}:${firstAudio(source).index}]${rangeChain(range, firstAudio(source), channels)}[r${index}]`,
  );
  const joined = ranges.map((_, index) => `[r${index}]`).join('') + `concat=n=${ranges.length}:v=0:a=1[a]`;
  await runFfmpeg(
    tools,
    {
      inputs: ranges.map(({ range, source }) => {
        const preRollS = preRollOf(range);
        return mediaInput(source.path, {
          fromS: range.fromS - preRollS,
          durationS: lengthS(range) + preRollS,
        });
      }),
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

function firstAudio(source: SourcedRange['source']): AudioStream {
  const stream = source.facts.audio[0];
  if (stream === undefined) throw new AppError('NO_SOUND', `${source.path} has no sound`);
  return stream;
}

const preRollOf = (range: RecipeRange): number => Math.min(PREROLL_S, range.fromS);

/** Places the sound by its timestamps, cuts it to the sample and fills what is missing with silence. */
function rangeChain(range: RecipeRange, stream: AudioStream, channels: 1 | 2): string {
  const durationS = lengthS(range).toFixed(6);
  return [
    `aresample=${SAMPLE_RATE_HZ}:async=1:first_pts=0`,
    `atrim=start=${preRollOf(range).toFixed(6)}`,
    'asetpts=PTS-STARTPTS',
    channelFilter(stream.channels, channels),
    'aformat=sample_fmts=flt',
    'apad',
    `atrim=end=${durationS}`,
    `afade=t=in:d=${FADE_S}`,
    `afade=t=out:st=${Math.max(0, lengthS(range) - FADE_S).toFixed(6)}:d=${FADE_S}`,
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
