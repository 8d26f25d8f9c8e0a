import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const PS_LIMIT_MS = 5_000;

/** Which process has a number: numbers are given away again, a start and an executable together are not. */
export interface ProcessIdentity {
  /** When it started, in the system's own words. */
  readonly startedAt: string;
  readonly executable: string;
}

/** Answers undefined where there is no such process, or the system does not tell. */
export type IdentityReader = (pid: number) => Promise<ProcessIdentity | undefined>;

/** The fields of /proc/PID/stat after the name, which stands in brackets and may hold anything; proc(5): starttime is the 22nd. */
const START_TIME_AFTER_NAME = 19;

/** Linux: ticks since the machine started, and which start that was. Read without waiting, because it follows every spawn. */
export const identifyByProc: IdentityReader = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME_AFTER_NAME];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    if (startTicks === undefined) return Promise.resolve(undefined);
    return Promise.resolve({
      startedAt: `${boot} ${startTicks}`,
      executable: readlinkSync(`/proc/${pid}/exe`),
    });
  } catch {
    return Promise.resolve(undefined);
  }
};

/** macOS: what ps says, to the second. */
export const identifyByPs: IdentityReader = async (pid) => {
  try {
    const { stdout } = await execute('ps', ['-o', 'lstart=,comm=', '-p', String(pid)], {
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
      timeout: PS_LIMIT_MS,
    });
    // Sun Nov 22 18:26:53 2026 /usr/local/bin/ffmpeg
    const [, startedAt, executable] = /^\s*(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.+?)\s*$/.exec(stdout) ?? [];
    return startedAt === undefined || executable === undefined ? undefined : { startedAt, executable };
  } catch {
    return undefined;
  }
};

const identifyNobody: IdentityReader = () => Promise.resolve(undefined);

/** The reader of this platform. Windows tells nothing that could be compared, so nothing is ever proved there. */
export const identifyProcess: IdentityReader =
  process.platform === 'linux'
    ? identifyByProc
    : process.platform === 'darwin'
      ? identifyByPs
      : identifyNobody;

/** True when a process has this number; whose it is, is another question. */
export function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
