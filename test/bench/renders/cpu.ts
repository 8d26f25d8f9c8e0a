import { readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second. */
const TICKS_PER_S = 100;

/** Seconds of processor time of this process and of every program it ran to the end, user and system (Linux only). */
function cpuSoFarS(): number {
  // The name in brackets may hold spaces; the numbered fields follow it.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
  return ticks / TICKS_PER_S;
}

/** What a piece of work cost, with what came of it. */
export async function cpuOf<T>(work: () => Promise<T>): Promise<{ readonly cpuS: number; readonly made: T }> {
  const before = cpuSoFarS();
  const made = await work();
  return { cpuS: cpuSoFarS() - before, made };
}
