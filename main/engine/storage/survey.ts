import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CategoryUse, LeftAlone, StorageCategory } from '../../domain/storage.ts';
import type { LiveUse } from '../db/liveUse.ts';
import type { RecordedFile } from '../db/ownedFiles.ts';
import { folderEpisodeId, isInUse } from './inUse.ts';
import type { CandidateFile, Cost } from './planCleanup.ts';
import { surveyGround, verifyOwned } from './verifyOwned.ts';

/** Small, and the scores and the picture of an episode rest on them: listening to it again is a person's decision. */
const KEPT_WITH_EPISODE = ['levels.f32', 'cover.png'];

/** A copy that belongs to no episode yet may be on its way into one. */
const NEWCOMER_MS = 86_400_000;

/** What the library says its files are for. */
export interface Purposes {
  readonly episodeIds: ReadonlySet<string>;
  /** Relative to the library. */
  readonly modelFolders: ReadonlySet<string>;
  /** Names of backups that newer ones have made unnecessary. */
  readonly supersededBackups: ReadonlySet<string>;
  readonly liveUse: LiveUse;
}

/** What is really there of what was recorded. */
export interface Survey {
  readonly candidates: readonly CandidateFile[];
  readonly leftAlone: readonly LeftAlone[];
  /** Recorded files that are not there any more. */
  readonly gone: readonly RecordedFile[];
}

export async function survey(
  home: string,
  files: readonly RecordedFile[],
  purposes: Purposes,
  nowMs: number,
): Promise<Survey> {
  const ground = await surveyGround(home);
  const candidates: CandidateFile[] = [];
  const leftAlone: LeftAlone[] = [];
  const gone: RecordedFile[] = [];
  for (const file of files) {
    const verdict = await verifyOwned(ground, file);
    if (verdict.is === 'gone') gone.push(file);
    else if (verdict.is === 'not-ours') leftAlone.push({ path: file.path, because: verdict.because });
    else candidates.push(candidateOf(home, file, purposes, nowMs));
  }
  return { candidates, leftAlone, gone };
}

/** Says of a file what it is worth and whether it still has a purpose. */
export function candidateOf(
  home: string,
  file: RecordedFile,
  purposes: Purposes,
  nowMs: number,
): CandidateFile {
  const purposeless = purposelessOf(file, purposes, nowMs);
  return {
    file,
    isInUse: isInUse(file, purposes.liveUse, home),
    purposeless,
    cost: purposeless === undefined ? costOf(file) : 'nothing',
  };
}

function purposelessOf(file: RecordedFile, purposes: Purposes, nowMs: number): CandidateFile['purposeless'] {
  switch (file.category) {
    case 'analysis':
      return purposes.episodeIds.has(file.episodeId ?? folderEpisodeId(file.path) ?? '')
        ? undefined
        : orphaned(file, nowMs);
    case 'model':
      return [...purposes.modelFolders].some((folder) => file.path.startsWith(`${folder}/`))
        ? undefined
        : orphaned(file, nowMs);
    case 'backup':
      return purposes.supersededBackups.has(basename(file.path)) ? 'superseded' : undefined;
    // The only copy that is known of: never by itself, not even without its episode.
    case 'episode-copy':
    case 'archive':
    case 'export':
    case 'log':
      return undefined;
  }
}

const orphaned = (file: RecordedFile, nowMs: number): 'orphaned' | undefined =>
  nowMs - file.usedAtMs > NEWCOMER_MS ? 'orphaned' : undefined;

function costOf({ category, path }: RecordedFile): Cost {
  switch (category) {
    case 'analysis':
      return KEPT_WITH_EPISODE.includes(basename(path)) ? 'priceless' : 'work';
    case 'log':
      return 'work';
    case 'export':
      return 'effort';
    case 'model':
    case 'backup':
    case 'episode-copy':
    case 'archive':
      return 'priceless';
  }
}

/** Everything below these names of the library, in bytes: what counts and is never a candidate. */
export async function sizeOf(
  home: string,
  names: readonly string[],
): Promise<{ files: number; sizeBytes: number }> {
  let files = 0;
  let sizeBytes = 0;
  for (const name of names) {
    const path = join(home, name);
    const found = await stat(path).catch(() => undefined);
    const paths =
      found?.isDirectory() === true
        ? (await readdir(path, { withFileTypes: true, recursive: true }))
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name))
        : found === undefined
          ? []
          : [path];
    for (const each of paths) {
      sizeBytes += (await stat(each).catch(() => undefined))?.size ?? 0;
      files += 1;
    }
  }
  return { files, sizeBytes };
}

const GOES_BY_ITSELF: readonly StorageCategory[] = ['analysis', 'trash'];

/** How much of each kind there is, the largest first. */
export function categoryUses(
  candidates: readonly CandidateFile[],
  others: readonly { category: StorageCategory; files: number; sizeBytes: number }[],
): CategoryUse[] {
  const uses = new Map<StorageCategory, { files: number; sizeBytes: number }>();
  const add = (category: StorageCategory, files: number, sizeBytes: number): void => {
    const before = uses.get(category) ?? { files: 0, sizeBytes: 0 };
    uses.set(category, { files: before.files + files, sizeBytes: before.sizeBytes + sizeBytes });
  };
  for (const { file } of candidates) add(file.category, 1, file.sizeBytes);
  for (const { category, files, sizeBytes } of others) add(category, files, sizeBytes);
  return [...uses]
    .filter(([, { files }]) => files > 0)
    .map(([category, use]) => ({ category, ...use, goesByItself: GOES_BY_ITSELF.includes(category) }))
    .sort((a, b) => b.sizeBytes - a.sizeBytes || a.category.localeCompare(b.category));
}
