import type { RefusalReason } from '../../domain/errors.ts';
import type { MediaFacts, MediaWarning } from '../../domain/episode.ts';
import { toMilliseconds } from '../../domain/time.ts';
import type { PacketScan } from './packets.ts';
import type { ProbedStream, ProbeReport } from './ffprobe.ts';
import { describeAudio, describeVideo, isVariableFrameRate, textSubtitles } from './streams.ts';

/** Recordings shorter than this hold nothing to clip; the limit is in seconds. */
export const SHORTEST_S = 0.1;

/** What decoding a stream showed. */
export interface DecodeTrial {
  /** ends: only the first and the last 10 s were decoded, and both decoded. */
  readonly extent: 'whole' | 'ends';
  readonly decodedS: number;
  readonly errorLines: number;
}

/** One stream with everything that was measured on it. */
export interface StreamObservation {
  readonly stream: ProbedStream;
  readonly packets: PacketScan;
  readonly trial: DecodeTrial;
}

export interface Observations {
  readonly sizeBytes: number;
  readonly report: ProbeReport;
  /** The first usable stream of each kind; undefined when there is none. */
  readonly audio: StreamObservation | undefined;
  readonly video: StreamObservation | undefined;
}

export type Verdict =
  | { readonly accepted: true; readonly facts: MediaFacts }
  | { readonly accepted: false; readonly reason: RefusalReason; readonly detail: string };

/** A stream whose decoder exists and whose header has what playing it takes; a cover is not a picture that plays. */
export function isUsable(stream: ProbedStream): boolean {
  if (stream.codec === null) return false;
  if (stream.kind === 'audio') return stream.sampleRateHz > 0 && stream.channels > 0;
  return stream.kind === 'video' && !stream.isAttachedPicture && stream.width > 0;
}

/** Sound or picture that this ffmpeg cannot even name. */
export const isUnsupported = (stream: ProbedStream): boolean =>
  (stream.kind === 'audio' || stream.kind === 'video') && stream.codec === null;

/** Length by packets, or null when no packet has a time. */
export const spanS = ({ firstS, endS }: PacketScan): number | null =>
  firstS === null || endS === null ? null : endS - firstS;

/** Two lengths that say the same: within 2 %, and 50 ms for what is very short. */
export const agree = (measuredS: number, claimedS: number): boolean =>
  Math.abs(measuredS - claimedS) <= Math.max(0.05, 0.02 * claimedS);

/**
 * Judges a recording from what was observed, without touching it.
 * The order of the reasons is that of the reference judge: nothing to play, nothing decodes, too short.
 */
export function verdict(observations: Observations): Verdict {
  const { report, audio, video } = observations;
  if (audio === undefined && video === undefined) return nothingToPlay(report);
  const audioS = audio === undefined ? 0 : measuredS(audio, report.durationS);
  const videoS = video === undefined ? 0 : measuredS(video, report.durationS);
  const durationS = Math.max(audioS, videoS);
  if (durationS < SHORTEST_S) return nothingDecoded(observations, durationS);
  return {
    accepted: true,
    facts: factsOf(observations, {
      durationS,
      audio: audioS >= SHORTEST_S ? audio : undefined,
      video: videoS >= SHORTEST_S ? video : undefined,
    }),
  };
}

function nothingToPlay(report: ProbeReport): Verdict {
  if (report.streams.some(isUnsupported)) {
    return {
      accepted: false,
      reason: 'UNSUPPORTED_CODEC',
      detail: 'this ffmpeg has no decoder for the sound or picture in it.',
    };
  }
  if (
    report.streams.some(
      ({ kind, isAttachedPicture }) => (kind === 'audio' || kind === 'video') && !isAttachedPicture,
    )
  ) {
    const detail = 'what it holds as sound or picture has no rate, no channels or no size.';
    return { accepted: false, reason: 'NO_AV_STREAM', detail };
  }
  const kinds = report.streams.map(({ kind, isAttachedPicture }) => (isAttachedPicture ? 'cover' : kind));
  const what = kinds.length === 0 ? 'no streams' : `only ${[...new Set(kinds)].join(' and ')}`;
  return { accepted: false, reason: 'NO_AV_STREAM', detail: `there is ${what} in it.` };
}

function nothingDecoded({ audio, video }: Observations, longestS: number): Verdict {
  const errorLines = (audio?.trial.errorLines ?? 0) + (video?.trial.errorLines ?? 0);
  if (errorLines > 0 || longestS === 0) {
    const detail = `decoding it gave nothing and ${errorLines} error messages.`;
    return { accepted: false, reason: 'NO_DECODABLE_DATA', detail };
  }
  const detail = `it lasts ${(longestS * 1000).toFixed(1)} ms; the least is ${SHORTEST_S * 1000} ms.`;
  return { accepted: false, reason: 'TOO_SHORT', detail };
}

/**
 * Length of a stream: what decodes, refined by its packets where these agree with the stream's own header
 * (decoders add and drop a frame at the ends). Packets of pictures only ever lengthen: the last one may have no duration.
 */
export function measuredS({ stream, packets, trial }: StreamObservation, headerS: number | null): number {
  const byPackets = spanS(packets);
  if (trial.decodedS < SHORTEST_S || byPackets === null) return trial.decodedS;
  if (trial.extent === 'ends') return byPackets;
  const claimedS = stream.durationS ?? headerS;
  if (claimedS === null || claimedS === 0 || !agree(byPackets, claimedS)) return trial.decodedS;
  return stream.kind === 'video' ? Math.max(trial.decodedS, byPackets) : byPackets;
}

interface Measured {
  readonly durationS: number;
  readonly audio: StreamObservation | undefined;
  readonly video: StreamObservation | undefined;
}

function factsOf({ report, sizeBytes, ...observed }: Observations, measured: Measured): MediaFacts {
  const { streams } = report;
  // The first audio stream speaks for its siblings: they come from the same recorder.
  const audio = measured.audio === undefined ? [] : streams.filter((s) => s.kind === 'audio' && isUsable(s));
  const picture = measured.video === undefined ? undefined : describeVideo(measured.video.stream);
  const errorLines = (observed.audio?.trial.errorLines ?? 0) + (observed.video?.trial.errorLines ?? 0);
  const warnings: MediaWarning[] = [
    ...headerWarnings(report.durationS, measured.durationS),
    ...(errorLines > 0 ? (['DECODE_ERRORS'] as const) : []),
    ...(streams.some(isUnsupported) ? (['STREAM_SKIPPED_UNSUPPORTED'] as const) : []),
    ...(picture?.isRotationIgnored === true ? (['ROTATION_IGNORED'] as const) : []),
    ...(measured.video !== undefined && isVariableFrameRate(measured.video)
      ? (['VARIABLE_FRAME_RATE'] as const)
      : []),
  ];
  return {
    format: report.format,
    durationS: toMilliseconds(measured.durationS),
    sizeBytes,
    audio: audio.map(describeAudio),
    video: picture?.video ?? null,
    coverIndex: streams.find((s) => s.isAttachedPicture && s.codec !== null)?.index ?? null,
    subtitleIndexes: textSubtitles(streams),
    // Ogg keeps a recording's tags in the stream; the container's own come first.
    tags: { ...measured.audio?.stream.tags, ...report.tags },
    warnings,
  };
}

/** A header may be off by a quarter of a second, or 2 %, before it is worth a word. */
function headerWarnings(headerS: number | null, durationS: number): MediaWarning[] {
  if (headerS === null) return ['HEADER_DURATION_MISSING'];
  const isWrong = Math.abs(headerS - durationS) > Math.max(0.25, 0.02 * durationS);
  return isWrong ? ['HEADER_DURATION_WRONG'] : [];
}
