import { describe, expect, test } from 'vitest';
import type { RecordedFile } from '../../../main/engine/db/ownedFiles.ts';
import type { Removal } from '../../../main/engine/db/removals.ts';
import {
  planCleanup,
  type CandidateFile,
  type CleanupSituation,
} from '../../../main/engine/storage/planCleanup.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 1000 * DAY_MS;

const file = (path: string, daysAgo: number, more: Partial<RecordedFile> = {}): RecordedFile => ({
  path,
  category: 'analysis',
  episodeId: 'ep-1',
  device: 1,
  inode: 1,
  sizeBytes: 10,
  createdAtMs: NOW_MS - daysAgo * DAY_MS,
  usedAtMs: NOW_MS - daysAgo * DAY_MS,
  ...more,
});
const candidate = (path: string, daysAgo: number, more: Partial<CandidateFile> = {}): CandidateFile => ({
  file: file(path, daysAgo),
  cost: 'work',
  isInUse: false,
  purposeless: undefined,
  ...more,
});
const trashed = (id: number, daysAgo: number): Removal => ({
  ...file(`old ${id}`, daysAgo),
  id,
  run: 'run',
  reason: 'over-quota',
  state: 'removed',
  keptAs: `trash/run/${id}`,
  changedAtMs: NOW_MS - daysAgo * DAY_MS,
});
const plan = (situation: Partial<CleanupSituation>) => {
  const { removals, emptied, ...more } = planCleanup({
    candidates: [],
    trash: [],
    fixedBytes: 0,
    leftAlone: [],
    quotaBytes: 1000,
    freeBytes: 1000,
    leastFreeBytes: 0,
    take: [],
    nowMs: NOW_MS,
    ...situation,
  });
  return {
    removals: removals.map(({ path, reason }) => `${path}: ${reason}`),
    emptied: emptied.map(({ removalId, reason }) => `${removalId}: ${reason}`),
    ...more,
  };
};

describe('a cleanup', () => {
  test('takes nothing while the library is within its limit and the disk has room', () => {
    expect(plan({ candidates: [candidate('a', 1)] })).toMatchObject({
      removals: [],
      usedBytes: 10,
      afterBytes: 10,
    });
  });

  test('takes the oldest first and stops as soon as the limit is kept', () => {
    const candidates = [candidate('new', 1), candidate('older', 3), candidate('old', 2)];
    expect(plan({ candidates, fixedBytes: 5, quotaBytes: 16 })).toMatchObject({
      removals: ['older: over-quota', 'old: over-quota'],
      usedBytes: 35,
      afterBytes: 15,
      stillOverBytes: 0,
    });
  });

  test('takes what nobody needs before what would have to be made again, whatever its age', () => {
    const candidates = [
      candidate('old', 50),
      candidate('orphan', 2, { cost: 'nothing', purposeless: 'orphaned' }),
      candidate('copy', 1, { cost: 'nothing', purposeless: 'superseded' }),
    ];
    expect(plan({ candidates, quotaBytes: 10 })).toMatchObject({
      removals: ['orphan: orphaned', 'copy: superseded'],
      afterBytes: 10,
    });
  });

  test('lets what was not needed for three months go, but not what a person would have to make again', () => {
    const candidates = [
      candidate('cache', 91),
      candidate('fresh', 89),
      candidate('export', 400, { cost: 'effort' }),
    ];
    expect(plan({ candidates }).removals).toEqual(['cache: expired']);
  });

  test('says what it could not keep the limit for: work, and the recordings and models that only a person gives away', () => {
    const candidates = [
      candidate('busy', 9, { isInUse: true }),
      candidate('orphan at work', 9, { isInUse: true, purposeless: 'orphaned' }),
      candidate('export', 9, { cost: 'effort' }),
      candidate('model', 9, { cost: 'priceless' }),
    ];
    expect(plan({ candidates, quotaBytes: 15 })).toMatchObject({
      removals: [],
      leftAlone: [
        { path: 'busy', because: 'in-use' },
        { path: 'orphan at work', because: 'in-use' },
      ],
      stillOverBytes: 25,
    });
  });

  test('takes a whole kind when a person asks, and still nothing that is at work', () => {
    const exported = {
      ...candidate('clip', 1, { cost: 'effort' }),
      file: file('clip', 1, { category: 'export' }),
    };
    const candidates = [candidate('a', 1), candidate('b', 2, { isInUse: true }), exported];
    expect(plan({ candidates, take: ['analysis'] }).removals).toEqual(['a: asked']);
    expect(plan({ candidates, take: ['export', 'analysis'] }).removals).toEqual(['a: asked', 'clip: asked']);
  });

  test('makes room on a disk that is nearly full, counting what leaves the trash', () => {
    const candidates = [candidate('a', 3), candidate('b', 2), candidate('c', 1)];
    const low = { freeBytes: 75, leastFreeBytes: 100, candidates };
    expect(plan(low).removals).toEqual(['a: low-space', 'b: low-space', 'c: low-space']);
    expect(plan({ ...low, trash: [trashed(1, 2), trashed(2, 1)] })).toMatchObject({
      removals: ['a: low-space'],
      emptied: ['1: low-space', '2: low-space'],
    });
  });

  test('empties the trash by age, then by what the limit needs, the oldest first', () => {
    const trash = [trashed(1, 31), trashed(2, 20), trashed(3, 10), trashed(4, 1)];
    expect(plan({ trash }).emptied).toEqual(['1: expired']);
    expect(plan({ trash, fixedBytes: 5, quotaBytes: 26 })).toMatchObject({
      emptied: ['1: expired', '2: over-quota'],
      usedBytes: 45,
      afterBytes: 25,
    });
    expect(plan({ trash, take: ['trash'] }).emptied).toHaveLength(4);
  });
});
