import type { AudioStream, VideoStream } from '../../domain/episode.ts';
import type { ProbedStream } from './ffprobe.ts';
import type { PacketScan } from './packets.ts';

export function describeAudio(stream: ProbedStream): AudioStream {
  const { language, title } = stream.tags;
  return {
    index: stream.index,
    codec: stream.codec ?? '',
    sampleRateHz: stream.sampleRateHz,
    channels: stream.channels,
    channelLayout: stream.channelLayout,
    ...(language === undefined || language === 'und' ? {} : { language }),
    ...(title === undefined ? {} : { title }),
  };
}

/** The picture as the domain knows it, and whether its rotation was nonsense that had to be left out. */
export function describeVideo(stream: ProbedStream): { video: VideoStream; isRotationIgnored: boolean } {
  const rotation = quarterTurns(stream.rotationDeg ?? 0);
  return {
    video: {
      index: stream.index,
      codec: stream.codec ?? '',
      width: stream.width,
      height: stream.height,
      rotation: rotation ?? 0,
      framesPerSecond: stream.averageRate ?? stream.baseRate,
    },
    isRotationIgnored: rotation === undefined,
  };
}

/** A rotation as 0, 90, 180 or 270; undefined for anything that is not a whole number of quarter turns. */
export function quarterTurns(degrees: number): VideoStream['rotation'] | undefined {
  // A damaged matrix gives the smallest 64-bit integer here, which happens to divide by many things.
  if (Math.abs(degrees) > 360) return undefined;
  const turned = ((degrees % 360) + 360) % 360;
  return turned === 0 || turned === 90 || turned === 180 || turned === 270 ? turned : undefined;
}

const ODD_GAP = 0.4;
const ODD_SHARE = 0.03;
const FEWEST_GAPS = 8;

/**
 * True when the time between pictures varies: more than 3 % of the gaps are off the usual one by more than 40 %.
 * Capture jitter and a single dropped frame stay below that. Judged on the first pictures by their packets;
 * a stream with too few of them is judged by whether its two header rates differ by a tenth.
 */
export function isVariableFrameRate(observed: { stream: ProbedStream; packets: PacketScan }): boolean {
  const times = observed.packets.firstTimesS;
  const gaps = times.slice(1).map((atS, i) => atS - (times[i] ?? atS));
  if (gaps.length < FEWEST_GAPS) {
    const { averageRate, baseRate } = observed.stream;
    return averageRate !== null && baseRate !== null && Math.abs(averageRate / baseRate - 1) > 0.1;
  }
  const usualS = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const odd = gaps.filter((gapS) => Math.abs(gapS - usualS) > ODD_GAP * usualS).length;
  return odd / gaps.length > ODD_SHARE;
}

/** Subtitle codecs that hold characters; the others (DVD, Blu-ray, DVB) hold pictures of them. */
const TEXT_SUBTITLES = new Set([
  'subrip',
  'srt',
  'ass',
  'ssa',
  'webvtt',
  'mov_text',
  'text',
  'ttml',
  'microdvd',
]);

export const textSubtitles = (streams: readonly ProbedStream[]): number[] =>
  streams
    .filter(({ kind, codec }) => kind === 'subtitle' && codec !== null && TEXT_SUBTITLES.has(codec))
    .map(({ index }) => index);
