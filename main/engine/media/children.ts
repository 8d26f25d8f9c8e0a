import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../db/json.ts';
import { identifyProcess, isRunning, type IdentityReader } from './processIdentity.ts';

/** A program at work for us, as far as its record needs it. */
interface Child {
  readonly pid?: number | undefined;
  readonly exitCode: number | null;
  readonly signalCode: NodeJS.Signals | null;
  once(event: 'exit', listener: () => void): unknown;
}

/** Writes down which programs run for this process, so that a later one can end what it left behind. */
export interface ChildRecords {
  /** Begins the record of a child that has just been started; it ends with the child. */
  note(child: Child, program: string, isLaunched: boolean): Promise<void>;
}

/** Which process it is beyond its number, which the system gives away again, and whose. */
const ChildRecord = z.object({
  pid: z.int().positive(),
  startedAt: z.string(),
  executable: z.string(),
  workerId: z.string(),
});

/** Records in a folder, a file for each child. Nothing is written while this process is not signed in as a worker. */
export function childRecords(
  folder: string,
  workerId: () => string | undefined,
  identify: IdentityReader = identifyProcess,
): ChildRecords {
  return {
    async note(child, program, isLaunched) {
      const { pid } = child;
      const owner = workerId();
      if (pid === undefined || owner === undefined) return;
      const path = join(folder, `${pid}.json`);
      child.once('exit', () => {
        rmSync(path, { force: true });
      });
      const seen = await identify(pid);
      if (seen === undefined || child.exitCode !== null || child.signalCode !== null) return;
      try {
        // The launcher may not have turned into the program yet.
        const executable = isLaunched ? realpathSync(program) : seen.executable;
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const record = { pid, startedAt: seen.startedAt, executable, workerId: owner };
        writeFileSync(path, JSON.stringify(record), { mode: 0o600 });
      } catch {
        // A record is a second safety: a disk that takes none must not stop the work.
        rmSync(path, { force: true });
      }
    },
  };
}

/**
 * Ends what dead workers left running and forgets their records; answers how many were ended. A process is ended only
 * when its number, start and executable are those of the record: what cannot be proved to be ours is left alone.
 */
export async function endOrphans(
  folder: string,
  isAtWork: (workerId: string) => boolean,
  identify: IdentityReader = identifyProcess,
): Promise<number> {
  let ended = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const record = readRecord(path);
    if (record === undefined) {
      // Cut off by a kill, or being written this very moment.
      if (!isRunning(Number(basename(name, '.json')))) await rm(path, { force: true });
      continue;
    }
    if (isAtWork(record.workerId)) continue;
    const found = await identify(record.pid);
    if (found?.startedAt === record.startedAt && found.executable === record.executable) {
      endProcess(record.pid);
      ended += 1;
    }
    await rm(path, { force: true });
  }
  return ended;
}

function readRecord(path: string): z.infer<typeof ChildRecord> | undefined {
  try {
    return ChildRecord.safeParse(readJson(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself since it was looked at.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
