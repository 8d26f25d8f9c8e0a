import type { LeftAloneBecause, RemovalReason, StorageCategory } from '../main/domain/storage.ts';

const grouped = new Intl.NumberFormat('en');
const files = (count: number): string => `${grouped.format(count)} ${count === 1 ? 'file' : 'files'}`;

/** The words of the storage room. */
export const storageStrings = {
  title: 'Storage',
  limit: 'Limit',
  used: 'Space used',
  ofLimit: (limit: string) => ` of ${limit}`,
  freeHere: (mine: string, disk: string) => `${mine} free for Soundbite. The disk itself has ${disk} free.`,
  over: (over: string, disk: string) => `${over} over the limit. The disk itself has ${disk} free.`,
  stack: (kinds: number, used: string, limit: string) => `${kinds} kinds of files, ${used} of ${limit}`,
  kinds: 'Kinds of files',
  columns: { what: 'What is here', size: 'Size', cost: 'What deleting it costs you' },
  kept: 'Kept',
  files,
  names: {
    'episode-copy': 'Episodes copied here',
    analysis: 'Listening copies',
    model: 'Speech models',
    export: 'Exports in the library',
    backup: 'Backups',
    log: 'Logs',
    archive: 'Archive',
    library: 'Library and diary',
    trash: 'Trash',
  } satisfies Record<StorageCategory, string>,
  costs: {
    'episode-copy': 'The only copy Soundbite knows of. Never cleaned by itself.',
    analysis: 'Listening once more before words are recognised again. Scores and pictures stay.',
    model: 'A download before the next transcript. Remove it with the speech models.',
    export: 'Kept until you say so. Can be rendered again from its clip.',
    backup: 'An earlier state of the library. Newer ones take the place of older ones.',
    log: 'What happened lately.',
    archive: 'The only copy Soundbite knows of. Never cleaned by itself.',
    library: 'Every judgement and edit you made. Always kept.',
    trash: 'Nothing, unless you want it back. Kept for 30 days where there is room.',
  } satisfies Record<StorageCategory, string>,
  originals: 'Your originals',
  originalsAre: (size: string, count: number) =>
    `${size} in ${files(count)}, linked and not copied. Soundbite reads them and never changes, moves or deletes them.`,
  archive: {
    title: 'In the archive',
    back: (title: string) => `Bring back ${title}`,
    short: 'Bring back',
  },
  clean: {
    title: 'Clean up',
    rehearsal: 'can go now. This is a rehearsal, nothing is deleted yet.',
    nothing: 'Nothing has to go.',
    nothingWhat: 'The library is within its limit, and nothing in it has lost its purpose.',
    toTrash: (count: number) => `To the trash, ${files(count)}`,
    forGood: (count: number) => `Out of the trash for good, ${files(count)}`,
    after: 'After this',
    afterIs: (after: string, limit: string) => `${after} of ${limit}`,
    free: (size: string) => `Free ${size}`,
    cleaning: 'Cleaning up',
    see: (count: number) => `See ${files(count)}`,
    seeFewer: 'Show fewer',
    list: 'What would go, and why',
    leftAlone: (count: number) => `${files(count)} left alone`,
    stillOver: (size: string) =>
      `Still ${size} over the limit afterwards. Nothing more goes by itself: archive episodes, remove models, or raise the limit.`,
    every: (hours: number) => `Cleans up by itself every ${grouped.format(hours)} h.`,
  },
  reasons: {
    orphaned: 'nothing uses it any more',
    superseded: 'a newer one took its place',
    expired: 'not needed for long',
    'over-quota': 'the library is over its limit',
    'low-space': 'the disk is nearly full',
    asked: 'you asked for it',
    archived: 'it lies in the archive',
  } satisfies Record<RemovalReason, string>,
  because: {
    outside: 'it leads out of the library',
    unreadable: 'it cannot be looked at',
    link: 'it is a link',
    'not-a-file': 'it is not a file',
    'hard-link': 'it has a second name elsewhere',
    replaced: 'it is not the file that Soundbite made',
    'mount-point': 'it lies on another disk',
    'in-use': 'work needs it',
    'trash-failed': 'the trash did not take it',
  } satisfies Record<LeftAloneBecause, string>,
  undo: {
    title: 'Undo',
    what: (count: number, size: string) => `${files(count)} of the last cleanup can come back, ${size}.`,
    act: 'Bring them back',
  },
  low: {
    title: 'The disk is nearly full',
    what: (free: string, least: string) =>
      `${free} are free, ${least} have to stay free. Work waits and goes on by itself when there is room.`,
  },
} as const;
