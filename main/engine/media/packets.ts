import { AppError } from '../../domain/errors.ts';
import { childEnvironment } from './ffmpeg.ts';
import type { ProbeOptions } from './ffprobe.ts';
import { fileUrl, INPUT_GUARDS } from './inputs.ts';
import { startProgram } from './program.ts';
import type { MediaTools } from './tools.ts';
import { Watchdog } from './watchdog.ts';

/** Where a stream's packets lie in time: nothing is decoded, so a packet may still be damaged. */
export interface PacketScan {
  readonly packets: number;
  /** Earliest start and latest end, in the file's own timestamps; both null when no packet has a time. */
  readonly firstS: number | null;
  readonly endS: number | null;
  /** Times of the first packets in order of display, enough to see whether the frame rate is constant. */
  readonly firstTimesS: readonly number[];
}

/** head and tail: only the first 20 s and what follows tailFromS are read, where the container can be trusted to seek. */
export type ScanExtent = 'all' | { readonly tailFromS: number };

const HEAD_S = 20;
const KEPT_TIMES = 600;
const STALL_MS = 30_000;
const KILL_AFTER_MS = 1_000;

/**
 * Reads the packets of one stream through ffprobe, line by line: memory does not grow with the length.
 * Measured on a 60 min mp3 and m4a: 0.7 s, against 0.2 s for a stream copy, which tells neither gaps nor the first time.
 * A scan that fails half-way answers with what it saw; throws FFMPEG_STALLED when nothing comes for 30 s.
 */
export async function scanPackets(
  tools: MediaTools,
  path: string,
  streamIndex: number,
  extent: ScanExtent,
  options: ProbeOptions,
): Promise<PacketScan> {
  options.signal?.throwIfAborted();
  const hang = new AbortController();
  const child = startProgram(tools, 'ffprobe', packetArguments(path, streamIndex, extent), {
    cwd: options.cwd,
    env: childEnvironment(options.cwd),
    extendEnv: false,
    stdin: 'ignore',
    stderr: 'ignore',
    encoding: 'buffer',
    buffer: false,
    cancelSignal: options.signal === undefined ? hang.signal : AbortSignal.any([options.signal, hang.signal]),
    forceKillAfterDelay: KILL_AFTER_MS,
    reject: false,
  });
  const watchdog = new Watchdog(STALL_MS, () => {
    hang.abort();
  });
  const tally = new PacketTally();
  child.stdout.on('data', (chunk: Buffer) => {
    watchdog.sawLife();
    tally.read(chunk.toString('latin1'));
  });
  await child.finally(() => {
    watchdog.stop();
  });
  options.signal?.throwIfAborted();
  if (hang.signal.aborted) throw new AppError('FFMPEG_STALLED', `ffprobe stood still reading ${path}`);
  return tally.result();
}

function packetArguments(path: string, streamIndex: number, extent: ScanExtent): string[] {
  const interval = extent === 'all' ? [] : ['-read_intervals', `%+${HEAD_S},${extent.tailFromS.toFixed(3)}%`];
  return [
    ...['-v', 'error', ...INPUT_GUARDS, '-select_streams', String(streamIndex), ...interval],
    ...['-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0', '-i', fileUrl(path)],
  ];
}

/** Adds up the lines "pts,duration" as they arrive in pieces. */
export class PacketTally {
  #unfinished = '';
  #packets = 0;
  #firstS = Infinity;
  #endS = -Infinity;
  readonly #timesS: number[] = [];

  read(text: string): void {
    const lines = (this.#unfinished + text).split('\n');
    this.#unfinished = lines.pop() ?? '';
    for (const line of lines) this.#add(line);
  }

  #add(line: string): void {
    const [pts = '', duration = ''] = line.split(',', 2);
    const atS = Number.parseFloat(pts);
    if (!Number.isFinite(atS)) return;
    const lastsS = Number.parseFloat(duration);
    this.#packets += 1;
    this.#firstS = Math.min(this.#firstS, atS);
    this.#endS = Math.max(this.#endS, atS + (Number.isFinite(lastsS) ? lastsS : 0));
    if (this.#timesS.length < KEPT_TIMES) this.#timesS.push(atS);
  }

  result(): PacketScan {
    this.#add(this.#unfinished);
    this.#unfinished = '';
    const isEmpty = this.#packets === 0;
    return {
      packets: this.#packets,
      firstS: isEmpty ? null : this.#firstS,
      endS: isEmpty ? null : this.#endS,
      firstTimesS: this.#timesS.toSorted((a, b) => a - b),
    };
  }
}
