import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST_BYTES = 2 * 1024 * 1024;
const KEPT = 3;

/** What happened, a line of JSON each: time, event, facts. */
export interface Log {
  write(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

/**
 * Appends to a file that is begun anew when it is large, keeping the last few. Several processes may write to it: a line
 * is one append. A log that cannot be written to stops nothing.
 */
export function openLog(path: string, nowMs: () => number = Date.now): Log {
  return {
    write(event, facts = {}) {
      const line = JSON.stringify({ at: new Date(nowMs()).toISOString(), pid: process.pid, event, ...facts });
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        rotateIfLarge(path);
        appendFileSync(path, `${line}\n`, { mode: 0o600 });
      } catch {
        // A full disk or a folder without permission: the work matters more than its diary.
      }
    },
  };
}

function rotateIfLarge(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LARGEST_BYTES) return;
  rmSync(`${path}.${KEPT}`, { force: true });
  for (let number = KEPT - 1; number >= 1; number -= 1) {
    if (statSync(`${path}.${number}`, { throwIfNoEntry: false }))
      renameSync(`${path}.${number}`, `${path}.${number + 1}`);
  }
  renameSync(path, `${path}.1`);
}
