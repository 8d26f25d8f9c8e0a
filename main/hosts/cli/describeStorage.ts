import type {
  CleanupPlan,
  CleanupReport,
  LeftAloneBecause,
  PlannedRemoval,
  RemovalReason,
  StorageCategory,
  StorageStats,
} from '../../domain/storage.ts';

const MOST_LINES = 40;

export const megabytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e5) / 10} MB`;

const NAMES: Readonly<Record<StorageCategory, string>> = {
  'episode-copy': 'Episodes copied here',
  analysis: 'Listening copies',
  model: 'Speech models',
  export: 'Exports',
  backup: 'Backups',
  log: 'Logs',
  archive: 'Archive',
  library: 'Library',
  trash: 'Trash',
};

/** What getting a kind of file back costs. */
const COSTS: Readonly<Record<StorageCategory, string>> = {
  'episode-copy': 'the only copy that is known of: never goes by itself',
  analysis: 'made again when words are recognised; scores and pictures stay',
  model: 'a download; goes with "models remove"',
  export: 'rendered again from the clip, at your word',
  backup: 'an earlier state of the library; newer ones take their place',
  log: 'the diary',
  archive: 'the only copy that is known of: never goes by itself',
  library: 'every judgement you made: never goes',
  trash: 'what cleanups took away; kept for 30 days where there is room',
};

const REASONS: Readonly<Record<RemovalReason, string>> = {
  orphaned: 'nothing uses it any more',
  superseded: 'a newer one has taken its place',
  expired: 'not needed for long',
  'over-quota': 'the library is over its limit',
  'low-space': 'the disk is nearly full',
  asked: 'asked for',
  archived: 'it lies in the archive',
};

const LEFT_ALONE: Readonly<Record<LeftAloneBecause, string>> = {
  outside: 'it leads out of the library',
  unreadable: 'it cannot be looked at',
  link: 'it is a link',
  'not-a-file': 'it is not a file',
  'hard-link': 'it has a second name elsewhere',
  replaced: 'it is another file than the one that was made',
  'mount-point': 'it lies on a disk that is mounted there',
  'in-use': 'work needs it',
  'trash-failed': 'the trash did not take it',
};

export function describeStats(stats: StorageStats): string[] {
  const { usedBytes, quotaBytes, disk, originals, archived, undoable } = stats;
  return [
    `${megabytes(usedBytes)} of ${megabytes(quotaBytes)} in ${stats.home}`,
    `The disk has ${megabytes(disk.freeBytes)} free; ${megabytes(disk.leastFreeBytes)} have to stay free.${disk.isLow ? ' It is nearly full (DISK_LOW): work waits.' : ''}`,
    '',
    ...stats.categories.map(
      ({ category, files, sizeBytes }) =>
        `  ${NAMES[category].padEnd(22)} ${megabytes(sizeBytes).padStart(9)}  ${String(files).padStart(5)} files  ${COSTS[category]}`,
    ),
    '',
    `Your originals: ${megabytes(originals.sizeBytes)} in ${originals.files} files, used where they are and never changed.`,
    ...archived.map(({ title, episodeId, path }) => `Archived: ${title} (${episodeId}) at ${path}`),
    ...(undoable === null
      ? []
      : [
          `"soundbite storage undo" brings back ${undoable.files} files, ${megabytes(undoable.sizeBytes)}, of the last cleanup.`,
        ]),
  ];
}

const shortened = (lines: readonly string[]): string[] =>
  lines.length <= MOST_LINES
    ? [...lines]
    : [...lines.slice(0, MOST_LINES), `  and ${lines.length - MOST_LINES} more`];

const removalLine = ({ path, sizeBytes, reason }: Omit<PlannedRemoval, 'category'>): string =>
  `  ${megabytes(sizeBytes).padStart(9)}  ${path}: ${REASONS[reason]}`;

const leftAloneLines = (files: CleanupPlan['leftAlone']): string[] =>
  files.map(({ path, because }) => `  ! left alone: ${path}, ${LEFT_ALONE[because]}`);

const overLines = (bytes: number): string[] =>
  bytes === 0
    ? []
    : [
        `Still ${megabytes(bytes)} over the limit: nothing more goes by itself. Archive episodes, remove models, or raise SOUNDBITE_MAX_STORAGE_GB.`,
      ];

const sum = (files: readonly { readonly sizeBytes: number }[]): number =>
  files.reduce((total, { sizeBytes }) => total + sizeBytes, 0);

export function describePlan(plan: CleanupPlan): string[] {
  const { removals, emptied } = plan;
  return [
    `${removals.length} files, ${megabytes(sum(removals))}, would move to the trash; ${emptied.length} files, ${megabytes(sum(emptied))}, would leave it for good. Nothing was done.`,
    ...shortened(removals.map(removalLine)),
    ...shortened(emptied.map(({ path, ...file }) => removalLine({ path: `(trash) ${path}`, ...file }))),
    ...leftAloneLines(plan.leftAlone),
    `${megabytes(plan.usedBytes)} now, ${megabytes(plan.afterBytes)} afterwards, the limit is ${megabytes(plan.quotaBytes)}.`,
    ...overLines(plan.stillOverBytes),
  ];
}

export function describeReport(report: CleanupReport): string[] {
  return [
    `${report.removed.length} files, ${megabytes(report.removedBytes)}, moved to the trash; ${report.emptied} files, ${megabytes(report.emptiedBytes)}, left it for good.`,
    ...shortened(report.removed.map(removalLine)),
    ...leftAloneLines(report.leftAlone),
    ...overLines(report.stillOverBytes),
    ...(report.run === null ? [] : [`"soundbite storage undo ${report.run}" takes it back.`]),
  ];
}
