import { expect, test } from 'vitest';
import {
  backupName,
  readBackupName,
  supersededBackups,
  type Backup,
} from '../../../main/engine/storage/backups.ts';

const DAY_MS = 86_400_000;
const daily = (day: number): Backup => {
  const atMs = day * DAY_MS + 4 * 3_600_000;
  return { name: `day ${day}`, kind: 'daily', atMs };
};

test('a backup is known by its name again, and nothing else is taken for one', () => {
  const atMs = Date.UTC(2026, 2, 1, 4, 5, 6, 789);
  const name = backupName('daily', atMs, 12);
  expect(name).toBe('daily-2026-03-01T04-05-06.789Z-v12.db');
  expect(readBackupName(name)).toEqual({ name, kind: 'daily', atMs });
  for (const other of [
    'daily-2026-03-01.db',
    'mine.db',
    `${name}.partial`,
    `x${name}`,
    'daily-2026-99-01T04-05-06.789Z-v1.db',
  ])
    expect(readBackupName(other)).toBeUndefined();
});

test('day after day three daily backups and one of an earlier week are kept, never older than 17 days', () => {
  let kept: Backup[] = [];
  for (let day = 20_000; day < 20_100; day += 1) {
    kept.push(daily(day));
    const gone = new Set(supersededBackups(kept));
    kept = kept.filter(({ name }) => !gone.has(name));
    const ages = kept.map(({ atMs }) => Math.floor((daily(day).atMs - atMs) / DAY_MS)).sort((a, b) => a - b);
    expect(ages.slice(0, 3)).toEqual([0, 1, 2].slice(0, ages.length));
    if (day > 20_012) {
      expect(ages).toHaveLength(4);
      expect(ages[3]).toBeLessThanOrEqual(17);
    }
  }
});

test('of the copies from before updates and resets the newest three of each kind stay', () => {
  const before = (kind: Backup['kind'], count: number): Backup[] =>
    Array.from({ length: count }, (_, index) => ({ name: `${kind} ${index}`, kind, atMs: index }));
  expect(supersededBackups([...before('before-migration', 5), ...before('before-reset', 2)])).toEqual([
    'before-migration 1',
    'before-migration 0',
  ]);
});
