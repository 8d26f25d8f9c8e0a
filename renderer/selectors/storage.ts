import type { CleanupPlan, StorageStats, TakeableCategory } from '../../main/domain/storage.ts';

const TAKEABLE: Readonly<Record<TakeableCategory, true>> = { analysis: true, export: true, trash: true };

/** Whether a person may ask for all of a kind to go. */
export const isTakeable = (category: string): category is TakeableCategory =>
  Object.hasOwn(TAKEABLE, category);

/** Limits to choose from, in GB: the usual ones, with the one that holds among them. */
export function limitChoices(quotaBytes: number): number[] {
  const now = quotaBytes / 1e9;
  return [...new Set([5, 10, 20, 50, 100, 200, now])].sort((a, b) => a - b);
}

/** How wide a kind is drawn, in hundredths of the limit, or of what is used where that is more. */
export function shareOf({ usedBytes, quotaBytes }: StorageStats, sizeBytes: number): number {
  return (100 * sizeBytes) / Math.max(usedBytes, quotaBytes, 1);
}

const sum = (files: readonly { readonly sizeBytes: number }[]): number =>
  files.reduce((total, { sizeBytes }) => total + sizeBytes, 0);

/** What a plan comes to. */
export function planSums({ removals, emptied }: CleanupPlan) {
  const [toTrashBytes, forGoodBytes] = [sum(removals), sum(emptied)];
  return {
    toTrashBytes,
    forGoodBytes,
    bytes: toTrashBytes + forGoodBytes,
    files: removals.length + emptied.length,
  };
}
