import ffmpeg from 'fluent-ffmpeg';
import { AppError } from '../../domain/errors.ts';
import { startProgram } from './program.ts';
import type { MediaTools } from './tools.ts';
import { Watchdog } from './watchdog.ts';

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
  /** Seconds of output written, as ffmpeg itself counted them; 0 where media goes through the pipe. */
  readonly positionS: number;
}

/** A run that may have ended badly. */
export interface Attempt extends RunResult {
  /** Undefined when ffmpeg was killed, as it is when it floods its log. */
  readonly exitCode: number | undefined;
  readonly failure: AppError | undefined;
}

const STALL_MS = 120_000;
/** A cancelled job has to be gone within two seconds, of which a request from another process takes up to one to arrive. */
const KILL_AFTER_MS = 1_000;
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
  const { stdout, stderr, positionS, failure } = await tryFfmpeg(tools, command, options);
  if (failure !== undefined) throw failure;
  return { stdout, stderr, positionS };
}

/**
 * Runs ffmpeg where failing is an answer too, as when damaged media is judged: a bad ending is returned with how far it got.
 * Throws the signal's reason when stopped, and whatever kept ffmpeg from starting.
 */
export async function tryFfmpeg(
  tools: MediaTools,
  command: FfmpegCommand,
  options: RunOptions,
): Promise<Attempt> {
  options.signal?.throwIfAborted();
  const pipesMedia = command.outputs.some((output) => output.target.startsWith('pipe:'));
  const args = [
    ...['-nostdin', '-hide_banner', '-nostats', '-v', options.logLevel ?? 'error', '-n'],
    ...(pipesMedia ? [] : ['-progress', 'pipe:1']),
    ...ffmpegArguments(command),
  ];
  const hang = new AbortController();
  const child = startFfmpeg(tools, args, options, { hang: hang.signal, keepsOutput: pipesMedia });
  const watchdog = new Watchdog(options.stallMs ?? STALL_MS, () => {
    hang.abort();
  });
  const position = new Position();
  child.stdout.on('data', (chunk: Buffer) => {
    if (pipesMedia || position.read(chunk)) watchdog.sawLife();
    if (!pipesMedia) reportProgress(position.seconds, options);
  });
  const ended = await child.finally(() => {
    watchdog.stop();
  });
  options.signal?.throwIfAborted();
  if (ended instanceof Error && ended.exitCode === undefined && ended.signal === undefined) throw ended;
  const stderr = Buffer.from(ended.stderr).toString('utf8');
  const code = hang.signal.aborted ? 'FFMPEG_STALLED' : 'FFMPEG_FAILED';
  return {
    stdout: Buffer.from(ended.stdout ?? []),
    stderr,
    positionS: position.seconds,
    exitCode: ended.exitCode,
    failure: ended instanceof Error ? toAppError(ended, code, stderr, args) : undefined,
  };
}

function startFfmpeg(
  tools: MediaTools,
  args: readonly string[],
  options: RunOptions,
  { hang, keepsOutput }: { readonly hang: AbortSignal; readonly keepsOutput: boolean },
) {
  return startProgram(tools, 'ffmpeg', args, {
    cwd: options.cwd,
    env: { ...childEnvironment(options.cwd), ...options.extraEnv },
    extendEnv: false,
    stdin: 'ignore',
    encoding: 'buffer',
    buffer: { stdout: keepsOutput, stderr: true },
    maxBuffer: OUTPUT_CAP_BYTES,
    cancelSignal: options.signal === undefined ? hang : AbortSignal.any([options.signal, hang]),
    forceKillAfterDelay: KILL_AFTER_MS,
    reject: false,
  });
}

/** Follows ffmpeg's reports; a report may arrive in two chunks, so the unfinished line is kept. */
class Position {
  #unfinished = '';
  seconds = 0;

  /** True when ffmpeg has moved: it goes on reporting while it hangs. */
  read(chunk: Buffer): boolean {
    const lines = (this.#unfinished + chunk.toString('latin1')).split('\n');
    this.#unfinished = lines.pop() ?? '';
    const before = this.seconds;
    for (const line of lines) {
      const microseconds = POSITION.exec(line)?.[1];
      if (microseconds !== undefined) this.seconds = Number(microseconds) / 1e6;
    }
    return this.seconds !== before;
  }
}

/** Builds before 2019 call microseconds out_time_ms; newer ones print both names with the same value. */
const POSITION = /^out_time_[um]s=(\d+)/;

function reportProgress(positionS: number, { expectedS, onProgress }: RunOptions): void {
  if (onProgress === undefined || expectedS === undefined || expectedS <= 0) return;
  onProgress(Math.min(1, positionS / expectedS));
}

function toAppError(
  error: { readonly exitCode?: number | undefined; readonly signal?: string | undefined },
  code: 'FFMPEG_STALLED' | 'FFMPEG_FAILED',
  stderr: string,
  args: readonly string[],
): AppError {
  const lastWords = stderr.trim().split('\n').slice(-LAST_LINES).join('\n');
  const how = error.exitCode === undefined ? (error.signal ?? 'no exit code') : `exit code ${error.exitCode}`;
  // What was asked of ffmpeg itself, whatever stood before its name.
  const detail = `ffmpeg ended with ${how}\n${lastWords}\nffmpeg ${args.join(' ')}`;
  // What a filter tells at the end may come long after it.
  const diskIsFull = code === 'FFMPEG_FAILED' && /No space left on device/i.test(stderr);
  return new AppError(diskIsFull ? 'DISK_FULL' : code, detail, { cause: error });
}
