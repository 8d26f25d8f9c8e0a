import type {
  CleanupPlan,
  LeftAlone,
  PlannedRemoval,
  RemovalReason,
  TakeableCategory,
} from '../../domain/storage.ts';
import type { Removal } from '../db/removals.ts';
import type { RecordedFile } from '../db/ownedFiles.ts';

const DAY_MS = 86_400_000;

/** What is removed can be brought back for this long, unless the room is needed before. */
const TRASH_DAYS = 30;
/** What a newer one has replaced is nobody's to miss. */
const SUPERSEDED_DAYS = 2;

/** What can be made again and was not needed for this long goes, whatever the limit says. */
const CACHE_DAYS = 90;

/**
 * What getting a file back costs: nothing (nobody needs it), work of this machine (made again from the recording when it
 * is needed), a person's own effort (rendered again, at their word), or more than anybody may decide but a person.
 */
export type Cost = 'nothing' | 'work' | 'effort' | 'priceless';
const COSTS: readonly Cost[] = ['nothing', 'work', 'effort', 'priceless'];

/** A file that was looked at and is ours. */
export interface CandidateFile {
  readonly file: RecordedFile;
  readonly cost: Cost;
  readonly isInUse: boolean;
  /** Set where the file has lost its purpose. */
  readonly purposeless: 'orphaned' | 'superseded' | undefined;
}

export interface CleanupSituation {
  readonly candidates: readonly CandidateFile[];
  /** What earlier cleanups took away and can still be brought back. */
  readonly trash: readonly Removal[];
  /** What counts as well and is never a candidate: the database, its diary. */
  readonly fixedBytes: number;
  readonly leftAlone: readonly LeftAlone[];
  readonly quotaBytes: number;
  readonly freeBytes: number;
  readonly leastFreeBytes: number;
  /** What a person wants to be rid of now. */
  readonly take: readonly TakeableCategory[];
  readonly nowMs: number;
}

const sumOf = (files: readonly { readonly sizeBytes: number }[]): number =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** The cheapest first, and of those the one that was not needed for longest. */
const inOrder = (a: CandidateFile, b: CandidateFile): number =>
  COSTS.indexOf(a.cost) - COSTS.indexOf(b.cost) ||
  a.file.usedAtMs - b.file.usedAtMs ||
  a.file.path.localeCompare(b.file.path);

/**
 * Decides what a cleanup takes away: first what has lost its purpose or was asked for, then what can be made again,
 * oldest first, until the library is within its limit and the disk has its least free room. The library's own trash is
 * emptied by age, and before anything else when room is needed. Touches nothing.
 */
export function planCleanup(situation: CleanupSituation): CleanupPlan {
  const { candidates, trash, quotaBytes } = situation;
  const keptBefore = sumOf(candidates.map(({ file }) => file)) + situation.fixedBytes;
  const removals: PlannedRemoval[] = [];
  const inUse: LeftAlone[] = [];
  let keptBytes = keptBefore;
  let missingBytes = situation.leastFreeBytes - situation.freeBytes - sumOf(trash);
  for (const candidate of candidates.toSorted(inOrder)) {
    const reason = reasonFor(candidate, situation, keptBytes > quotaBytes, missingBytes > 0);
    if (reason === undefined) continue;
    const { path, category, sizeBytes } = candidate.file;
    if (candidate.isInUse) {
      inUse.push({ path, because: 'in-use' });
      continue;
    }
    removals.push({ path, category, sizeBytes, reason });
    keptBytes -= sizeBytes;
    missingBytes -= sizeBytes;
  }
  const emptied = planTrash(situation, keptBytes);
  const trashBytes = sumOf(trash);
  const afterBytes = keptBytes + trashBytes - sumOf(emptied);
  return {
    removals,
    emptied,
    leftAlone: [...situation.leftAlone, ...inUse],
    usedBytes: keptBefore + trashBytes,
    quotaBytes,
    afterBytes,
    stillOverBytes: Math.max(0, afterBytes - quotaBytes),
  };
}

function reasonFor(
  { file, cost, purposeless }: CandidateFile,
  { take, nowMs }: CleanupSituation,
  isOverQuota: boolean,
  isDiskLow: boolean,
): RemovalReason | undefined {
  if (cost === 'priceless') return undefined;
  if (purposeless !== undefined) return purposeless;
  if (take.some((category) => category === file.category)) return 'asked';
  if (cost === 'effort') return undefined;
  if (isOverQuota) return 'over-quota';
  if (isDiskLow) return 'low-space';
  return nowMs - file.usedAtMs > CACHE_DAYS * DAY_MS ? 'expired' : undefined;
}

/** The oldest first: what is past its time, then what has to make room for what is kept. */
function planTrash(situation: CleanupSituation, keptBytes: number): CleanupPlan['emptied'] {
  const { trash, quotaBytes, freeBytes, leastFreeBytes, take, nowMs } = situation;
  let left = sumOf(trash);
  let free = freeBytes;
  const emptied: CleanupPlan['emptied'] = [];
  for (const { id, path, sizeBytes, changedAtMs, reason: wentFor } of trash) {
    const days = wentFor === 'superseded' ? SUPERSEDED_DAYS : TRASH_DAYS;
    const reason: RemovalReason | undefined = take.includes('trash')
      ? 'asked'
      : nowMs - changedAtMs > days * DAY_MS
        ? 'expired'
        : keptBytes + left > quotaBytes
          ? 'over-quota'
          : free < leastFreeBytes
            ? 'low-space'
            : undefined;
    if (reason === undefined) continue;
    emptied.push({ removalId: id, path, sizeBytes, reason });
    left -= sizeBytes;
    free += sizeBytes;
  }
  return emptied;
}
