import ffmpeg from 'fluent-ffmpeg';
import { execa, type ExecaError } from 'execa';
import { AppError } from '../../domain/errors.ts';
import type { MediaTools } from './tools.ts';

/** One input with the options that stand before its -i. Build it with inputs.ts, which adds the guards. */
export interface FfmpegInput {
  readonly source: string;
  readonly options: readonly string[];
}

/** One output; a target is "file:/absolute/path", "pipe:1", or "-" for the null muxer. */
export interface FfmpegOutput {
  readonly target: string;
  readonly options: readonly string[];
}

export interface FfmpegCommand {
  readonly inputs: readonly FfmpegInput[];
  /** A filter graph written by us; text from a person or a file never enters it (RELIABILITY: movie= reads files). */
  readonly filterGraph?: string;
  readonly outputs: readonly FfmpegOutput[];
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** A private folder; relative names in the filter graph are looked up here. */
  readonly cwd: string;
  /** Seconds of output, for turning ffmpeg's position into 0 to 1. */
  readonly expectedS?: number | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** info prints what the measuring filters report; error prints only what went wrong. */
  readonly logLevel?: 'error' | 'info' | undefined;
  /** ffmpeg that does not move for this long is taken for hung. */
  readonly stallMs?: number | undefined;
  /** Environment beside the four variables every child gets. */
  readonly extraEnv?: Readonly<Record<string, string>> | undefined;
}

export interface RunResult {
  readonly stdout: Buffer;
  readonly stderr: string;
}

const STALL_MS = 120_000;
const KILL_AFTER_MS = 2_000;
const OUTPUT_CAP_BYTES = 64 * 1024 * 1024;
const LAST_LINES = 6;

interface BuildableCommand {
  _getArguments(): string[];
}

/** The argument list for a command, in ffmpeg's own order: fluent-ffmpeg writes it, and overwriting is forbidden. */
export function ffmpegArguments(command: FfmpegCommand): string[] {
  const builder = ffmpeg();
  for (const input of command.inputs) {
    builder.input(input.source);
    if (input.options.length > 0) builder.inputOptions(...asVariadic(input.options));
  }
  if (command.filterGraph !== undefined) builder.complexFilter(command.filterGraph);
  for (const output of command.outputs) {
    builder.output(output.target);
    if (output.options.length > 0) builder.outputOptions(...asVariadic(output.options));
  }
  // fluent-ffmpeg has no public call that only builds, and the capability check it runs before spawning misreads ffmpeg 7.
  const built = (builder as unknown as BuildableCommand)._getArguments();
  return built.filter((argument) => argument !== '-y');
}

/** fluent-ffmpeg splits a lone string at its space but takes several arguments as they are; its types know only the first. */
const asVariadic = (options: readonly string[]): [string] => options as unknown as [string];

/** The whole environment of a child: nothing inherited can make ffmpeg write a report or read a profile. */
export function childEnvironment(cwd: string): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: cwd, LANG: 'C.UTF-8', TMPDIR: cwd };
}

/**
 * Runs ffmpeg and resolves when it has ended well.
 * Throws the signal's reason when stopped, FFMPEG_STALLED when it hangs, DISK_FULL, or FFMPEG_FAILED with its last words.
 */
export async function runFfmpeg(
  tools: MediaTools,
  command: FfmpegCommand,
  options: RunOptions,
): Promise<RunResult> {
  options.signal?.throwIfAborted();
  const pipesMedia = command.outputs.some((output) => output.target.startsWith('pipe:'));
  const args = [
    ...['-nostdin', '-hide_banner', '-nostats', '-v', options.logLevel ?? 'error', '-n'],
    ...(pipesMedia ? [] : ['-progress', 'pipe:1']),
    ...ffmpegArguments(command),
  ];
  const hang = new AbortController();
  const child = execa(tools.ffmpeg, args, {
    cwd: options.cwd,
    env: { ...childEnvironment(options.cwd), ...options.extraEnv },
    extendEnv: false,
    stdin: 'ignore',
    encoding: 'buffer',
    buffer: { stdout: pipesMedia, stderr: true },
    maxBuffer: OUTPUT_CAP_BYTES,
    cancelSignal: options.signal === undefined ? hang.signal : AbortSignal.any([options.signal, hang.signal]),
    forceKillAfterDelay: KILL_AFTER_MS,
  });
  const watchdog = new Watchdog(options.stallMs ?? STALL_MS, () => {
    hang.abort();
  });
  child.stdout.on('data', (chunk: Buffer) => {
    watchdog.sawLife(chunk);
    if (!pipesMedia) reportProgress(chunk, options);
  });
  try {
    const { stdout, stderr } = await child;
    return { stdout: Buffer.from(stdout ?? []), stderr: Buffer.from(stderr).toString('utf8') };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw toAppError(error, hang.signal.aborted, args);
  } finally {
    watchdog.stop();
  }
}

/** Calls onHang when ffmpeg's position has not moved for the given time. */
class Watchdog {
  readonly #timer: NodeJS.Timeout;
  #last = '';

  constructor(stallMs: number, onHang: () => void) {
    this.#timer = setTimeout(onHang, stallMs);
  }

  /** A progress report counts as life only when the position in it changed; media on the pipe always does. */
  sawLife(chunk: Buffer): void {
    const position = POSITION.exec(chunk.toString('latin1'))?.[0] ?? `media ${String(chunk.length)}`;
    if (position === this.#last && !position.startsWith('media')) return;
    this.#last = position;
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Builds before 2019 call microseconds out_time_ms; newer ones print both names with the same value. */
const POSITION = /out_time_[um]s=(\d+)/;

function reportProgress(chunk: Buffer, { expectedS, onProgress }: RunOptions): void {
  if (onProgress === undefined || expectedS === undefined || expectedS <= 0) return;
  const position = POSITION.exec(chunk.toString('latin1'))?.[1];
  if (position !== undefined) onProgress(Math.min(1, Number(position) / 1e6 / expectedS));
}

const isExecaError = (error: unknown): error is ExecaError =>
  error instanceof Error && 'shortMessage' in error;

function toAppError(error: unknown, hung: boolean, args: readonly string[]): unknown {
  if (!isExecaError(error)) return error;
  const stderr = error.stderr instanceof Uint8Array ? Buffer.from(error.stderr).toString('utf8') : '';
  const lastWords = stderr.trim().split('\n').slice(-LAST_LINES).join('\n');
  const detail = `${error.shortMessage}\n${lastWords}\nffmpeg ${args.join(' ')}`;
  if (hung) return new AppError('FFMPEG_STALLED', detail, { cause: error });
  if (/No space left on device/i.test(lastWords)) return new AppError('DISK_FULL', detail, { cause: error });
  return new AppError('FFMPEG_FAILED', detail, { cause: error });
}
