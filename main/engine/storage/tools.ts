import { join } from 'node:path';
import type { LiveUseRepository } from '../db/liveUse.ts';
import type { Library } from '../db/open.ts';
import type { OwnedFileRepository } from '../db/ownedFiles.ts';
import type { RemovalRepository } from '../db/removals.ts';

/** Moments at which a test may end the process: between any two of them everything is on disk or nothing is. */
export type RemovalStep = 'intended' | 'moved' | 'recorded' | 'told';

/** What taking files away needs. */
export interface StorageTools {
  readonly library: Library;
  readonly home: string;
  /** The library's own trash. */
  readonly trash: string;
  readonly removalJournal: string;
  readonly ownedFiles: OwnedFileRepository;
  readonly removals: RemovalRepository;
  readonly liveUse: LiveUseRepository;
  /** Moves a file to the system's trash; where it is missing, the library keeps one of its own. */
  readonly trashItem: ((path: string) => Promise<void>) | undefined;
  readonly nowMs: () => number;
  readonly onStep?: (step: RemovalStep) => void;
}

/** Whoever holds this file locked may move files of the library; everybody else waits. */
export const storageLockPath = (home: string): string => join(home, 'storage.lock');
