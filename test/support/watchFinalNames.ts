import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LOOK_EVERY_MS = 5;

/** Looks at a folder over and over, from outside, for files that change after they got their final name. */
export interface FinalNamesWatch {
  readonly folder: string;
  /** Ends the watch; what was seen to change or to go away, in words. */
  stop(): string[];
}

/** Hidden names are not final; a file under any other name has to be whole, and stay the very same, from its first sight on. */
export function watchFinalNames(folder: string): FinalNamesWatch {
  const firstSeen = new Map<string, string>();
  const complaints: string[] = [];
  const look = (): void => {
    const present = finalNames(folder);
    for (const name of present) {
      const stats = statSync(join(folder, name), { throwIfNoEntry: false });
      const identity =
        stats === undefined ? 'gone' : `inode ${stats.ino}, ${stats.size} bytes, ${stats.mtimeMs}`;
      const before = firstSeen.get(name);
      if (before === undefined) firstSeen.set(name, identity);
      else if (before !== identity) complaints.push(`${name} was ${before} and became ${identity}`);
    }
    for (const name of firstSeen.keys()) {
      if (!present.includes(name)) complaints.push(`${name} went away`);
    }
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    folder,
    stop() {
      clearInterval(timer);
      look();
      return [...new Set(complaints)];
    },
  };
}

function finalNames(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    // It is made by the first file that goes there.
    return [];
  }
}
