import { basename } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { MediaFacts } from '../../domain/episode.ts';
import { tryFfmpeg } from './ffmpeg.ts';
import { probe, type ProbedStream } from './ffprobe.ts';
import { mediaInput, type Seek } from './inputs.ts';
import { scanPackets, type PacketScan } from './packets.ts';
import { inspectFile } from './sourceFile.ts';
import type { MediaTools } from './tools.ts';
import {
  agree,
  isUsable,
  SHORTEST_S,
  spanS,
  verdict,
  type DecodeTrial,
  type StreamObservation,
} from './verdict.ts';

export interface JudgeOptions {
  readonly signal?: AbortSignal | undefined;
  /** A private, empty folder for the children to stand in. */
  readonly cwd: string;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Recordings up to this length are decoded from end to end. */
const WHOLE_BELOW_S = 60;
const END_S = 10;
/** Reading every picture of a larger file costs more than it can tell. */
const WHOLE_SCAN_BYTES = 64 * 1024 * 1024;
const STALL_MS = 30_000;

/**
 * Measures a file that a person chose and decides whether it can be an episode.
 * Never trusts a header: packets are counted and sound and picture are decoded, all of it below a minute, the first and
 * last 10 s of longer ones; a longer one is decoded whole only where its own header contradicts its packets.
 * Throws an AppError with the refusal's code and one plain sentence, FILE_MISSING, or the signal's reason.
 */
export async function judge(tools: MediaTools, path: string, options: JudgeOptions): Promise<MediaFacts> {
  options.signal?.throwIfAborted();
  const { sizeBytes } = await inspectFile(path);
  const report = await probe(tools, path, options);
  options.onProgress?.(0.05);
  const first = (kind: ProbedStream['kind']) => report.streams.find((s) => s.kind === kind && isUsable(s));
  const trial = { tools, path, sizeBytes, headerS: report.durationS, options };
  const audio = await observe(trial, first('audio'), 0.05, 0.6);
  const video = await observe(trial, first('video'), 0.6, 1);
  const decision = verdict({ sizeBytes, report, audio, video });
  if (!decision.accepted) throw new AppError(decision.reason, `${basename(path)}: ${decision.detail}`);
  options.onProgress?.(1);
  return decision.facts;
}

interface Trial {
  readonly tools: MediaTools;
  readonly path: string;
  readonly sizeBytes: number;
  readonly headerS: number | null;
  readonly options: JudgeOptions;
}

async function observe(
  trial: Trial,
  stream: ProbedStream | undefined,
  fromFraction: number,
  toFraction: number,
): Promise<StreamObservation | undefined> {
  if (stream === undefined) return undefined;
  const report = (fraction: number) =>
    trial.options.onProgress?.(fromFraction + fraction * (toFraction - fromFraction));
  const packets = await measurePackets(trial, stream);
  report(0.2);
  const decoded = await decode(trial, stream, packets, (fraction) => {
    report(0.2 + 0.8 * fraction);
  });
  return { stream, packets, trial: decoded };
}

/** Pictures of a large file are read at both ends only, unless what is found there contradicts the header. */
async function measurePackets(trial: Trial, stream: ProbedStream): Promise<PacketScan> {
  const { tools, path, sizeBytes, headerS, options } = trial;
  const claimedS = stream.durationS ?? headerS;
  if (
    stream.kind === 'video' &&
    sizeBytes > WHOLE_SCAN_BYTES &&
    claimedS !== null &&
    claimedS > WHOLE_BELOW_S
  ) {
    const ends = await scanPackets(tools, path, stream.index, { tailFromS: claimedS - END_S }, options);
    const byEndsS = spanS(ends);
    if (byEndsS !== null && agree(byEndsS, claimedS)) return ends;
  }
  return scanPackets(tools, path, stream.index, 'all', options);
}

/**
 * How much of a stream has to be decoded to believe its length.
 * Sound decodes a thousand times faster than it plays, so a doubt is settled by decoding it all; for long pictures it is not.
 */
export function decodeExtent(
  kind: ProbedStream['kind'],
  byPacketsS: number | null,
  claimedS: number | null,
): DecodeTrial['extent'] {
  if (byPacketsS === null || byPacketsS < WHOLE_BELOW_S) return 'whole';
  const isDoubtful = claimedS === null || !agree(byPacketsS, claimedS);
  return kind === 'audio' && isDoubtful ? 'whole' : 'ends';
}

async function decode(
  trial: Trial,
  stream: ProbedStream,
  packets: PacketScan,
  onProgress: (fraction: number) => void,
): Promise<DecodeTrial> {
  const lengthS = spanS(packets);
  if (lengthS !== null && decodeExtent(stream.kind, lengthS, stream.durationS ?? trial.headerS) === 'ends') {
    const head = await decodePart(trial, stream, { fromS: 0, durationS: END_S });
    onProgress(0.5);
    const tail = await decodePart(trial, stream, { fromS: lengthS - END_S, durationS: END_S });
    if (Math.min(head.decodedS, tail.decodedS) >= SHORTEST_S) {
      const errorLines = head.errorLines + tail.errorLines;
      return { extent: 'ends', decodedS: head.decodedS + tail.decodedS, errorLines };
    }
  }
  const whole = await decodePart(trial, stream, undefined, { expectedS: lengthS ?? undefined, onProgress });
  return { extent: 'whole', ...whole };
}

async function decodePart(
  { tools, path, options }: Trial,
  stream: ProbedStream,
  seek?: Seek,
  progress?: { expectedS: number | undefined; onProgress: (fraction: number) => void },
): Promise<{ decodedS: number; errorLines: number }> {
  const attempt = await tryFfmpeg(
    tools,
    {
      inputs: [mediaInput(path, seek)],
      outputs: [{ target: '-', options: ['-map', `0:${stream.index}`, '-f', 'null'] }],
    },
    { cwd: options.cwd, signal: options.signal, stallMs: STALL_MS, ...progress },
  );
  return { decodedS: attempt.positionS, errorLines: countErrors(attempt.stderr) };
}

/** The null muxer complains about timestamps that the decoder itself did not mind. */
const countErrors = (stderr: string): number =>
  stderr.split('\n').filter((line) => line.trim() !== '' && !/non[- ]monoton/i.test(line)).length;
